import neo4j, { type Driver, type Session } from 'neo4j-driver';
import { LOGIN_TIMEOUT_MS, Sockets } from './sockets.ts';

/** The address of a Neo4j, and the credentials. */
export interface Neo4jSettings {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Whether the database may contain data of others before the first start. */
  readonly shared?: boolean;
}

/** Milliseconds that a request waits for a connection: if the database is unavailable, it fails within five seconds. */
const ACQUISITION_TIMEOUT_MS = 4_000;
/** Milliseconds that a session may take to close: more than it may wait for a connection. */
const CLOSE_TIMEOUT_MS = ACQUISITION_TIMEOUT_MS + 1_000;
/** Connections per server process: more than two cores of a database can use, fewer than its default limit. */
const MAX_POOL_SIZE = 50;

/** Milliseconds for the status of a database, which Neo4j plans for a second the first time. */
const STATUS_TIMEOUT_MS = 5_000;

/** The access mode of a session. */
export type AccessMode = 'READ' | 'WRITE';

/**
 * Calls the driver without stack traces: it captures one for each statement in case of an error, a tenth of the cost of
 * a short statement in this process. Our errors name the statement.
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

/**
 * A driver with its connections, which can be retired: if some connections no longer answer, the others are suspect
 * too. Work in progress on a retired pool may finish; then all its connections are destroyed.
 */
export class Pool {
  readonly #driver: Driver;
  readonly #sockets = new Sockets();
  readonly #database: string;
  readonly #onDestroy: () => void;
  #works = 0;
  #isRetired = false;

  constructor({ uri, user, password, database }: Neo4jSettings, onDestroy: () => void) {
    this.#database = database;
    this.#onDestroy = onDestroy;
    this.#driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
      disableLosslessIntegers: true,
      maxConnectionPoolSize: MAX_POOL_SIZE,
      connectionAcquisitionTimeout: ACQUISITION_TIMEOUT_MS,
      connectionTimeout: LOGIN_TIMEOUT_MS,
      userAgent: 'grappe',
      // An empty graph lacks the labels that statements name: no reason for a warning.
      notificationFilter: { disabledClassifications: ['UNRECOGNIZED'] },
    });
  }

  /** Begins a piece of work; `leave` ends it. */
  enter(mode: AccessMode, bookmarks: readonly string[]): Session {
    this.#works++;
    return this.#driver.session({
      database: this.#database,
      defaultAccessMode: mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarks: [...bookmarks],
    });
  }

  /** What Neo4j says of the state of the database: nothing for one that works. Rejects when it does not answer in time. */
  async databaseStatus(): Promise<string> {
    const session = this.#driver.session({ database: 'system', defaultAccessMode: neo4j.session.READ });
    try {
      const text = 'SHOW DATABASE $name YIELD statusMessage';
      const { records } = await this.call(() =>
        session.run(text, { name: this.#database }, { timeout: STATUS_TIMEOUT_MS }),
      );
      return records.map((record) => String(record.get('statusMessage') ?? '')).join(' ');
    } finally {
      void this.close(session);
    }
  }

  /** Calls the driver. Everything that sends something must use this. */
  call<Result>(work: () => Result): Result {
    return this.#sockets.call(() => untraced(work));
  }

  /** Whether the database has sent nothing since a moment of performance.now(). */
  isSilentSince(moment: number): boolean {
    return this.#sockets.isSilentSince(moment);
  }

  /** Closes a session that has nothing in progress: sends nothing to the database. */
  async close(session: Session): Promise<void> {
    await this.call(() => session.close()).catch(() => {});
  }

  /** Closes a session and ends what it has in progress. Resolves to whether that was possible in time. */
  async end(session: Session): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<false>();
    const timer = setTimeout(() => resolve(false), CLOSE_TIMEOUT_MS);
    const closed = this.close(session).then(() => true);
    const isClosed = await Promise.race([closed, late]);
    clearTimeout(timer);
    return isClosed;
  }

  leave(): void {
    this.#works--;
    if (this.#isRetired && this.#works === 0) void this.destroy();
  }

  /** Destroys the pool as soon as its work in progress has ended. */
  retire(): void {
    this.#isRetired = true;
    if (this.#works === 0) void this.destroy();
  }

  /** Closes all connections at once. Work in progress fails. */
  async destroy(): Promise<void> {
    this.#isRetired = true;
    this.#onDestroy();
    const closed = this.#driver.close().catch(() => {});
    this.#sockets.destroy();
    await closed;
  }
}
