import neo4j, { type Driver, type Session } from 'neo4j-driver';
import { LOGIN_TIMEOUT_MS, Sockets } from './sockets.ts';

/** Where a Neo4j is, and who we are there. */
export interface Neo4jSettings {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Whether the database may hold what is not Grappe's before its first start. */
  readonly shared?: boolean;
}

/** Milliseconds that a request may wait for a connection, so that an absent database is answered within five seconds. */
const ACQUISITION_TIMEOUT_MS = 4_000;
/** Milliseconds that a session may take to close: longer than it may wait for a connection that nobody needs any more. */
const CLOSE_TIMEOUT_MS = ACQUISITION_TIMEOUT_MS + 1_000;
/** Connections per server process: more than two cores of a database can use, fewer than its default limit. */
const MAX_POOL_SIZE = 50;

/** What a session is for. */
export type AccessMode = 'READ' | 'WRITE';

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

/**
 * A driver with its connections, which can be given up: where some no longer answer, nothing tells which others will.
 * What is under way over a pool that is retired may come to its end; then all its connections are destroyed.
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
      // An empty graph has none of the labels that statements name: no cause for a warning.
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

  /** Calls the driver: all that sends something goes this way. */
  call<Result>(work: () => Result): Result {
    return this.#sockets.call(() => untraced(work));
  }

  /** Whether the database has sent nothing since a moment of performance.now(). */
  isSilentSince(moment: number): boolean {
    return this.#sockets.isSilentSince(moment);
  }

  /** Closes a session that has nothing under way any more: it asks the database nothing. */
  async close(session: Session): Promise<void> {
    await this.call(() => session.close()).catch(() => {});
  }

  /** Closes a session, which ends what it has under way; resolves to whether that could be done. */
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

  /** Is given up as soon as what is under way has ended. */
  retire(): void {
    this.#isRetired = true;
    if (this.#works === 0) void this.destroy();
  }

  /** Lets go of all connections at once; what is under way fails. */
  async destroy(): Promise<void> {
    this.#isRetired = true;
    this.#onDestroy();
    const closed = this.#driver.close().catch(() => {});
    this.#sockets.destroy();
    await closed;
  }
}
