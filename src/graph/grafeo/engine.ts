import type { GrafeoDB, GrafeoValue, QueryResult, Transaction } from '@grafeo-db/js';
import {
  DEFAULT_TIMEOUT_MS,
  type GraphEngine,
  type GraphFiles,
  type RunOptions,
  type SchemaRule,
  type WriteTransaction,
} from '../engine.ts';
import { GraphError } from '../errors.ts';
import { inTime } from '../in-time.ts';
import { retrying } from '../retry.ts';
import { type GraphValue, LOCK_N, type Parameters, type Statement } from '../statement.ts';
import type { CommitRecord } from './commit-record.ts';
import { graphError, isRetryable, saysStopped } from './errors.ts';
import { ddlOf } from './schema.ts';
import type { StoreFiles } from './store-files.ts';
import { packed, portValue, unpacked } from './values.ts';

/** Milliseconds for which conflicts of writers are retried. With one queue there should be none. */
const RETRY_BUDGET_MS = 4_000;

function rowsOf<Row>(result: QueryResult, { propertiesOfN }: Statement<Row>): Row[] {
  const { columns } = result;
  const converted = (value: GrafeoValue): GraphValue =>
    propertiesOfN ? unpacked(value, propertiesOfN) : portValue(value);
  return result.rows().map((values) => {
    const row: Record<string, GraphValue> = {};
    for (let index = 0; index < columns.length; index++) row[columns[index]!] = converted(values[index] ?? null);
    return row as Row;
  });
}

/** How much a statement wrote: nodes, relationships, labels, properties. A commit without writes adds nothing to the log of writes. */
function writesOf({ counters }: QueryResult): number {
  return Object.values(counters).reduce((sum, count) => sum + count, 0);
}

/** A commit of so many writes takes milliseconds, in which the event loop answers others; to hand over a smaller one takes longer. */
const LARGE_COMMIT = 2_000;

const textsToRun = new WeakMap<Statement<unknown>, string>();

/**
 * The text of a statement for this engine. With one writer at a time its locks keep nobody out, and each is two writes. For
 * `properties(n)` the engine would read every property that any node near `n` has, and keep it: of entries of the change log, whose
 * lists take more than all other properties of nodes.
 */
function textToRun(statement: Statement<unknown>): string {
  const known = textsToRun.get(statement);
  if (known !== undefined) return known;
  const { propertiesOfN } = statement;
  const withoutLocks = statement.text.replaceAll(LOCK_N, '');
  const text = propertiesOfN ? withoutLocks.replaceAll('properties(n)', packed(propertiesOfN)) : withoutLocks;
  textsToRun.set(statement, text);
  return text;
}

/** Tests whether the store can be written, and leaves nothing. */
const writeProbe: Statement<never> = { name: 'writeProbe', text: 'CREATE (probe:Probe {text: $text}) DELETE probe' };
/** At least as much as a mutation writes: the last bytes of a disk do not suffice. */
const PROBE_TEXT = 'x'.repeat(65_536);

/** Grafeo cannot stop a statement: after an abort or a time-out it runs on, and its result is ignored. */
function abandonable<Result>(running: Promise<Result>, name: string, options: RunOptions): Promise<Result> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS, onAbandoned } = options;
  const late = () => new GraphError('TIMEOUT', `Grafeo: ${name} ran longer than ${timeoutMs} ms.`, { statement: name });
  return inTime(running, { signal, timeoutMs, late, onAbandoned });
}

/** The open embedded store. Created by `openGrafeo`. */
export class GrafeoEngine implements GraphEngine {
  readonly description: string;
  readonly files: GraphFiles;
  /** Its indexes are hash tables, and of nodes only. */
  readonly seeksRelationships = false;
  readonly isShared = false;
  readonly #database: GrafeoDB;
  readonly #commits: CommitRecord;
  /** The error of the last write, if nothing could be written, and whether the store must be opened again first. */
  #writeFailure: { readonly error: GraphError; readonly forGood: boolean } | null = null;
  /** Distinguishes the commits of this opening from those of others. */
  readonly #opening = Date.now().toString(36);
  #lastWrite: Promise<unknown> = Promise.resolve();
  readonly #reading = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(
    database: GrafeoDB,
    commits: CommitRecord,
    { files, stateAtOpening }: { readonly files: StoreFiles; readonly stateAtOpening: string | null },
  ) {
    this.#database = database;
    this.#commits = commits;
    this.description = `Grafeo ${database.version()} in ${files.folder}`;
    const { folder } = files;
    this.files = { folder, stateAtOpening, versionAtOpening: this.#epoch(), state: () => files.state() };
  }

  async #execute(
    target: { executeCypher(text: string, parameters: Parameters): Promise<QueryResult> },
    statement: Statement<unknown>,
    parameters: Parameters,
  ): Promise<QueryResult> {
    try {
      return await target.executeCypher(textToRun(statement), parameters);
    } catch (error) {
      throw graphError(error, statement.name);
    }
  }

  #assertOpen(): void {
    // Grafeo itself would still answer after close().
    if (this.#closing) throw new GraphError('UNAVAILABLE', 'The embedded store is closed.');
  }

  async read<Row>(statement: Statement<Row>, parameters: Parameters = {}, options: RunOptions = {}): Promise<Row[]> {
    this.#assertOpen();
    options.signal?.throwIfAborted();
    const before = this.#epoch();
    const running = this.#execute(this.#database, statement, parameters);
    this.#reading.add(running);
    const done = (): void => void this.#reading.delete(running);
    running.then(done, done);
    // The rows are converted only if the caller still waits.
    const rows = rowsOf(await abandonable(running, statement.name, options), statement);
    options.onVersion?.(this.#epoch() === before ? before : null);
    return rows;
  }

  /** One writer at a time: of two transactions that each read what the other writes, Grafeo commits both. */
  async write<Result>(
    work: (transaction: WriteTransaction) => Promise<Result>,
    options: RunOptions = {},
  ): Promise<Result> {
    this.#assertOpen();
    const turn = this.#lastWrite.then(async () => {
      options.signal?.throwIfAborted();
      if (this.#writeFailure?.forGood) throw this.#writeFailure.error;
      const done = await retrying(() => this.#transact(work), isRetryable, RETRY_BUDGET_MS, options.signal);
      options.onVersion?.(this.#epoch());
      return done;
    });
    this.#lastWrite = turn.catch(() => {});
    return turn;
  }

  async #transact<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    const transaction = this.#database.beginTransaction();
    // Grafeo itself would run statements in parallel. Here each waits for the one before, and none runs after a failed
    // one.
    let running: Promise<unknown> = Promise.resolve();
    let writes = 0;
    let isCommitted = false;
    const commit = async (): Promise<void> => {
      isCommitted = true;
      await this.#commit(transaction, writes);
    };
    const send = async <Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> => {
      const result = await this.#execute(transaction, statement, parameters);
      writes += writesOf(result);
      return rowsOf(result, statement);
    };
    const run = <Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> => {
      const rows = running.then(() => send(statement, parameters));
      running = rows;
      running.catch(() => {});
      return rows;
    };
    try {
      const result = await work({
        run,
        commitWith: async (...call) => {
          const rows = await run(...call);
          await commit();
          return rows;
        },
      });
      await running;
      if (!isCommitted) await commit();
      return result;
    } catch (error) {
      // After a failed statement Grafeo would still commit the others: roll them back.
      await running.catch(() => {});
      undo(transaction);
      throw this.#failure(graphError(error, 'commit'));
    }
  }

  async #commit(transaction: Transaction, writes: number): Promise<void> {
    // A commit without writes would be a new version of the same graph.
    if (writes === 0) {
      transaction.rollback();
      return;
    }
    // The statement runs in the engine's threads; the call holds up the event loop.
    if (writes >= LARGE_COMMIT) await transaction.execute('COMMIT');
    else transaction.commit();
    this.#writeFailure = null;
    try {
      this.#commits.note(Number(this.#database.currentEpoch()));
    } catch (cause) {
      // This commit succeeded. Later ones could not be distinguished from lost ones, so nothing more may be written.
      const message =
        'The record of commits beside the embedded store cannot be written: look at its disk, then restart.';
      this.#writeFailure = { error: new GraphError('STORAGE_FAILED', message, { cause }), forGood: true };
    }
  }

  /** Remembers an error that means that nothing can be written at the moment. */
  #failure(error: unknown): unknown {
    if (error instanceof GraphError && (error.code === 'STORAGE_FULL' || error.code === 'STORAGE_FAILED')) {
      this.#writeFailure = { error, forGood: saysStopped(error.message) };
    }
    return error;
  }

  async version(): Promise<string> {
    this.#assertOpen();
    return this.#epoch();
  }

  #epoch(): string {
    return `${this.#opening}-${this.#database.currentEpoch()}`;
  }

  async ensureSchema(rules: readonly SchemaRule[]): Promise<void> {
    this.#assertOpen();
    for (const text of rules.flatMap(ddlOf)) {
      await this.#execute(this.#database, { name: 'ensureSchema', text }, {}).catch((error) => {
        throw this.#failure(error);
      });
    }
  }

  async ping(options: RunOptions = {}): Promise<void> {
    this.#assertOpen();
    if (this.#writeFailure === null) return;
    if (this.#writeFailure.forGood) throw this.#writeFailure.error;
    // Clients may wait for readiness before they write again: so this tests it by itself.
    const writing = this.write((transaction) => transaction.run(writeProbe, { text: PROBE_TEXT }), options);
    await abandonable(writing, writeProbe.name, options);
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#lastWrite;
      await Promise.allSettled(this.#reading);
      try {
        this.#database.close();
      } catch (cause) {
        const { code } = graphError(cause) as { code?: string };
        const message = `The embedded store could not be folded together: nothing is lost, its next start reads the log of writes. (${(cause as Error).message})`;
        throw new GraphError(code === 'STORAGE_FULL' ? code : 'STORAGE_FAILED', message, { cause });
      } finally {
        this.#commits.close();
      }
    })();
    return this.#closing;
  }
}

/** Rolls a transaction back. If its commit failed, Grafeo has ended it already. */
function undo(transaction: Transaction): void {
  if (!transaction.isActive) return;
  try {
    transaction.rollback();
  } catch {
    // The caller must get the error of the work, not that of the rollback.
  }
}
