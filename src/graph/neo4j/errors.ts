import { Neo4jError } from 'neo4j-driver';
import { GraphError, type GraphErrorCode } from '../errors.ts';

const UNAVAILABLE: ReadonlySet<string> = new Set([
  'ServiceUnavailable',
  'SessionExpired',
  'ProtocolError',
  'Neo.ClientError.Database.DatabaseNotFound',
  'Neo.TransientError.General.DatabaseUnavailable',
  'Neo.TransientError.Database.DatabaseUnavailable',
]);

const CREDENTIALS: ReadonlySet<string> = new Set([
  'Neo.ClientError.Security.Unauthorized',
  'Neo.ClientError.Security.AuthenticationRateLimit',
  'Neo.ClientError.Security.CredentialsExpired',
]);

const READ_ONLY: ReadonlySet<string> = new Set([
  'Neo.ClientError.Cluster.NotALeader',
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase',
]);

/** Errors without a code of the driver: no connection, or a server that does not speak Bolt. */
const WITHOUT_CODE = new RegExp(
  [
    ...['acquisition timed out', 'Pool is closed', 'certificate', 'Server responded HTTP', 'Unknown Bolt'],
    ...['Unknown packed value', 'Unable to unpack', 'Read beyond end', "Don't know how to decode"],
    ...['Received RECORD', 'Illegal response', 'Ignored either'],
  ].join('|'),
);

/** No server was reached: no free connection in time, or no answer from a member of the cluster. */
const NO_SERVER = /acquisition timed out|Pool is closed|Could not perform discovery/;
/** The connection to one server failed. */
const NO_CONNECTION =
  /Failed to obtain connection|Failed to establish connection|Caused by: (?:connect|getaddrinfo|Neo4j has not accepted the login)/;

/**
 * The system did not send the data. The COMMIT is sent last: if it is incomplete, nothing is committed.
 */
const NOT_SENT = /Caused by: write E/;

/**
 * A COMMIT that failed with one of these may have succeeded, or be completed from the transaction log by the next start.
 */
const UNDECIDED = /ReplicationFailure|TransactionCommitFailed|TransactionLogError/;

/**
 * The transaction was ended from outside, mostly since its time was over: while it ran, waited for a lock, or before its
 * next statement. (The driver calls the last two errors of the client.)
 */
const OUT_OF_TIME = /TransactionTimedOut|LockAcquisitionTimeout|Transaction\.(?:LockClientStopped|Terminated)$/;

function codeOf(error: Neo4jError): GraphErrorCode {
  if (UNAVAILABLE.has(error.code)) return 'UNAVAILABLE';
  if (CREDENTIALS.has(error.code)) return 'CREDENTIALS';
  if (READ_ONLY.has(error.code)) return 'READ_ONLY';
  if (OUT_OF_TIME.test(error.code)) return 'TIMEOUT';
  if (error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed') return 'NOT_UNIQUE';
  if (WITHOUT_CODE.test(error.message)) return 'UNAVAILABLE';
  if (error.retriable) return 'CONTENTION';
  return 'FAILED';
}

/** Whether the same work may succeed when it runs again at once. (An unavailable database is not waited for.) */
export function isRetryable(error: unknown): boolean {
  return error instanceof GraphError && error.code === 'CONTENTION';
}

/**
 * Whether the same work may succeed on another connection: this one broke or, in a cluster, its server could not be
 * reached or is not the leader any more.
 */
export function mayMoveOn(error: unknown, isRouting: boolean): boolean {
  if (!(error instanceof GraphError) || error.code !== 'UNAVAILABLE' || NO_SERVER.test(error.message)) return false;
  return isRouting || !NO_CONNECTION.test(error.message);
}

/** Whether a COMMIT with this error has certainly changed nothing: the server says so, or did not receive it. */
export function isDecided(error: unknown): boolean {
  if (!(error instanceof Neo4jError)) return false;
  if (error.code.startsWith('Neo.')) return !UNDECIDED.test(error.code);
  if ([NO_SERVER, NO_CONNECTION, NOT_SENT].some((text) => text.test(error.message))) return true;
  // In a cluster the driver reports with its own message that a server is not the leader; the cause is the answer of
  // the server.
  return error.cause instanceof Neo4jError && READ_ONLY.has(error.cause.code);
}

/** Whether a constraint or an index was rejected because an equal one exists. */
export function isThereAlready(error: unknown): boolean {
  const cause = error instanceof GraphError ? error.cause : error;
  return cause instanceof Neo4jError && /^Neo\.ClientError\.Schema\..*AlreadyExists$/.test(cause.code);
}

/** Converts an error of the driver to a GraphError. An error without a code means a broken connection. */
export function graphError(error: unknown, statement?: string): GraphError {
  if (error instanceof GraphError) return error;
  const where = statement === undefined ? '' : ` in statement ${statement}`;
  const code = error instanceof Neo4jError ? codeOf(error) : 'UNAVAILABLE';
  return new GraphError(code, `Neo4j${where}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
    ...(statement === undefined ? {} : { statement }),
  });
}
