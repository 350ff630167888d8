import { compareTexts } from '../domain/fold.ts';
import type { Parameters } from '../graph/statement.ts';
import type { SortKey } from '../store/listing.ts';
import { NODE_NUMBERS, type NodeNumber, type NodeText } from '../store/snapshot.ts';
import { daysIn } from './columns.ts';
import type { Edges } from './edges.ts';
import { Paths } from './paths.ts';
import type { Snapshot } from './snapshot.ts';

/** What an entry is sorted by before its name. */
export type SortValue = string | number;

/** Compares as the engines do. */
export function compareValues(a: SortValue, b: SortValue): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b));
}

const NUMBERS: ReadonlySet<string> = new Set(NODE_NUMBERS);

type InMemory = NonNullable<SortKey['inMemory']>;
/** What the snapshot sorts nodes by, whatever leads to them. */
export type NodeKey = Exclude<InMemory, { of: 'edges' }>;

/** The value of each node by which a list is sorted. To be used before the next await. */
export function nodeValues(snapshot: Snapshot, by: NodeKey, parameters: Parameters): (node: number) => SortValue {
  const { nodes } = snapshot;
  if (by.of === 'ends') {
    const paths = new Paths(snapshot, by.path, by.days && daysIn(parameters, by.days));
    return (node) => paths.ends(node).size;
  }
  const { field } = by;
  if (NUMBERS.has(field)) return (node) => nodes.count(node, field as NodeNumber);
  return (node) => nodes.text(node, field as NodeText) ?? '';
}

/** The value of the relationships to a neighbour by which a list is sorted: the sum of numbers, the least of texts. */
export function edgesValue(
  edges: Edges,
  some: readonly number[],
  { field }: Extract<InMemory, { of: 'edges' }>,
): SortValue {
  if (field === 'strength' || field === 'projectCount') {
    return some.reduce((sum, edge) => sum + edges[field].items[edge]!, 0);
  }
  const values = some.flatMap((edge) => edges.text(edge, field) ?? []);
  return values.reduce((least, value) => (value < least ? value : least), values[0] ?? '');
}
