/** The values of parameters and rows: no dates of a driver, no undefined, no functions. */
export type GraphValue =
  | null
  | boolean
  | number
  | string
  | readonly GraphValue[]
  | { readonly [key: string]: GraphValue };

/** Parameters of a statement, by name. */
export type Parameters = { readonly [name: string]: GraphValue };

/**
 * Holds the node `n` until the transaction ends. It must not depend on what is read: `SET n.version = n.version` reads, waits for
 * the lock, and puts back what was there before the others; nor may it remove what is not there, which locks nothing. An
 * engine with one writer at a time leaves it out.
 */
export const LOCK_N = 'SET n.lock = true REMOVE n.lock';

/** A Cypher text with a name for logs and errors. `Row` is the type of its rows, by column. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /**
   * Set if a row is a complete record, which a client may change after reading it: the row must show the record before
   * a change or after it. An engine whose readers see a change while it is being written reads again.
   */
  readonly readsRecords?: true;
  /**
   * All that `properties(n)` may have in its text. An engine that reads every property that it has of any node, and keeps
   * what it read, is asked for these by their names.
   */
  readonly propertiesOfN?: readonly string[];
  /** Absent at run time: carries the type of the rows. */
  readonly __row?: Row;
}

/**
 * Names a constant Cypher text, which must give the same results on every engine (test/contract). Its lines are joined:
 * the indentation would be sent each time, and the driver writes 1,400 bytes at once.
 */
export function statement<Row>(
  name: string,
  text: string,
  options: Pick<Statement<Row>, 'readsRecords' | 'propertiesOfN'> = {},
): Statement<Row> {
  return { name, text: text.trim().replaceAll(/\s*\n\s*/g, ' '), ...options };
}
