import { Neo4jError } from 'neo4j-driver';
import { GraphError, type GraphErrorCode } from '../errors.ts';

const UNAVAILABLE = new Set([
  'ServiceUnavailable',
  'SessionExpired',
  'Neo.ClientError.Security.Unauthorized',
  'Neo.ClientError.Security.AuthenticationRateLimit',
  'Neo.ClientError.Database.DatabaseNotFound',
  'Neo.TransientError.General.DatabaseUnavailable',
  'Neo.TransientError.Database.DatabaseUnavailable',
]);

function codeOf(error: Neo4jError): GraphErrorCode {
  if (UNAVAILABLE.has(error.code)) return 'UNAVAILABLE';
  if (error.code.includes('TransactionTimedOut') || error.code.includes('LockAcquisitionTimeout')) return 'TIMEOUT';
  if (error.code === 'Neo.ClientError.Schema.ConstraintValidationFailed') return 'NOT_UNIQUE';
  // The pool's own time-out for a connection has no code of its own.
  if (error.message.includes('acquisition timed out') || error.message.includes('Pool is closed')) return 'UNAVAILABLE';
  if (error.retriable) return 'CONTENTION';
  return 'FAILED';
}

/** Whether the same work may succeed when it is run again at once. A database that is away is not waited for. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof GraphError) return error.code === 'CONTENTION';
  return error instanceof Neo4jError && codeOf(error) === 'CONTENTION';
}

/** Whether a constraint or an index was refused because there is one like it. */
export function isThereAlready(error: unknown): boolean {
  return error instanceof Neo4jError && /^Neo\.ClientError\.Schema\..*AlreadyExists$/.test(error.code);
}

/** The driver's error as ours; what is no error of the driver passes unchanged. */
export function graphError(error: unknown, statement?: string): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const where = statement === undefined ? '' : ` in statement ${statement}`;
  return new GraphError(codeOf(error), `Neo4j${where}: ${error.message}`, {
    cause: error,
    ...(statement === undefined ? {} : { statement }),
  });
}
