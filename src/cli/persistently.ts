import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { GraphError, type GraphErrorCode } from '../graph/errors.ts';

/** Milliseconds between two attempts to reach the database, doubled each time up to the last. */
const FIRST_WAIT_MS = 500;
const LAST_WAIT_MS = 2_000;

/** Errors that can end without a restart. */
const TRANSIENT: ReadonlySet<GraphErrorCode> = new Set([
  'UNAVAILABLE',
  'CREDENTIALS',
  'OCCUPIED',
  'READ_ONLY',
  'TIMEOUT',
  'OUTCOME_UNKNOWN',
  'STORAGE_FULL',
]);

/** Tries until it works: when the database is available again, so is the server, without a restart. */
export async function persistently(
  work: () => Promise<void>,
  { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal },
): Promise<void> {
  let logged = '';
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(2 * wait, LAST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof GraphError && TRANSIENT.has(error.code))) throw error;
      const { code, message } = error;
      if (code !== 'UNAVAILABLE' && code !== 'CREDENTIALS' && code !== logged) {
        logger.warn({ code, cause: message }, 'the graph cannot be made ready yet: it is tried again');
      }
      logged = code;
      await pause(wait, undefined, { signal }).catch(() => {});
    }
  }
}
