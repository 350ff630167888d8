import { completeSince, historiesOf, historyTotalsOf, nextEntries, touchedAfter, touchedOf } from '../changes/log.ts';
import { keyOf } from '../domain/key.ts';
import { relationshipTypeOf } from '../domain/vocabulary.ts';
import { DEFAULT_PAGE_SIZE, PageArgumentsError, pageSize } from '../paging/arguments.ts';
import { decodeCursor, listTag, withCursor } from '../paging/cursor.ts';
import type { ChangeEntry, HistoryEntry } from '../store/changelog.ts';
import { type MergeRecord, mergedFrom } from '../store/merge.ts';
import type { Loaders } from './loaders.ts';

/** Entries of the change log in one answer at the most. */
export const MAX_CHANGES = 1_000;
/** Records merged into one organisation, in one answer. */
export const MAX_MERGED = 200;

const TAG = listTag(['history']);

/** A page of the entries that touch a node, the latest first. */
export interface HistoryPage {
  readonly edges: readonly { readonly cursor: string; readonly node: HistoryEntry }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The history of a node: its page and its total are fetched only when a field asks for them. */
export interface History {
  page(): Promise<HistoryPage>;
  total(): Promise<number>;
  /** From when on the log is complete; null where nothing was deleted. */
  completeSince(): Promise<string | null>;
}

/** The entries of the change log that touch a node. Throws for arguments that no page can answer. */
export function history(
  loaders: Loaders,
  id: string,
  { first, after }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
): History {
  const size = pageSize('first', first ?? DEFAULT_PAGE_SIZE);
  const position = typeof after === 'string' ? decodeCursor(after, TAG, ['number']) : null;
  const pages = loaders.together(keyOf('history', { position, size }), async (parents, ask) => {
    const before = position === null ? Number.MAX_SAFE_INTEGER : Number(position[0]);
    const histories = await historiesOf(ask, parents, { before, limit: size + 1 });
    return histories.map((entries): HistoryPage => {
      const edges = entries.slice(0, size).map((node) => withCursor({ node }, TAG, [node.sequence]));
      return { edges, hasNextPage: entries.length > size, hasPreviousPage: position !== null };
    });
  });
  const totals = loaders.together(keyOf('history total'), (parents, ask) => historyTotalsOf(ask, parents));
  const beginnings = loaders.together(keyOf('history begins'), async (parents, ask) => {
    const since = await completeSince(ask);
    return parents.map(() => since);
  });
  return {
    page: () => pages.load(id),
    total: () => totals.load(id),
    completeSince: () => beginnings.load(id),
  };
}

/** What an entry in the history of a node touched: read once for all histories that the entry is in. */
export function touchedBy(loaders: Loaders, { sequence }: HistoryEntry): Promise<readonly string[]> {
  return loaders
    .together(keyOf('touched'), async (sequences, ask) => {
      const found = await touchedOf(ask, sequences.map(Number));
      return sequences.map((each) => found.get(Number(each)) ?? []);
    })
    .load(String(sequence));
}

/** Entries after a sequence, in order, as `nextEntries` gives them. Throws for a number that no answer may have. */
export async function changesSince(loaders: Loaders, sequence: number, first: number): Promise<ChangeEntry[]> {
  if (first < 0 || first > MAX_CHANGES) {
    throw new PageArgumentsError(`first: ${first} is not between 0 and ${MAX_CHANGES}.`);
  }
  return nextEntries((statement, parameters) => loaders.read(statement, parameters), sequence, first);
}

/**
 * Those of some identifiers that are no record's, and were none's when the entry `after` was written: a client that was
 * away still learns of a deletion. Without `after`, only records that exist count.
 */
export async function unknownToChanges(
  loaders: Loaders,
  ids: readonly string[],
  after: number | null,
): Promise<string[]> {
  const found = await Promise.all(
    ids.map((id) => (relationshipTypeOf(id) === null ? loaders.node : loaders.relationship).load(id)),
  );
  const missing = ids.filter((_, index) => found[index] === null);
  if (missing.length === 0 || after === null) return missing;
  const touched = await touchedAfter((statement, parameters) => loaders.read(statement, parameters), missing, after);
  return missing.filter((id) => !touched.has(id));
}

/** The records that were merged into a node, oldest first. */
export async function mergedInto(loaders: Loaders, id: string): Promise<readonly MergeRecord[]> {
  return loaders
    .together(keyOf('merged from'), async (ids, ask) => {
      const rows = await ask(mergedFrom, { ids, limit: MAX_MERGED });
      const found = new Map(rows.map(({ into, merged }) => [into, merged]));
      return ids.map((each) => found.get(each) ?? []);
    })
    .load(id);
}
