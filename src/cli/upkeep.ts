import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { indexEntries } from '../changes/index-log.ts';
import { trimChanges, trimToNumber } from '../changes/retention.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { LiveServers } from '../store/servers.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Milliseconds between two marks of a server that is there, and between two looks at those of others. */
const ANNOUNCE_MS = 5 * MINUTE_MS;
const LOOK_MS = 10_000;

/** What upkeep runs with. */
interface UpkeepOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/**
 * Adds to the index of the change log what an earlier version, or an import that was stopped, has left out. Never rejects: an
 * error is logged, and the next start goes on.
 */
export async function indexOldChanges(engine: GraphEngine, { signal, logger }: UpkeepOptions): Promise<void> {
  try {
    const entries = await indexEntries(engine, signal);
    if (entries > 0) logger.info({ entries }, 'older entries of the change log were added to its index');
  } catch (error) {
    if (!signal.aborted) logger.error({ err: error }, 'the change log could not be indexed');
  }
}

/** How much of the change log stays; 0: all of it. */
interface Retention {
  readonly keepChanges: number;
  readonly keepChangesDays: number;
}

/**
 * Deletes old entries of the change log, at once and then every minute those beyond their number and every day those
 * beyond their age, until the signal. Never rejects: an error is logged once, and the next minute it tries again.
 */
export async function trimRegularly(
  engine: GraphEngine,
  { keepChanges, keepChangesDays }: Retention,
  { signal, logger }: UpkeepOptions,
): Promise<void> {
  if (keepChanges === 0 && keepChangesDays === 0) return;
  let agedAt = Number.NEGATIVE_INFINITY;
  let logged = '';
  const trim = async (): Promise<number> => {
    const beyondNumber = keepChanges === 0 ? 0 : await trimToNumber(engine, keepChanges);
    if (keepChangesDays === 0 || performance.now() - agedAt < DAY_MS) return beyondNumber;
    const since = new Date(Date.now() - keepChangesDays * DAY_MS).toISOString();
    const beyondAge = await trimChanges(engine, since);
    agedAt = performance.now();
    return beyondNumber + beyondAge;
  };
  while (!signal.aborted) {
    try {
      const trimmed = await trim();
      if (trimmed > 0) logger.info({ trimmed, keepChanges, keepChangesDays }, 'entries of the change log were deleted');
      logged = '';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!signal.aborted && message !== logged) logger.error({ err: error }, 'the change log could not be shortened');
      logged = message;
    }
    // This timer must not keep the process alive.
    await pause(MINUTE_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}

/**
 * Says that this server is there, and looks how many others are, until the signal. Never rejects: while the database does not
 * answer, the number stays as it was; an error is logged once.
 */
export async function countServers(servers: LiveServers, { signal, logger }: UpkeepOptions): Promise<void> {
  let announcedAt = Number.NEGATIVE_INFINITY;
  let logged = '';
  while (!signal.aborted) {
    const before = servers.count;
    try {
      if (performance.now() - announcedAt < ANNOUNCE_MS) await servers.look();
      else {
        await servers.announce();
        announcedAt = performance.now();
      }
      if (servers.count !== before) logger.info({ servers: servers.count }, 'servers that share the rates of clients');
      logged = '';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!signal.aborted && message !== logged) logger.warn({ cause: message }, 'the servers could not be counted');
      logged = message;
    }
    await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
  }
}
