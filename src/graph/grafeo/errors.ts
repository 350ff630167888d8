import { constants } from 'node:os';
import { GraphError, type GraphErrorCode } from '../errors.ts';

interface GrafeoFailure extends Error {
  readonly gqlStatus?: string;
}

/** System errors if nothing more can be written. EFBIG is the limit on the size of a file; Windows: ERROR_DISK_FULL. */
const FULL: readonly number[] =
  process.platform === 'win32' ? [112] : [constants.errno.ENOSPC, constants.errno.EDQUOT, constants.errno.EFBIG];

/** Grafeo's code for a commit that could not be written and was rolled back. */
const NOT_WRITTEN = /GRAFEO-T009/;

/** Messages that precede those of the engine. */
const REMEDIES: { readonly [Code in GraphErrorCode]?: string } = {
  STORAGE_FULL: 'The disk of the embedded store is full: free some space. Nothing was written.',
  STORAGE_FAILED: 'The disk of the embedded store takes no writes: look at it, then restart.',
};

/** Whether a message of the engine means that there is no space. */
export function saysFull(message: string): boolean {
  const number = /\(os error (\d+)\)/.exec(message)?.[1];
  return number !== undefined && FULL.includes(Number(number));
}

/**
 * Whether the engine accepts no writes until it is opened again: after a commit with an unknown outcome (T010), and for
 * later commits (T011).
 */
export function saysStopped(message: string): boolean {
  return /GRAFEO-T01[01]/.test(message);
}

function codeOf({ gqlStatus, message }: GrafeoFailure): GraphErrorCode {
  if (saysStopped(message)) return 'STORAGE_FAILED';
  if (saysFull(message)) return 'STORAGE_FULL';
  if (NOT_WRITTEN.test(message)) return 'STORAGE_FAILED';
  // A commit that could not be written has this status too.
  if (gqlStatus === '40000') return 'CONTENTION';
  if (message.includes('UNIQUE constraint violation')) return 'NOT_UNIQUE';
  if (message.includes('GRAFEO-X001') && message.includes('cannot be locked')) return 'LOCKED';
  return 'FAILED';
}

/** Whether the same work may succeed when it runs again: Grafeo rejects the second of two colliding writers at once. */
export function isRetryable(error: unknown): boolean {
  return error instanceof GraphError && error.code === 'CONTENTION';
}

/** Converts an error of Grafeo to a GraphError. Other errors pass unchanged. */
export function graphError(error: unknown, statement?: string): unknown {
  if (
    error instanceof GraphError ||
    !(error instanceof Error) ||
    (error as { code?: string }).code !== 'GenericFailure'
  ) {
    return error;
  }
  const where = statement === undefined ? '' : ` in statement ${statement}`;
  const code = codeOf(error);
  const words = `Grafeo${where}: ${error.message}`;
  const remedy = REMEDIES[code];
  return new GraphError(code, remedy === undefined ? words : `${remedy} (${words})`, {
    cause: error,
    ...(statement === undefined ? {} : { statement }),
  });
}
