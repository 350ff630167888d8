import { compareTexts } from '../domain/fold.ts';
import type { Parameters } from '../graph/statement.ts';
import type { PageShape } from '../store/listing.ts';
import type { Snapshot } from './snapshot.ts';
import { compareValues, type SortValue } from './sort-values.ts';

/** An entry of a page in the order of a value: where it is equal, by the name of its node. */
export interface SortedEntry {
  readonly node: number;
  readonly value: SortValue;
}

/** How the entries of a page that is sorted by a value follow each other. */
export interface PageOrder {
  /** Negative where the first comes before the second. */
  compare(a: SortedEntry, b: SortedEntry): number;
  /** Positive for an entry after the page's position, and for all where it has none; 0 for one that is equal to it. */
  fromPosition(entry: SortedEntry): number;
}

/** The order of a page; `parameters` are those of the list with the page's position. */
export function pageOrder(
  { nodes }: Snapshot,
  { direction, ties, continued }: PageShape,
  parameters: Parameters,
): PageOrder {
  const positions = nodes.position.items;
  const [byValue, byName] = [direction === 'ASC' ? 1 : -1, ties === 'ASC' ? 1 : -1];
  const { after0, after1 } = parameters as { after0: SortValue; after1: string };
  return {
    compare: (a, b) => byValue * compareValues(a.value, b.value) || byName * (positions[a.node]! - positions[b.node]!),
    fromPosition: ({ node, value }) =>
      continued ? byValue * compareValues(value, after0) || byName * compareTexts(nodes.sortKey(node), after1) : 1,
  };
}
