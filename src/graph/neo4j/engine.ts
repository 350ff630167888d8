import { setTimeout as pause } from 'node:timers/promises';
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
import type { Parameters, Statement } from '../statement.ts';
import { isSame, SeenBookmarks, versionOf } from './bookmarks.ts';
import { ensureRules } from './ensure-schema.ts';
import { isRetryable, mayMoveOn } from './errors.ts';
import { Lockout } from './lockout.ts';
import { namespaced } from './namespace.ts';
import { type AccessMode, type Neo4jSettings, Pool } from './pool.ts';
import { emptyTransaction, query, type Try } from './query.ts';
import { StoppedDatabase } from './stopped.ts';
import { Transaction, transact } from './transaction.ts';
import { driverParameters } from './values.ts';

/** Milliseconds that one change of the schema may take: a constraint on a full graph reads all of it. */
const SCHEMA_TIMEOUT_MS = 300_000;
/** Maximum of reads of a record while commits happen. */
const MAX_READS = 10;
/** Milliseconds for which deadlocks and conflicts are retried: at least these, or a share of the time-out. */
const RETRY_BUDGET_MS = 4_000;
const RETRY_SHARE = 1 / 5;
/** Maximum of sessions for a piece of work: if a connection breaks, another is used. */
const MAX_SESSIONS = 2;
/** Milliseconds that Neo4j may take to report a time-out of a statement. */
const OVERTIME_MS = 2_000;
/** Milliseconds without a byte from the database, with work in progress, after which the pool is retired. */
const SILENCE_MS = 1_000;
/** Maximum of milliseconds that closing waits for work in progress, and that without a byte from the database. */
const CLOSE_GRACE_MS = 10_000;
const CLOSE_SILENCE_MS = 3_000;
const CLOSE_INTERVAL_MS = 100;

/** A running attempt. `abandon` ends it when nobody waits any more, and returns its error. */
interface Attempt<Result> {
  readonly result: Promise<Result>;
  readonly abandon?: (why: Error) => Error;
}

const PING = { name: 'ping', text: 'RETURN 1' };

class Neo4jEngine implements GraphEngine {
  readonly description: string;
  readonly seeksRelationships = true;
  readonly isShared = true;
  readonly #settings: Neo4jSettings;
  /** Whether the driver chooses the server of a cluster. */
  readonly #isRouting: boolean;
  readonly #lockout: Lockout;
  readonly #stopped = new StoppedDatabase(() => this.#pool.databaseStatus());
  #pool: Pool;
  /** The current pool, and the retired ones with work in progress. */
  readonly #pools = new Set<Pool>();
  /** Make each read see what this process has written or read before, in a cluster too. */
  readonly #bookmarks = new SeenBookmarks();
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(settings: Neo4jSettings) {
    this.description = `Neo4j at ${settings.uri}, database ${settings.database}`;
    this.#settings = settings;
    this.#isRouting = settings.uri.startsWith('neo4j');
    this.#lockout = new Lockout(settings.uri, settings.user);
    this.#pool = this.#newPool();
  }

  #newPool(): Pool {
    const pool = new Pool(this.#settings, () => this.#pools.delete(pool));
    this.#pools.add(pool);
    return pool;
  }

  /** Replaces a pool that does not answer. Its connections end with their work in progress. */
  #retire(pool: Pool): void {
    if (pool !== this.#pool || this.#closing) return;
    this.#pool = this.#newPool();
    pool.retire();
  }

  #assertOpen(): void {
    // The driver itself would open its pool again.
    if (this.#closing) throw new GraphError('UNAVAILABLE', 'The connection to Neo4j is closed.');
  }

  /** Runs a piece of work; in another session too, if the first one breaks before anything can be committed. */
  async #within<Result>(
    mode: AccessMode,
    options: RunOptions,
    name: string,
    attempt: (on: Try) => Attempt<Result>,
  ): Promise<Result> {
    this.#assertOpen();
    options.signal?.throwIfAborted();
    const running = this.#tries(mode, options, name, attempt);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  async #tries<Result>(
    mode: AccessMode,
    options: RunOptions,
    name: string,
    attempt: (on: Try) => Attempt<Result>,
  ): Promise<Result> {
    for (let sessions = 1; ; sessions++) {
      this.#lockout.check();
      try {
        return await this.#try(mode, options, name, attempt);
      } catch (error) {
        options.signal?.throwIfAborted();
        const isLast = sessions === MAX_SESSIONS || this.#closing !== undefined;
        if (isLast || !mayMoveOn(error, this.#isRouting)) throw await this.#explained(error);
      }
    }
  }

  async #try<Result>(
    mode: AccessMode,
    { signal, timeoutMs: timeout = DEFAULT_TIMEOUT_MS, onAbandoned }: RunOptions,
    name: string,
    attempt: (on: Try) => Attempt<Result>,
  ): Promise<Result> {
    const pool = this.#pool;
    const begun = this.#bookmarks.newest;
    const startedAt = performance.now();
    const session = pool.enter(mode, begun);
    let isAbandoned = false;
    const once = async (): Promise<Result> => {
      const { result, abandon = (why) => why } = attempt({ pool, session, begun, timeout });
      const message = `Neo4j: ${name} was not answered within ${timeout} ms.`;
      return inTime(result, {
        signal,
        timeoutMs: timeout + OVERTIME_MS,
        late: () => abandon(new GraphError('TIMEOUT', message, { statement: name })),
        onAbandoned: () => {
          isAbandoned = true;
          if (signal?.aborted) abandon(signal.reason);
        },
      });
    };
    try {
      const budget = Math.max(RETRY_BUDGET_MS, RETRY_SHARE * timeout);
      const result = await retrying(once, isRetryable, budget, signal);
      await pool.close(session);
      return result;
    } catch (error) {
      const silence = performance.now() - SILENCE_MS;
      if (startedAt < silence && pool.isSilentSince(silence)) this.#retire(pool);
      // A statement ends with its session. A database that does not answer can delay that.
      const ended = pool.end(session).then((isEnded) => (isEnded ? undefined : this.#retire(pool)));
      if (isAbandoned) onAbandoned?.(ended);
      throw error;
    } finally {
      this.#bookmarks.replace(begun, session.lastBookmarks());
      pool.leave();
    }
  }

  /** The error with a remedy for the operator. */
  async #explained(error: unknown): Promise<unknown> {
    if (!(error instanceof GraphError)) return error;
    if (error.code === 'CREDENTIALS') return this.#lockout.remember(error);
    if (error.code !== 'READ_ONLY') return this.#stopped.explain(error);
    const message =
      `${this.description} takes no writes: it is a follower in a cluster, or read-only. ` +
      'For a cluster set NEO4J_URI to an address that begins with neo4j:// (not bolt://), which finds the leader.';
    return new GraphError('READ_ONLY', message, { cause: error });
  }

  async read<Row>(statement: Statement<Row>, parameters: Parameters = {}, options: RunOptions = {}): Promise<Row[]> {
    const sent = driverParameters(parameters);
    const text = namespaced(statement);
    const attempt = async (on: Try): Promise<{ rows: Row[]; version: string | null }> => {
      const rows = await query<Row>(on, { name: statement.name, text }, sent);
      const ended = on.session.lastBookmarks();
      // The bookmark changes before reads see the change: only an unchanged one names what was read.
      return { rows, version: isSame(on.begun, ended) ? versionOf(ended) : null };
    };
    for (let tries = 1; ; tries++) {
      const { rows, version } = await this.#within('READ', options, statement.name, (on) => ({ result: attempt(on) }));
      // Otherwise some properties may be from before a commit, and others, such as the version, from after it.
      if (version !== null || !statement.readsRecords || tries === MAX_READS) {
        options.onVersion?.(version);
        return rows;
      }
    }
  }

  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>, options: RunOptions = {}): Promise<Result> {
    // The driver's executeWrite would wait too long for an unavailable database.
    return this.#within('WRITE', options, 'a transaction', ({ pool, session, timeout }) => {
      const transaction = new Transaction(pool, session, timeout);
      const result = transact(transaction, work).then((done) => {
        options.onVersion?.(versionOf(session.lastBookmarks()));
        return done;
      });
      return { result, abandon: (why) => transaction.abandon(why) };
    });
  }

  async version(options: RunOptions = {}): Promise<string> {
    const attempt = async (on: Try): Promise<string> => {
      await emptyTransaction(on, 'version');
      return versionOf(on.session.lastBookmarks());
    };
    return this.#within('READ', options, 'version', (on) => ({ result: attempt(on) }));
  }

  async ensureSchema(rules: readonly SchemaRule[], options: RunOptions = {}): Promise<void> {
    const patient = { timeoutMs: SCHEMA_TIMEOUT_MS, ...options };
    await this.#within('WRITE', patient, 'ensureSchema', (on) => ({ result: ensureRules(on, rules, this.#settings) }));
  }

  async ping(options: RunOptions = {}): Promise<void> {
    await this.#within('READ', options, PING.name, (on) => ({ result: query(on, PING) }));
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#drained();
      await Promise.all([...this.#pools].map((pool) => pool.destroy()));
    })();
    return this.#closing;
  }

  /** Waits for work in progress, while the database sends anything. */
  async #drained(): Promise<void> {
    const startedAt = performance.now();
    let isOver = false;
    const ended = Promise.allSettled(this.#running).then(() => {
      isOver = true;
    });
    for (let waited = 0; !isOver && waited < CLOSE_GRACE_MS; waited = performance.now() - startedAt) {
      const silence = performance.now() - CLOSE_SILENCE_MS;
      if (waited > CLOSE_SILENCE_MS && [...this.#pools].every((pool) => pool.isSilentSince(silence))) return;
      await Promise.race([ended, pause(CLOSE_INTERVAL_MS)]);
    }
  }
}

/** Opens a pool to a Neo4j, which need not answer yet. Throws a GraphError UNSUPPORTED for an invalid address. */
export function openNeo4j(settings: Neo4jSettings): GraphEngine {
  try {
    return new Neo4jEngine(settings);
  } catch (error) {
    throw new GraphError('UNSUPPORTED', `NEO4J_URI "${settings.uri}" cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
