import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { NO_RESTS } from '../scheduling/rests.ts';
import { writeBookkeeping } from '../store/bookkeeping.ts';
import { addToIndex, changeSizes, indexNodeOf, markIndexed, touchedBetween } from '../store/changelog.ts';
import { holdChanges } from '../store/closing.ts';
import { stateOfLog } from './log.ts';

/** Entries, and identifiers in them, that are brought into the order of the index at once: some 100 MB of memory. */
const MAX_ENTRIES = 1_000;
const MAX_IDENTIFIERS = 500_000;
/** Nodes of the index written in one transaction: a tenth of a second of work. */
const NODES_AT_ONCE = 5_000;
/** As long as a batch of an import may take on a busy database. */
const TIMEOUT_MS = 120_000;

type Run = GraphTransaction['run'];

/** The last of the entries after a sequence that are indexed together: one at least. */
async function endOfPart(run: Run, after: number, until: number): Promise<number> {
  let identifiers = 0;
  let end = after + 1;
  for (const { sequence, size } of await run(changeSizes, { after, until: Math.min(until, after + MAX_ENTRIES) })) {
    identifiers += size ?? 0;
    if (identifiers > MAX_IDENTIFIERS) break;
    end = sequence;
  }
  return end;
}

/** The sequences after one and up to another by the node of the index that they belong to. */
async function sequencesByNode(run: Run, after: number, until: number): Promise<Map<string, number[]>> {
  const nodes = new Map<string, number[]>();
  for (const { sequence, touched } of await run(touchedBetween, { after, until })) {
    for (const id of touched ?? []) {
      const node = indexNodeOf(id, sequence);
      const known = nodes.get(node);
      if (known) known.push(sequence);
      else nodes.set(node, [sequence]);
    }
  }
  return nodes;
}

/**
 * Adds to the index of touched identifiers the entries that were written without: those of imports and derivations, and of
 * versions that had no index. Until then these are scanned for a history. Each node of the index is written once for many
 * entries; `rests` are taken between two transactions. Ends early when the signal is aborted; the next call goes on. Returns the number of entries.
 */
export async function indexEntries(engine: GraphEngine, signal?: AbortSignal, rests = NO_RESTS): Promise<number> {
  const options = { timeoutMs: TIMEOUT_MS, signal };
  const read: Run = (statement, parameters) => engine.read(statement, parameters, options);
  const write = (statement: typeof addToIndex | typeof markIndexed, parameters: Parameters<Run>[1]): Promise<unknown> =>
    writeBookkeeping(
      engine,
      async (transaction) => {
        await transaction.run(holdChanges);
        await transaction.run(statement, parameters);
      },
      options,
    );
  for (let indexed = 0; ; ) {
    signal?.throwIfAborted();
    const { indexedUntil, indexedAfter } = await stateOfLog(read);
    if (indexedAfter <= indexedUntil) return indexed;
    const until = await endOfPart(read, indexedUntil, indexedAfter);
    const nodes = [...(await sequencesByNode(read, indexedUntil, until))];
    for (let [start, end] = [0, 0]; start < nodes.length; start = end) {
      end = start + rests.sizeOf(NODES_AT_ONCE);
      const rows = nodes.slice(start, end).map(([id, sequences]) => ({ id, sequences }));
      await write(addToIndex, { rows });
      await rests.take();
    }
    await write(markIndexed, { until });
    indexed += until - indexedUntil;
  }
}
