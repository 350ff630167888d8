import type { GraphEngine } from '../graph/engine.ts';
import { writeBookkeeping } from '../store/bookkeeping.ts';
import {
  changeTime,
  deleteChanges,
  deleteTrimmedIndex,
  firstChangeSince,
  INDEX_PART,
  type LogState,
} from '../store/changelog.ts';
import { holdChanges } from '../store/closing.ts';
import { forgetOnce } from '../store/once.ts';
import { stateOfLog } from './log.ts';

/** Entries deleted in one transaction. */
const ENTRIES_AT_ONCE = 1_000;
/** Other nodes deleted in one transaction. */
const NODES_AT_ONCE = 5_000;
/** By which share of its number a log may be longer before it is shortened: deleting reads the whole index of the log. */
const EXCESS = 1 / 20;

/** Repeats a deletion of `limit` nodes at most until there are no more. */
async function deleteAll(limit: number, remove: (limit: number) => Promise<number>): Promise<void> {
  while ((await remove(limit)) === limit);
}

/**
 * Deletes the entries of the change log before the first one that was made at an instant or later, and idempotency keys of
 * that age. Returns the number of entries.
 */
export async function trimChanges(engine: GraphEngine, keepSince: string): Promise<number> {
  const state = await stateOfLog((...call) => engine.read(...call));
  const [first] = await engine.read(firstChangeSince, { at: keepSince });
  return trimUntil(engine, state, (first?.sequence ?? state.newest + 1) - 1, keepSince);
}

/**
 * Deletes all but the newest `most` entries of the change log, and idempotency keys from before them, once there are a
 * twentieth more. Returns the number of entries.
 */
export async function trimToNumber(engine: GraphEngine, most: number): Promise<number> {
  const state = await stateOfLog((...call) => engine.read(...call));
  const excess = state.newest - state.trimmed - most;
  if (excess <= most * EXCESS) return 0;
  const last = state.newest - most;
  const [oldest] = await engine.read(changeTime, { sequence: last + 1 });
  return trimUntil(engine, state, last, oldest?.at ?? null);
}

/** Deletes the entries up to a sequence, and idempotency keys from before an instant. */
async function trimUntil(
  engine: GraphEngine,
  before: LogState,
  last: number,
  keysBefore: string | null,
): Promise<number> {
  for (let { trimmed: after } = before; after < last; after += ENTRIES_AT_ONCE) {
    const until = Math.min(last, after + ENTRIES_AT_ONCE);
    await writeBookkeeping(engine, async (transaction) => {
      await transaction.run(holdChanges);
      await transaction.run(deleteChanges, { after, until });
    });
  }
  // Only nodes of the index to which nothing more is added.
  const until = Math.floor((last + 1) / INDEX_PART) * INDEX_PART - 1;
  if (until > before.trimmed) {
    await deleteAll(NODES_AT_ONCE, async (limit) => {
      const [row] = await writeBookkeeping(engine, (transaction) =>
        transaction.run(deleteTrimmedIndex, { until, limit }),
      );
      return row?.deleted ?? 0;
    });
  }
  await deleteAll(NODES_AT_ONCE, async (limit) => {
    if (keysBefore === null) return 0;
    const parameters = { before: keysBefore, limit };
    const [row] = await writeBookkeeping(engine, (transaction) => transaction.run(forgetOnce, parameters));
    return row?.forgotten ?? 0;
  });
  return Math.max(0, last - before.trimmed);
}
