import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { trimChanges } from '../editing/change.ts';
import type { GraphEngine } from '../graph/engine.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Deletes old entries of the change log, at once and then every day, until the signal. Never rejects: an error is
 * logged, and the next day it tries again.
 */
export async function trimDaily(
  engine: GraphEngine,
  keepDays: number,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<void> {
  if (keepDays === 0) return;
  while (!signal.aborted) {
    try {
      const trimmed = await trimChanges(engine, new Date(Date.now() - keepDays * DAY_MS).toISOString());
      if (trimmed > 0) logger.info({ trimmed, keepDays }, 'entries of the change log were deleted');
    } catch (error) {
      if (!signal.aborted) logger.error({ err: error }, 'the change log could not be shortened');
    }
    // This timer must not keep the process alive.
    await pause(DAY_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}
