import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { ClientError, type ErrorCode } from '../../domain/client-error.ts';
import { GraphError, type GraphErrorCode } from '../../graph/errors.ts';
import { clientError } from './client-error.ts';
import type { RequestState } from './request-state.ts';

/** Messages for database errors: those of the engine may name addresses and files. */
export const GRAPH_FAILURES: { readonly [Code in GraphErrorCode]?: readonly [code: ErrorCode, message: string] } = {
  UNAVAILABLE: ['DATABASE_UNAVAILABLE', 'The database does not answer at the moment: try again in a few seconds.'],
  CREDENTIALS: ['DATABASE_UNAVAILABLE', 'The database does not accept the connection at the moment: try again later.'],
  READ_ONLY: ['DATABASE_READ_ONLY', 'The database takes no changes at the moment; it can be read.'],
  OUTCOME_UNKNOWN: [
    'OUTCOME_UNKNOWN',
    'The database did not confirm the change: it may have been made, or not. Read the record before you send it again; with an idempotencyKey, send it again as it is.',
  ],
  TIMEOUT: ['TIMEOUT', 'The graph took too long for this question: ask for less at once.'],
  CONTENTION: ['CONTENTION', 'Others were changing the same records all the time: try again.'],
  STORAGE_FULL: [
    'STORAGE_FULL',
    'The disk of the database is full, so that nothing can be written: try again when there is space.',
  ],
  STORAGE_FAILED: [
    'STORAGE_FAILED',
    'The disk of the database takes no writes: read again before you repeat this; who runs the server finds the cause in its log.',
  ],
  NOT_UNIQUE: ['CONFLICT', 'Somebody else has just written the same: read again, then decide.'],
};

/**
 * The error that a client gets for a failure outside of GraphQL: a file, an import, a check. What is unexpected is hidden,
 * and logged with the request id.
 */
export function failureOf(
  error: unknown,
  { state: { id: requestId }, logger }: { readonly state: RequestState; readonly logger: Logger },
): GraphQLError {
  if (error instanceof GraphQLError) return error;
  if (error instanceof ClientError) return clientError(error.code, error.message, error.options);
  if (error instanceof Error && error.name === 'AbortError') {
    const message =
      'This was called off before it was done: what was written stays, and the same request goes on from there.';
    return clientError('CANCELLED', message, { status: 503 });
  }
  const failure = error instanceof GraphError ? GRAPH_FAILURES[error.code] : undefined;
  if (failure !== undefined) {
    logger.warn({ requestId, err: error }, 'graph failure');
    return clientError(...failure, { status: 503, headers: { 'Retry-After': '5' } });
  }
  logger.error({ requestId, err: error }, 'unexpected error');
  return clientError('INTERNAL_SERVER_ERROR', 'Unexpected error.', { status: 500, details: { requestId } });
}
