import type { GraphEngine, RunOptions, WriteTransaction } from '../graph/engine.ts';
import { statement } from '../graph/statement.ts';
import type { Ask } from './ask.ts';

/** The identifier of the counter. */
export const BOOKKEEPING = 'bookkeeping';

/** Counts a commit that touches no record: to be sent within its transaction. */
export const countBookkeeping = statement<never>(
  'countBookkeeping',
  /* cypher */ `
  MERGE (counter:Counter {id: '${BOOKKEEPING}'})
  ON CREATE SET counter.value = 1
  ON MATCH SET counter.value = counter.value + 1`,
);

/**
 * Writes what touches no record and leaves no entry in the change log, such as marks and the index of the log. The commit is
 * counted in the graph itself, so that a process that has the graph in memory knows that nobody has written past the log.
 */
export function writeBookkeeping<Result>(
  engine: GraphEngine,
  work: (transaction: WriteTransaction) => Promise<Result>,
  options?: RunOptions,
): Promise<Result> {
  return engine.write(async (transaction) => {
    const result = await work(transaction);
    await transaction.run(countBookkeeping);
    return result;
  }, options);
}

/** The commits of this program to a graph. */
export interface CommitCounts {
  /** The newest entry of the change log. */
  readonly sequence: number;
  /** Commits without an entry. */
  readonly bookkeeping: number;
}

const commitCounts = statement<{ id: string; value: number }>(
  'commitCounts',
  /* cypher */ `
  UNWIND ['change', '${BOOKKEEPING}'] AS id
  MATCH (counter:Counter {id: id})
  RETURN counter.id AS id, counter.value AS value`,
);

/** The commits to a graph up to now, in one read. */
export async function countCommits(ask: Ask): Promise<CommitCounts> {
  const counts = new Map((await ask(commitCounts)).map(({ id, value }) => [id, value]));
  return { sequence: counts.get('change') ?? 0, bookkeeping: counts.get(BOOKKEEPING) ?? 0 };
}
