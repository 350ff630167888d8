import { setTimeout as pause } from 'node:timers/promises';
import neo4j, { type Driver, type QueryResult, type Session } from 'neo4j-driver';
import {
  DEFAULT_TIMEOUT_MS,
  type GraphEngine,
  type RunOptions,
  type SchemaRule,
  type WriteTransaction,
} from '../engine.ts';
import { GraphError } from '../errors.ts';
import { retrying } from '../retry.ts';
import type { Parameters, Statement } from '../statement.ts';
import { isSame, SeenBookmarks, versionOf } from './bookmarks.ts';
import { graphError, isRetryable, isThereAlready } from './errors.ts';
import { ddlOf } from './schema.ts';
import { driverParameters } from './values.ts';

/** Where a Neo4j is, and who we are there. */
export interface Neo4jSettings {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Milliseconds that a request may wait for a connection, so that an absent database is answered within five seconds. */
const ACQUISITION_TIMEOUT_MS = 4_000;
const CONNECTION_TIMEOUT_MS = 3_000;
/** Connections per server process: more than two cores of a database can use, fewer than its default limit. */
const MAX_POOL_SIZE = 50;
/** Milliseconds that indexes may take to be filled, and between two looks at them. */
const INDEX_TIMEOUT_MS = 60_000;
const INDEX_LOOK_MS = 50;
/** Times that a record is read while something is being committed. */
const MAX_READS = 10;
/** Milliseconds for which a deadlock or a conflict is tried again. */
const RETRY_BUDGET_MS = 4_000;

/** Not by a record's own `toObject`: its generators, written for older machines, take longer than to read a short record. */
function rowsOf<Row>({ records }: QueryResult): Row[] {
  return records.map((record) => {
    const row: Record<PropertyKey, unknown> = {};
    for (const key of record.keys) row[key] = record.get(key);
    return row as Row;
  });
}

/**
 * Calls the driver without a stack: it writes one down for each statement, in case that one fails, which is a tenth of what
 * a short one costs this process. Our errors name the statement.
 */
function untraced<Result>(call: () => Result): Result {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** The statements of one transaction. It begins with the first, and where that is the last too, needs no beginning. */
class Transaction implements WriteTransaction {
  readonly #session: Session;
  readonly #timeout: number;
  #open: ReturnType<Session['beginTransaction']> | null = null;
  #begun: Promise<void> = Promise.resolve();
  #isOver = false;
  #failure: unknown;

  constructor(session: Session, timeout: number) {
    this.#session = session;
    this.#timeout = timeout;
  }

  #begin(): ReturnType<Session['beginTransaction']> {
    // Not awaited: it travels with the first statement.
    const open = untraced(() => this.#session.beginTransaction({ timeout: this.#timeout }));
    this.#begun = open.then(
      () => {},
      (error) => this.#fail(error),
    );
    return open;
  }

  #fail(error: unknown, statement?: string): void {
    // The driver says of all that come later only that they came later.
    this.#failure ??= graphError(error, statement);
  }

  async run<Row>({ text, name }: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> {
    if (this.#isOver) throw new Error(`${name} comes after the end of its transaction.`);
    const sent = driverParameters(parameters);
    this.#open ??= this.#begin();
    const open = this.#open;
    return this.#rowsOf(name, () => open.run(text, sent));
  }

  async commitWith<Row>(statement: Statement<Row>, parameters: Parameters = {}): Promise<Row[]> {
    if (this.#open !== null) {
      const rows = await this.run(statement, parameters);
      await this.commit();
      return rows;
    }
    this.#isOver = true;
    const sent = driverParameters(parameters);
    return this.#rowsOf(statement.name, () => this.#session.run(statement.text, sent, { timeout: this.#timeout }));
  }

  async #rowsOf<Row>(name: string, send: () => PromiseLike<QueryResult>): Promise<Row[]> {
    try {
      return rowsOf<Row>(await untraced(send));
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
    try {
      // Whether it is open still is for the driver to say: one that it gave up must not pass for committed.
      await untraced(() => this.#open?.commit());
    } catch (error) {
      this.#fail(error);
      throw this.#failure;
    }
  }

  /** Rolls back what is still open; a failure of that must not hide the failure before it. */
  async close(): Promise<void> {
    await this.#open?.close().catch(() => {});
  }
}

/** One try of a piece of work: it commits when the work resolves and leaves nothing when it rejects. */
async function transact<Result>(
  session: Session,
  work: (transaction: WriteTransaction) => Promise<Result>,
  timeout: number,
): Promise<Result> {
  const transaction = new Transaction(session, timeout);
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } finally {
    await transaction.close();
  }
}

/**
 * Waits until every index can be used. Not by db.awaitIndexes: for one that another process has begun and taken back
 * meanwhile, since somebody else's was faster, that waits until its time is over.
 */
async function indexesOnline(session: Session): Promise<void> {
  const deadline = performance.now() + INDEX_TIMEOUT_MS;
  for (;;) {
    const indexes = rowsOf<{ name: string; state: string }>(await session.run('SHOW INDEXES YIELD name, state'));
    const missing = indexes.filter(({ state }) => state !== 'ONLINE').map(({ name, state }) => `${name} (${state})`);
    if (missing.length === 0) return;
    if (performance.now() >= deadline) {
      throw new GraphError('FAILED', `Neo4j: indexes are not ready after a minute: ${missing.join(', ')}.`);
    }
    await pause(INDEX_LOOK_MS);
  }
}

class Neo4jEngine implements GraphEngine {
  readonly description: string;
  readonly readsInOrder = true;
  readonly seeksRelationships = true;
  readonly joins = true;
  readonly walks = true;
  readonly #driver: Driver;
  readonly #database: string;
  /** Makes each read see what this process has written or read, in a cluster too. */
  readonly #bookmarks = new SeenBookmarks();
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(settings: Neo4jSettings) {
    this.description = `Neo4j at ${settings.uri}, database ${settings.database}`;
    this.#database = settings.database;
    this.#driver = neo4j.driver(settings.uri, neo4j.auth.basic(settings.user, settings.password), {
      disableLosslessIntegers: true,
      maxConnectionPoolSize: MAX_POOL_SIZE,
      connectionAcquisitionTimeout: ACQUISITION_TIMEOUT_MS,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      userAgent: 'grappe',
      // An empty graph has none of the labels that statements name: no cause for a warning.
      notificationFilter: { disabledClassifications: ['UNRECOGNIZED'] },
    });
  }

  /**
   * Opens a session for one piece of work; an abort closes it, which ends its auto-commit statement at once. `work` is
   * told the bookmarks that the session began with.
   */
  async #within<Result>(
    mode: 'READ' | 'WRITE',
    options: RunOptions,
    name: string | undefined,
    work: (session: Session, begun: readonly string[]) => Promise<Result>,
  ): Promise<Result> {
    // The driver itself would open its pool anew.
    if (this.#closing) throw new GraphError('UNAVAILABLE', 'The connection to Neo4j is closed.');
    const { signal } = options;
    signal?.throwIfAborted();
    const begun = this.#bookmarks.newest;
    const session = this.#driver.session({
      database: this.#database,
      defaultAccessMode: mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarks: [...begun],
    });
    const abort = (): void => void session.close().catch(() => {});
    signal?.addEventListener('abort', abort, { once: true });
    const running = retrying(() => work(session, begun), isRetryable, RETRY_BUDGET_MS, signal);
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      signal?.throwIfAborted();
      throw graphError(error, name);
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#bookmarks.replace(begun, session.lastBookmarks());
      await session.close().catch(() => {});
      this.#running.delete(running);
    }
  }

  async read<Row>(statement: Statement<Row>, parameters: Parameters = {}, options: RunOptions = {}): Promise<Row[]> {
    const sent = driverParameters(parameters);
    const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    for (let tries = 1; ; tries++) {
      const { rows, version } = await this.#within('READ', options, statement.name, async (session, begun) => {
        const found = rowsOf<Row>(await untraced(() => session.run(statement.text, sent, { timeout })));
        const ended = session.lastBookmarks();
        // The bookmark moves before reads see the change: only one that stood still names what was read.
        return { rows: found, version: isSame(begun, ended) ? versionOf(ended) : null };
      });
      // Else some properties may be those of before a commit, and others, such as the version, those of after.
      if (version !== null || !statement.tellsRecords || tries === MAX_READS) {
        options.tellVersion?.(version);
        return rows;
      }
    }
  }

  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>, options: RunOptions = {}): Promise<Result> {
    const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    // Not the driver's own executeWrite: it would wait for a database that is away, and longer than anybody should.
    return this.#within('WRITE', options, undefined, (session) => transact(session, work, timeout));
  }

  async version(options: RunOptions = {}): Promise<string> {
    return this.#within('READ', options, 'version', async (session) => {
      await session.run('RETURN 1', {}, { timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS });
      return versionOf(session.lastBookmarks());
    });
  }

  async ensureSchema(rules: readonly SchemaRule[]): Promise<void> {
    await this.#within('WRITE', {}, 'ensureSchema', async (session) => {
      const constraints = rowsOf<{ name: string }>(await session.run('SHOW CONSTRAINTS YIELD name'));
      const indexes = rowsOf<{ name: string }>(await session.run('SHOW INDEXES YIELD name'));
      const known = new Set([...constraints, ...indexes].map(({ name }) => name));
      // To make what is there already would leave a notification each.
      const missing = rules.map(ddlOf).filter(({ name }) => !known.has(name));
      for (const { text } of missing) {
        await session.run(text).catch((error) => {
          // Another process may have made it since we looked, which IF NOT EXISTS does not always see.
          if (!isThereAlready(error)) throw error;
        });
      }
      await indexesOnline(session);
    });
  }

  async ping(options: RunOptions = {}): Promise<void> {
    await this.#within('READ', options, 'ping', (session) =>
      session.run('RETURN 1', {}, { timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS }),
    );
  }

  close(): Promise<void> {
    this.#closing ??= Promise.allSettled(this.#running).then(() => this.#driver.close());
    return this.#closing;
  }
}

/** Opens a pool to a Neo4j, which need not answer yet. Throws a GraphError UNSUPPORTED for an address it cannot read. */
export function openNeo4j(settings: Neo4jSettings): GraphEngine {
  try {
    return new Neo4jEngine(settings);
  } catch (error) {
    throw new GraphError('UNSUPPORTED', `NEO4J_URI "${settings.uri}" cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
