import type { CommittedAddition } from '../changes/addition.ts';
import { entriesBetween, newestSequence, nextEntries, stateOfLog } from '../changes/log.ts';
import { ACTOR_TYPES, nodeTypeOf } from '../domain/vocabulary.ts';
import type { GraphEngine, GraphTransaction, RunOptions } from '../graph/engine.ts';
import { longRead } from '../graph/long-read.ts';
import { writeVersioned } from '../graph/write-versioned.ts';
import { NO_RESTS, type Rests } from '../scheduling/rests.ts';
import { countBookkeeping, writeBookkeeping } from '../store/bookkeeping.ts';
import { actorsAfter } from '../store/check.ts';
import { markUncounted, recountMiscounted, UNCOUNTED } from '../store/counts.ts';
import { readMark, writeMark } from '../store/marks.ts';
import { logChange } from './change.ts';

type Run = GraphTransaction['run'];

/** Actors counted in one transaction, and entries of the change log read at once. */
const ACTORS_AT_ONCE = 5_000;
const ENTRIES_AT_ONCE = 100;
/** Rounds for what others change meanwhile, before it is left to the import that changes it. */
const MAX_ROUNDS = 3;
const TIMEOUT_MS = 120_000;

/** What a derivation has counted: the last entry of the change log that each actor's counts include, and its own entries. */
export interface Counting {
  readonly included: Map<string, number>;
  readonly ownEntries: Set<number>;
}

/** A derivation that has counted nothing yet. */
export function nothingCounted(): Counting {
  return { included: new Map(), ownEntries: new Set() };
}

/**
 * Notes, within a transaction and before its entry in the change log, that it renews no counts. `after` is the newest entry
 * of the log at any earlier moment.
 */
export async function leaveUncounted(run: Run, after: number): Promise<void> {
  await run(markUncounted, { after: String(after) });
}

const isActor = (id: string): boolean => {
  const type = nodeTypeOf(id);
  return type !== null && (ACTOR_TYPES as readonly string[]).includes(type);
};

/** The actors that entries after one and up to another touch, but for those whose counts include these entries. */
async function uncountedActors(
  engine: GraphEngine,
  read: Run,
  { after, until }: { readonly after: number; readonly until: number },
  { included, ownEntries }: Counting,
): Promise<string[]> {
  const actors = new Set<string>();
  const { trimmed } = await stateOfLog(read);
  if (after < trimmed) {
    // The log no longer says what was touched.
    for await (const rows of longRead(engine, actorsAfter, ({ id }) => id, ''))
      for (const { id } of rows) actors.add(id);
    return [...actors];
  }
  for (let last = after; last < until; ) {
    const entries = await nextEntries(read, last, ENTRIES_AT_ONCE);
    if (entries.length === 0) break;
    for (const { sequence, touched } of entries) {
      if (ownEntries.has(sequence)) continue;
      for (const id of touched ?? []) if (isActor(id) && !(sequence <= (included.get(id) ?? -1))) actors.add(id);
    }
    last = entries.at(-1)!.sequence;
  }
  return [...actors].sort();
}

/** Who follows it: `onEntry` is called with each entry that it adds to the change log. */
export interface CountsObserver {
  readonly onEntry?: ((sequence: number) => void) | undefined;
  /** Called with all that an entry did, if it only added records or renewed counts. */
  readonly onAddition?: ((addition: CommittedAddition) => void) | undefined;
  /** Those between two transactions. Default: none. */
  readonly rests?: Rests | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Counts actors in one transaction; null where all counts were right. */
async function recounted(
  engine: GraphEngine,
  ids: readonly string[],
  options: RunOptions,
): Promise<CommittedAddition | null> {
  const { done, version } = await writeVersioned(
    engine,
    async (transaction) => {
      const counts = await transaction.run(recountMiscounted, { ids });
      if (counts.length === 0) {
        await transaction.run(countBookkeeping);
        return null;
      }
      const authorship = { by: null, action: 'derive counts' };
      const wrong = counts.map(({ id }) => id);
      return { counts, sequence: await logChange(transaction, authorship, wrong, new Date().toISOString()) };
    },
    options,
  );
  return done && { ...done, version, nodes: [], relationships: [] };
}

/**
 * Renews the counts of the actors that imports have touched without counting, interrupted imports too. Where others change
 * more meanwhile, the mark stays for what they changed.
 */
export async function renewCounts(
  engine: GraphEngine,
  counting: Counting,
  { onEntry, onAddition, rests = NO_RESTS, signal }: CountsObserver = {},
): Promise<void> {
  const options = { timeoutMs: TIMEOUT_MS, signal };
  const read: Run = (statement, parameters) => engine.read(statement, parameters, options);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const value = (await read(readMark, { id: UNCOUNTED }))[0]?.value ?? '';
    if (value === '') return;
    const until = await newestSequence(read);
    const actors = await uncountedActors(engine, read, { after: Number(value), until }, counting);
    for (let [start, end] = [0, 0]; start < actors.length; start = end) {
      end = start + rests.sizeOf(ACTORS_AT_ONCE);
      const addition = await recounted(engine, actors.slice(start, end), options);
      await rests.take();
      if (addition === null) continue;
      counting.ownEntries.add(addition.sequence);
      onEntry?.(addition.sequence);
      onAddition?.(addition);
    }
    const isComplete = await writeBookkeeping(
      engine,
      async (transaction) => {
        const run: Run = (...call) => transaction.run(...call);
        // Takes the lock of the mark: an import that has noted its own changes is waited for.
        await run(writeMark, { id: UNCOUNTED, value: String(until) });
        const later = await entriesBetween(run, until, await newestSequence(run));
        const isOurs = later.every(({ sequence }) => counting.ownEntries.has(sequence));
        if (isOurs) await run(writeMark, { id: UNCOUNTED, value: '' });
        return isOurs;
      },
      options,
    );
    if (isComplete) return;
  }
}
