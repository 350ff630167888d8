import type { Ask } from '../store/ask.ts';
import {
  type ChangeEntry,
  changeSizes,
  changesBetween,
  changeTime,
  type HistoryEntry,
  historyCountOf,
  historyOf,
  type LogState,
  logState,
  touchedAt,
  touchedBetween,
} from '../store/changelog.ts';

/** Touched identifiers that are read at once: entries of an import have thousands each. */
const MAX_TOUCHED = 100_000;
/** Entries of which is read at once what they touched. */
const ENTRIES_AT_ONCE = 10;
const NOTHING: LogState = { newest: 0, indexedUntil: 0, indexedAfter: 0, trimmed: 0 };

/** The state of the change log; all zero where nothing was ever changed. */
export async function stateOfLog(ask: Ask): Promise<LogState> {
  return (await ask(logState))[0] ?? NOTHING;
}

/** The sequence of the newest entry; 0 where there is none. */
export async function newestSequence(ask: Ask): Promise<number> {
  return (await stateOfLog(ask)).newest;
}

/** When the newest entry was made; null where there is none. */
export async function lastChangeAt(ask: Ask): Promise<string | null> {
  const sequence = await newestSequence(ask);
  return sequence === 0 ? null : ((await ask(changeTime, { sequence }))[0]?.at ?? null);
}

/** When the oldest entry of a log was made whose earlier entries were deleted; null where it has all of them. */
export async function completeSince(ask: Ask): Promise<string | null> {
  const { trimmed, newest } = await stateOfLog(ask);
  if (trimmed === 0) return null;
  // All were deleted: what comes from now on will be there.
  if (trimmed >= newest) return new Date().toISOString();
  return (await ask(changeTime, { sequence: trimmed + 1 }))[0]?.at ?? null;
}

/** The entries after a sequence and up to another, in order; deleted ones are missing. */
export async function entriesBetween(ask: Ask, after: number, until: number): Promise<ChangeEntry[]> {
  return until <= after ? [] : (await ask(changesBetween, { after, until })).map(({ entry }) => entry);
}

/** The same up to the first missing one: an entry may become visible before an earlier one while both are committed. */
export async function entriesWithoutGap(ask: Ask, after: number, until: number): Promise<ChangeEntry[]> {
  const entries = await entriesBetween(ask, after, until);
  const gap = entries.findIndex(({ sequence }, index) => sequence !== after + 1 + index);
  return gap < 0 ? entries : entries.slice(0, gap);
}

/**
 * The identifiers that the entries after a sequence and up to another touched, each once; null where the log does not hold
 * all of these entries, so that anything may have changed.
 */
export async function touchedSince(ask: Ask, after: number, until: number): Promise<ReadonlySet<string> | null> {
  if (until < after) return null;
  if (until === after) return new Set();
  const entries = await ask(touchedBetween, { after, until });
  return entries.length < until - after ? null : new Set(entries.flatMap(({ touched }) => touched ?? []));
}

/**
 * The entries after a sequence, in order: `limit` at most, fewer where they touch very many nodes, at least one if there is
 * any. Called again with the last sequence, it misses none.
 */
export async function nextEntries(ask: Ask, sequence: number, limit: number): Promise<ChangeEntry[]> {
  const { newest, trimmed } = await stateOfLog(ask);
  for (let after = Math.max(sequence, trimmed); limit > 0 && after < newest; after += limit) {
    const sizes = await ask(changeSizes, { after, until: Math.min(newest, after + limit) });
    let touched = 0;
    let last: number | null = null;
    for (const entry of sizes) {
      touched += entry.size ?? 0;
      if (last !== null && touched > MAX_TOUCHED) break;
      last = entry.sequence;
    }
    if (last !== null) return entriesBetween(ask, after, last);
  }
  return [];
}

/**
 * For each of some nodes the entries that touch it, or a record merged into it, the latest first: those before a sequence,
 * `limit` at most. They are found by the index of touched identifiers.
 */
export async function historiesOf(
  ask: Ask,
  parents: readonly string[],
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<(readonly HistoryEntry[])[]> {
  const rows = await ask(historyOf, { parents, before, limit });
  const found = new Map(rows.map(({ parent, entries }) => [parent, entries]));
  return parents.map((parent) => found.get(parent) ?? []);
}

/** What each of some entries touched, by sequence: nothing for one that was deleted meanwhile. */
export async function touchedOf(
  ask: Ask,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, readonly string[]>();
  for (let start = 0; start < sequences.length; start += ENTRIES_AT_ONCE) {
    const rows = await ask(touchedAt, { sequences: sequences.slice(start, start + ENTRIES_AT_ONCE) });
    for (const { sequence, touched } of rows) found.set(sequence, touched ?? []);
  }
  return found;
}

/** For each of some nodes the number of these entries, those after a sequence only. */
export async function historyTotalsOf(ask: Ask, parents: readonly string[], after = 0): Promise<number[]> {
  const rows = await ask(historyCountOf, { parents, after });
  const found = new Map(rows.map(({ parent, total }) => [parent, total]));
  return parents.map((parent) => found.get(parent) ?? 0);
}

/** Those of some identifiers that an entry after a sequence touches. */
export async function touchedAfter(ask: Ask, ids: readonly string[], after: number): Promise<ReadonlySet<string>> {
  const totals = await historyTotalsOf(ask, ids, after);
  return new Set(ids.filter((_, index) => totals[index]! > 0));
}
