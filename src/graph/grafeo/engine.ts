import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GrafeoDB, QueryResult } from '@grafeo-db/js';
import {
  DEFAULT_TIMEOUT_MS,
  type GraphEngine,
  type RunOptions,
  type SchemaRule,
  type WriteTransaction,
} from '../engine.ts';
import { GraphError } from '../errors.ts';
import { inTime } from '../in-time.ts';
import { retrying } from '../retry.ts';
import type { GraphValue, Parameters, Statement } from '../statement.ts';
import { graphError, isRetryable } from './errors.ts';
import { ddlOf } from './schema.ts';
import { portValue } from './values.ts';

/** Where the embedded store lies. */
export interface GrafeoSettings {
  /** A folder, made if missing; the store is one file in it. */
  readonly folder: string;
}

/** The log of writes is folded into the file at this size, or it would grow for ever. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_INTERVAL_MS = 5 * 60_000;
/** Milliseconds for which a conflict of writers is tried again; with one queue there should be none. */
const RETRY_BUDGET_MS = 4_000;

function rowsOf<Row>(result: QueryResult): Row[] {
  const { columns } = result;
  return result.rows().map((values) => {
    const row: Record<string, GraphValue> = {};
    for (let place = 0; place < columns.length; place++) row[columns[place]!] = portValue(values[place] ?? null);
    return row as Row;
  });
}

/** Grafeo cannot stop a statement: an abort or a time-out only leaves its result behind. */
function abandonable<Result>(running: Promise<Result>, name: string, options: RunOptions): Promise<Result> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS, onAbandoned } = options;
  const late = () => new GraphError('TIMEOUT', `Grafeo: ${name} ran longer than ${timeoutMs} ms.`, { statement: name });
  return inTime(running, { signal, timeoutMs, late, onAbandoned });
}

class GrafeoEngine implements GraphEngine {
  readonly description: string;
  /** Its indexes are hash tables, and of nodes only. */
  readonly readsInOrder = false;
  readonly seeksRelationships = false;
  readonly joins = false;
  /** It chooses a path before it looks at the conditions; to count what is met takes it twice as long as to tell it. */
  readonly #database: GrafeoDB;
  /** Tells the commits of this opening from those of another. */
  readonly #opening = Date.now().toString(36);
  #lastWrite: Promise<unknown> = Promise.resolve();
  readonly #reading = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(database: GrafeoDB, folder: string) {
    this.#database = database;
    this.description = `Grafeo ${database.version()} in ${folder}`;
  }

  async #execute(
    target: { executeCypher(text: string, parameters: Parameters): Promise<QueryResult> },
    { name, text }: Statement<unknown>,
    parameters: Parameters,
  ): Promise<QueryResult> {
    try {
      return await target.executeCypher(text, parameters);
    } catch (error) {
      throw graphError(error, name);
    }
  }

  #refuseWhenClosed(): void {
    // Grafeo itself would go on answering after close().
    if (this.#closing) throw new GraphError('UNAVAILABLE', 'The embedded store is closed.');
  }

  async read<Row>(statement: Statement<Row>, parameters: Parameters = {}, options: RunOptions = {}): Promise<Row[]> {
    this.#refuseWhenClosed();
    options.signal?.throwIfAborted();
    const before = this.#epoch();
    const running = this.#execute(this.#database, statement, parameters);
    this.#reading.add(running);
    const done = (): void => void this.#reading.delete(running);
    running.then(done, done);
    // Rows are made of it only where somebody still waits for them.
    const rows = rowsOf<Row>(await abandonable(running, statement.name, options));
    options.tellVersion?.(this.#epoch() === before ? before : null);
    return rows;
  }

  /** One writer at a time: Grafeo lets two transactions that read what the other writes both commit. */
  async write<Result>(
    work: (transaction: WriteTransaction) => Promise<Result>,
    options: RunOptions = {},
  ): Promise<Result> {
    this.#refuseWhenClosed();
    const turn = this.#lastWrite.then(() => {
      options.signal?.throwIfAborted();
      return retrying(() => this.#transact(work), isRetryable, RETRY_BUDGET_MS, options.signal);
    });
    this.#lastWrite = turn.catch(() => {});
    return turn;
  }

  async #transact<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    const transaction = this.#database.beginTransaction();
    // Grafeo itself would run those side by side that are sent so; after a failed one this fails, and no other runs.
    let running: Promise<unknown> = Promise.resolve();
    const run = <Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> => {
      const rows = running.then(async () => rowsOf<Row>(await this.#execute(transaction, statement, parameters)));
      running = rows;
      running.catch(() => {});
      return rows;
    };
    try {
      const result = await work({
        run,
        commitWith: async (...call) => {
          const rows = await run(...call);
          transaction.commit();
          return rows;
        },
      });
      await running;
      if (transaction.isActive) transaction.commit();
      return result;
    } catch (error) {
      // After a failed statement Grafeo would still commit the others, so nothing may be left of them.
      await running.catch(() => {});
      if (transaction.isActive) transaction.rollback();
      throw graphError(error, 'commit');
    }
  }

  async version(): Promise<string> {
    this.#refuseWhenClosed();
    return this.#epoch();
  }

  #epoch(): string {
    return `${this.#opening}-${this.#database.currentEpoch()}`;
  }

  async ensureSchema(rules: readonly SchemaRule[]): Promise<void> {
    this.#refuseWhenClosed();
    for (const text of rules.flatMap(ddlOf)) {
      await this.#execute(this.#database, { name: 'ensureSchema', text }, {});
    }
  }

  async ping(): Promise<void> {
    this.#refuseWhenClosed();
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#lastWrite;
      await Promise.allSettled(this.#reading);
      this.#database.close();
    })();
    return this.#closing;
  }
}

/**
 * Opens the embedded store, making it where there is none. Throws a GraphError LOCKED when another process holds it,
 * UNSUPPORTED when this platform has no binary of it.
 */
export async function openGrafeo(settings: GrafeoSettings): Promise<GraphEngine> {
  let grafeo: typeof import('@grafeo-db/js');
  try {
    // Its native loader is CommonJS, whose names only the default export carries.
    grafeo = (await import('@grafeo-db/js')).default;
  } catch (error) {
    throw new GraphError(
      'UNSUPPORTED',
      `The embedded engine has no binary for ${process.platform}-${process.arch}: set NEO4J_URI to use a Neo4j instead.`,
      { cause: error },
    );
  }
  mkdirSync(settings.folder, { recursive: true });
  const file = join(settings.folder, 'graph.grafeo');
  try {
    const database = grafeo.GrafeoDB.create(file);
    database.setCheckpointTriggers({ walBytes: CHECKPOINT_BYTES, intervalMs: CHECKPOINT_INTERVAL_MS });
    return new GrafeoEngine(database, settings.folder);
  } catch (error) {
    const failure = graphError(error);
    if (failure instanceof GraphError && failure.code === 'LOCKED') {
      throw new GraphError(
        'LOCKED',
        `Another process holds ${file}: stop it, or give this one a folder of its own with GRAPPE_DATA.`,
        { cause: error },
      );
    }
    throw failure;
  }
}
