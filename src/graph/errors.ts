/** The kind of a database error, for programs. Messages are for people, and may name addresses and files. */
export type GraphErrorCode =
  /** The database does not answer: stopped, unreachable, or the connection broke. */
  | 'UNAVAILABLE'
  /** The database rejects the user or the password. */
  | 'CREDENTIALS'
  /** The database answers, but accepts no writes. */
  | 'READ_ONLY'
  /** The database contains data of others, and the configuration does not allow sharing it. */
  | 'OCCUPIED'
  /** The connection broke during a commit: the outcome is unknown. */
  | 'OUTCOME_UNKNOWN'
  /** The statement ran longer than it may. */
  | 'TIMEOUT'
  /** A value that must be unique is taken. */
  | 'NOT_UNIQUE'
  /** The same records were changed concurrently, and retrying did not help. */
  | 'CONTENTION'
  /** Another process uses the file of the store. */
  | 'LOCKED'
  /** The store's files are damaged, lack acknowledged commits, or may not be read and written. */
  | 'UNUSABLE'
  /** The disk has no space: nothing of the transaction was written. The stored data can be read. */
  | 'STORAGE_FULL'
  /** The disk accepts no writes, perhaps until the store is opened again. */
  | 'STORAGE_FAILED'
  /** The engine cannot run on this platform. */
  | 'UNSUPPORTED'
  /** Any other error: ours until shown otherwise. */
  | 'FAILED';

/** The error that engines throw, with the error of the driver as its cause and the name of the statement if known. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: GraphErrorCode;
  readonly statement: string | null;

  constructor(code: GraphErrorCode, message: string, options: { cause?: unknown; statement?: string } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.statement = options.statement ?? null;
  }
}
