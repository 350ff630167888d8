import { compareTexts } from '../domain/fold.ts';
import type { SortKey } from '../store/listing.ts';
import { NODE_NUMBERS, type NodeNumber, type NodeText } from '../store/snapshot.ts';
import type { Edges } from './edges.ts';
import type { Snapshot } from './snapshot.ts';

/** What an entry is sorted by before its name. */
export type SortValue = string | number;

/** Compares as the engines do. */
export function compareValues(a: SortValue, b: SortValue): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b));
}

const NUMBERS: ReadonlySet<string> = new Set(NODE_NUMBERS);

/** The value of a node by which a list is sorted. */
export function nodeValue({ nodes }: Snapshot, node: number, { inMemory }: SortKey): SortValue {
  const { field } = inMemory!;
  if (NUMBERS.has(field)) return nodes.count(node, field as NodeNumber);
  return nodes.text(node, field as NodeText) ?? '';
}

/** The value of the relationships to a neighbour by which a list is sorted: the sum of numbers, the least of texts. */
export function edgesValue(edges: Edges, some: readonly number[], { inMemory }: SortKey): SortValue {
  const { field } = inMemory!;
  if (field === 'strength' || field === 'projectCount') {
    return some.reduce((sum, edge) => sum + edges[field].items[edge]!, 0);
  }
  const values = some.flatMap((edge) => edges.text(edge, field as 'kind' | 'since') ?? []);
  return values.reduce((least, value) => (value < least ? value : least), values[0] ?? '');
}
