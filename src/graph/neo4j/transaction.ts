import type { QueryResult, Session } from 'neo4j-driver';
import type { WriteTransaction } from '../engine.ts';
import { GraphError } from '../errors.ts';
import type { Parameters, Statement } from '../statement.ts';
import { graphError, isDecided } from './errors.ts';
import { namespaced } from './namespace.ts';
import type { Pool } from './pool.ts';
import { rowsOf } from './rows.ts';
import { driverParameters } from './values.ts';

/** The error of a transaction that may have been committed, or not. */
function outcomeUnknown(cause: unknown): GraphError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new GraphError(
    'OUTCOME_UNKNOWN',
    `Neo4j: nobody can say whether a transaction was committed, since its answer did not come: ${why}`,
    { cause },
  );
}

/** The statements of one transaction. It begins with the first, and where that is the last too, needs no beginning. */
export class Transaction implements WriteTransaction {
  readonly #pool: Pool;
  readonly #session: Session;
  readonly #timeout: number;
  #open: ReturnType<Session['beginTransaction']> | null = null;
  #begun: Promise<void> = Promise.resolve();
  /** Nothing more can be sent. */
  #isOver = false;
  /** The COMMIT was sent, or what commits by itself. */
  #isCommitting = false;
  #failure: unknown;

  constructor(pool: Pool, session: Session, timeout: number) {
    this.#pool = pool;
    this.#session = session;
    this.#timeout = timeout;
  }

  #begin(): ReturnType<Session['beginTransaction']> {
    // Not awaited: it travels with the first statement.
    const open = this.#pool.call(() => this.#session.beginTransaction({ timeout: this.#timeout }));
    this.#begun = open.then(
      () => {},
      (error) => this.#fail(error),
    );
    return open;
  }

  #fail(error: unknown, statement?: string): void {
    // The driver says of all that come later only that they came later.
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

  /** Commits what is still open; throws what has failed. */
  async commit(): Promise<void> {
    await this.#begun;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#open === null) return;
    const open = this.#open;
    this.#isCommitting = true;
    try {
      // Whether it is open still is for the driver to say: one that it gave up must not pass for committed.
      await this.#pool.call(() => open.commit());
    } catch (error) {
      this.#fail(error);
      throw this.#failure;
    }
  }

  /** Nobody waits for it any more: it sends nothing after this, and commits only if that is already on its way. */
  abandon(late: Error): Error {
    this.#isOver = true;
    this.#failure ??= late;
    return this.#isCommitting ? outcomeUnknown(late) : late;
  }

  /** Rolls back what is still open; a failure of that must not hide the failure before it. */
  async close(): Promise<void> {
    await this.#pool.call(() => this.#open?.close())?.catch(() => {});
  }
}

/** One try of a piece of work: it commits when the work resolves and leaves nothing when it rejects. */
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
