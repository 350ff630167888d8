import type { GraphEngine } from '../graph/engine.ts';
import { deleteChanges, deleteTrimmedIndex, firstChangeSince, INDEX_PART } from '../store/changelog.ts';
import { forgetOnce } from '../store/once.ts';
import { holdChanges } from '../store/write.ts';
import { stateOfLog } from './log.ts';

/** Entries deleted in one transaction. */
const ENTRIES_AT_ONCE = 1_000;
/** Other nodes deleted in one transaction. */
const NODES_AT_ONCE = 5_000;

/** Repeats a deletion of `limit` nodes at most until there are no more. */
async function deleteAll(limit: number, remove: (limit: number) => Promise<number>): Promise<void> {
  while ((await remove(limit)) === limit);
}

/**
 * Deletes the entries of the change log before the first one that was made at an instant or later, and idempotency keys of
 * that age. Returns the number of entries.
 */
export async function trimChanges(engine: GraphEngine, keepSince: string): Promise<number> {
  const before = await stateOfLog((...call) => engine.read(...call));
  const [first] = await engine.read(firstChangeSince, { at: keepSince });
  const last = (first?.sequence ?? before.newest + 1) - 1;
  for (let { trimmed: after } = before; after < last; after += ENTRIES_AT_ONCE) {
    const until = Math.min(last, after + ENTRIES_AT_ONCE);
    await engine.write(async (transaction) => {
      await transaction.run(holdChanges);
      await transaction.run(deleteChanges, { after, until });
    });
  }
  // Only nodes of the index to which nothing more is added.
  const until = Math.floor((last + 1) / INDEX_PART) * INDEX_PART - 1;
  if (until > before.trimmed) {
    await deleteAll(NODES_AT_ONCE, async (limit) => {
      const [row] = await engine.write((transaction) => transaction.run(deleteTrimmedIndex, { until, limit }));
      return row?.deleted ?? 0;
    });
  }
  await deleteAll(NODES_AT_ONCE, async (limit) => {
    const parameters = { before: keepSince, limit };
    const [row] = await engine.write((transaction) => transaction.run(forgetOnce, parameters));
    return row?.forgotten ?? 0;
  });
  return Math.max(0, last - before.trimmed);
}
