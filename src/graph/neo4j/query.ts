import type { Session } from 'neo4j-driver';
import type { Statement } from '../statement.ts';
import { graphError } from './errors.ts';
import type { Pool } from './pool.ts';
import { rowsOf } from './rows.ts';

/** One attempt of a piece of work, in one session. */
export interface Try {
  readonly pool: Pool;
  readonly session: Session;
  /** The bookmarks with which the session began. */
  readonly begun: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
}

/** Runs one text as an auto-commit transaction. */
export async function query<Row>(
  { pool, session, timeout }: Try,
  { name, text }: Statement<Row>,
  sent: Record<string, unknown> = {},
): Promise<Row[]> {
  try {
    return rowsOf<Row>(await pool.call(() => session.run(text, sent, { timeout })));
  } catch (error) {
    throw graphError(error, name);
  }
}

/**
 * Begins and ends a transaction without a statement, in one round trip: its bookmark names the version of the graph. It takes
 * half of the processor time of the shortest statement, which Neo4j would have to look up, run and summarise.
 */
export async function emptyTransaction({ pool, session, timeout }: Try, name: string): Promise<void> {
  try {
    await pool.call(() => session.beginTransaction({ timeout }).commit());
  } catch (error) {
    throw graphError(error, name);
  }
}
