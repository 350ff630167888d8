import { GraphError, type GraphErrorCode } from '../errors.ts';

interface GrafeoFailure extends Error {
  readonly gqlStatus?: string;
}

function codeOf({ gqlStatus, message }: GrafeoFailure): GraphErrorCode {
  if (gqlStatus === '40000') return 'CONTENTION';
  if (message.includes('UNIQUE constraint violation')) return 'NOT_UNIQUE';
  if (message.includes('GRAFEO-X001') && message.includes('cannot be locked')) return 'LOCKED';
  return 'FAILED';
}

/** Whether the same work may succeed when it is run again: Grafeo refuses the second of two colliding writers at once. */
export function isRetryable(error: unknown): boolean {
  return error instanceof GraphError && error.code === 'CONTENTION';
}

/** Grafeo's error as ours; what is none of its errors passes unchanged. */
export function graphError(error: unknown, statement?: string): unknown {
  if (
    error instanceof GraphError ||
    !(error instanceof Error) ||
    (error as { code?: string }).code !== 'GenericFailure'
  ) {
    return error;
  }
  const where = statement === undefined ? '' : ` in statement ${statement}`;
  return new GraphError(codeOf(error), `Grafeo${where}: ${error.message}`, {
    cause: error,
    ...(statement === undefined ? {} : { statement }),
  });
}
