import type { QueryResult, Session } from 'neo4j-driver';
import type { WriteTransaction } from '../engine.ts';
import { GraphError } from '../errors.ts';
import type { Parameters, Statement } from '../statement.ts';
import { graphError, isDecided } from './errors.ts';
import { namespaced } from './namespace.ts';
import type { Pool } from './pool.ts';
import { rowsOf } from './rows.ts';
import { driverParameters } from './values.ts';

/** The error of a transaction with an unknown outcome. */
function outcomeUnknown(cause: unknown): GraphError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new GraphError(
    'OUTCOME_UNKNOWN',
    `Neo4j: nobody can say whether a transaction was committed, since its answer did not come: ${why}`,
    { cause },
  );
}

/** The statements of one transaction. It begins with the first statement; a single one commits by itself. */
export class Transaction implements WriteTransaction {
  readonly #pool: Pool;
  readonly #session: Session;
  readonly #timeout: number;
  #open: ReturnType<Session['beginTransaction']> | null = null;
  #begun: Promise<void> = Promise.resolve();
  /** Whether nothing more can be sent. */
  #isOver = false;
  /** Whether the COMMIT was sent, or a statement that commits by itself. */
  #isCommitting = false;
  #failure: unknown;

  constructor(pool: Pool, session: Session, timeout: number) {
    this.#pool = pool;
    this.#session = session;
    this.#timeout = timeout;
  }

  #begin(): ReturnType<Session['beginTransaction']> {
    // Not awaited: it is sent with the first statement.
    const open = this.#pool.call(() => this.#session.beginTransaction({ timeout: this.#timeout }));
    this.#begun = open.then(
      () => {},
      (error) => this.#fail(error),
    );
    return open;
  }

  #fail(error: unknown, statement?: string): void {
    // For later statements the driver only reports that an earlier one failed.
    this.#failure ??= this.#isCommitting && !isDecided(error) ? outcomeUnknown(error) : graphError(error, statement);
  }

  async run<Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> {
    if (this.#isOver) throw new Error(`${statement.name} comes after the end of its transaction.`);
    const sent = driverParameters(parameters);
    const text = namespaced(statement);
    this.#open ??= this.#begin();
    const open = this.#open;
    return this.#rowsOf(statement.name, () => open.run(text, sent));
  }

  async commitWith<Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> {
    if (this.#open !== null) {
      const rows = await this.run(statement, parameters);
      await this.commit();
      return rows;
    }
    if (this.#isOver) throw new Error(`${statement.name} comes after the end of its transaction.`);
    const sent = driverParameters(parameters);
    const text = namespaced(statement);
    this.#isOver = true;
    this.#isCommitting = true;
    return this.#rowsOf(statement.name, () => this.#session.run(text, sent, { timeout: this.#timeout }));
  }

  async #rowsOf<Row>(name: string, send: () => PromiseLike<QueryResult>): Promise<Row[]> {
    try {
      return rowsOf<Row>(await this.#pool.call(send));
    } catch (error) {
      await this.#begun;
      this.#fail(error, name);
      throw this.#failure;
    }
  }

  /** Commits, unless that is done. Throws the first failure. */
  async commit(): Promise<void> {
    await this.#begun;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#open === null) return;
    const open = this.#open;
    this.#isCommitting = true;
    try {
      // The driver knows whether it is still open: one that it gave up must not count as committed.
      await this.#pool.call(() => open.commit());
    } catch (error) {
      this.#fail(error);
      throw this.#failure;
    }
  }

  /** Sends nothing more, since nobody waits for the result. It commits only if the COMMIT is already sent. */
  abandon(late: Error): Error {
    this.#isOver = true;
    this.#failure ??= late;
    return this.#isCommitting ? outcomeUnknown(late) : late;
  }

  /** Rolls back if still open. A failure of that must not hide an earlier one. */
  async close(): Promise<void> {
    await this.#pool.call(() => this.#open?.close())?.catch(() => {});
  }
}

/** One attempt of a piece of work: commits when the work resolves, rolls back when it rejects. */
export async function transact<Result>(
  transaction: Transaction,
  work: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } finally {
    await transaction.close();
  }
}
