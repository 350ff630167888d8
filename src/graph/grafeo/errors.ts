import { constants } from 'node:os';
import { GraphError, type GraphErrorCode } from '../errors.ts';

interface GrafeoFailure extends Error {
  readonly gqlStatus?: string;
}

/** What systems say where nothing more can be written; EFBIG is the limit on a file's size. Windows: ERROR_DISK_FULL. */
const FULL: readonly number[] =
  process.platform === 'win32' ? [112] : [constants.errno.ENOSPC, constants.errno.EDQUOT, constants.errno.EFBIG];

/** Grafeo's code of a commit that could not be written and was undone. */
const NOT_WRITTEN = /GRAFEO-T009/;

/** What people are told before the engine's own words. */
const REMEDIES: { readonly [Code in GraphErrorCode]?: string } = {
  STORAGE_FULL: 'The disk of the embedded store is full: free some space. Nothing was written.',
  STORAGE_FAILED: 'The disk of the embedded store takes no writes: look at it, then restart.',
};

/** Whether a message of the engine says that there is no space. */
export function saysFull(message: string): boolean {
  const number = /\(os error (\d+)\)/.exec(message)?.[1];
  return number !== undefined && FULL.includes(Number(number));
}

/**
 * Whether the engine takes no writes until it is opened again: after a commit of which it does not know whether it was made
 * (T010), and for those that come later (T011).
 */
export function saysStopped(message: string): boolean {
  return /GRAFEO-T01[01]/.test(message);
}

function codeOf({ gqlStatus, message }: GrafeoFailure): GraphErrorCode {
  if (saysStopped(message)) return 'STORAGE_FAILED';
  if (saysFull(message)) return 'STORAGE_FULL';
  if (NOT_WRITTEN.test(message)) return 'STORAGE_FAILED';
  // A commit that could not be written has this status, too.
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
  const code = codeOf(error);
  const words = `Grafeo${where}: ${error.message}`;
  const remedy = REMEDIES[code];
  return new GraphError(code, remedy === undefined ? words : `${remedy} (${words})`, {
    cause: error,
    ...(statement === undefined ? {} : { statement }),
  });
}
