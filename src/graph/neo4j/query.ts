import type { Session } from 'neo4j-driver';
import type { Statement } from '../statement.ts';
import { graphError } from './errors.ts';
import type { Pool } from './pool.ts';
import { rowsOf } from './rows.ts';

/** One try of a piece of work, over one session. */
export interface Try {
  readonly pool: Pool;
  readonly session: Session;
  /** The bookmarks that the session began with. */
  readonly begun: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
}

/** Runs one text, as it is, that commits by itself. */
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
