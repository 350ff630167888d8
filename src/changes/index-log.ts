import type { GraphEngine } from '../graph/engine.ts';
import { changeSizes, indexChanges } from '../store/changelog.ts';
import { holdChanges } from '../store/closing.ts';
import { stateOfLog } from './log.ts';

/** Entries, and identifiers in them, added to the index in one transaction: a tenth of a second of work. */
const MAX_ENTRIES = 500;
const MAX_IDENTIFIERS = 5_000;

/**
 * Adds to the index of touched identifiers the entries that an earlier version wrote without it, the latest first, a part
 * in each transaction. Until then these are scanned for a history. Ends early when the signal is aborted; the next call
 * goes on. Returns the number of entries.
 */
export async function indexOldEntries(engine: GraphEngine, signal?: AbortSignal): Promise<number> {
  let indexed = 0;
  for (;;) {
    signal?.throwIfAborted();
    // Most often there is nothing to do, and nothing is locked.
    const { trimmed, indexedAfter } = await stateOfLog((statement, parameters) =>
      engine.read(statement, parameters, { signal }),
    );
    if (indexedAfter <= trimmed) return indexed;
    const added = await engine.write(
      async (transaction) => {
        await transaction.run(holdChanges);
        const { trimmed, indexedAfter: until } = await stateOfLog((...call) => transaction.run(...call));
        if (until <= trimmed) return 0;
        const earliest = Math.max(trimmed, until - MAX_ENTRIES);
        const sizes = await transaction.run(changeSizes, { after: earliest, until });
        let after = sizes.length === 0 ? earliest : until;
        let identifiers = 0;
        for (const { sequence, size } of sizes.reverse()) {
          identifiers += size ?? 0;
          if (after < until && identifiers > MAX_IDENTIFIERS) break;
          after = sequence - 1;
        }
        await transaction.run(indexChanges, { after, until });
        return until - after;
      },
      { signal },
    );
    if (added === 0) return indexed;
    indexed += added;
  }
}
