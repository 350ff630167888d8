import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { indexOldEntries } from '../changes/index-log.ts';
import { trimChanges } from '../changes/retention.ts';
import type { GraphEngine } from '../graph/engine.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What upkeep runs with. */
interface UpkeepOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/**
 * Adds to the index of the change log what an earlier version wrote without it. Never rejects: an error is logged, and the
 * next start goes on.
 */
export async function indexOldChanges(engine: GraphEngine, { signal, logger }: UpkeepOptions): Promise<void> {
  try {
    const entries = await indexOldEntries(engine, signal);
    if (entries > 0) logger.info({ entries }, 'older entries of the change log were added to its index');
  } catch (error) {
    if (!signal.aborted) logger.error({ err: error }, 'the change log could not be indexed');
  }
}

/**
 * Deletes old entries of the change log, at once and then every day, until the signal. Never rejects: an error is
 * logged, and the next day it tries again.
 */
export async function trimDaily(
  engine: GraphEngine,
  keepDays: number,
  { signal, logger }: UpkeepOptions,
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
