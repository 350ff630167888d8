/** What may stand for a parameter, or come back in a row: no dates of a driver, no undefined, no functions. */
export type GraphValue =
  | null
  | boolean
  | number
  | string
  | readonly GraphValue[]
  | { readonly [key: string]: GraphValue };

/** Parameters of a statement, by name. */
export type Parameters = { readonly [name: string]: GraphValue };

/** A Cypher text with a name for logs and errors; `Row` is what each of its rows holds, by column. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /**
   * Set where a row is a whole record, as somebody may change it who has read it: it must be told as it was before a change
   * or after it. An engine whose readers see a change while it is being written reads again.
   */
  readonly tellsRecords?: true;
  /** Never there at run time: carries the type of the rows. */
  readonly __row?: Row;
}

/**
 * Names a constant Cypher text. It must run alike on every engine: test/contract holds it to that. Its lines become one:
 * the indentation would be sent each time, and the driver writes 1,400 bytes at once.
 */
export function statement<Row>(
  name: string,
  text: string,
  options: Pick<Statement<Row>, 'tellsRecords'> = {},
): Statement<Row> {
  return { name, text: text.trim().replaceAll(/\s*\n\s*/g, ' '), ...options };
}
