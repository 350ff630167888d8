/** What a program may ask of a failure of the database; messages are for people and may name addresses and files. */
export type GraphErrorCode =
  /** The database does not answer: stopped, unreachable, or the connection broke. */
  | 'UNAVAILABLE'
  /** The database refuses the user or the password. */
  | 'CREDENTIALS'
  /** The database answers, and takes no writes. */
  | 'READ_ONLY'
  /** The database holds what is not Grappe's, and nobody has said that it may be shared. */
  | 'OCCUPIED'
  /** The connection broke while a transaction was being committed: nobody can say whether it was. */
  | 'OUTCOME_UNKNOWN'
  /** The statement ran longer than it may. */
  | 'TIMEOUT'
  /** A value that must be unique is taken. */
  | 'NOT_UNIQUE'
  /** Others kept changing the same records, and retrying did not help. */
  | 'CONTENTION'
  /** Another process holds the store's file. */
  | 'LOCKED'
  /** The store's files are damaged, lack acknowledged commits, or may not be read and written. */
  | 'UNUSABLE'
  /** The disk has no space: nothing of the transaction was written. What is there can be read. */
  | 'STORAGE_FULL'
  /** The disk does not take writes, and perhaps will not before the store is opened again. */
  | 'STORAGE_FAILED'
  /** The engine cannot run on this platform. */
  | 'UNSUPPORTED'
  /** Any other fault: ours until shown otherwise. */
  | 'FAILED';

/** The one error that engines throw, with the driver's own error as its cause and the statement's name where known. */
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
