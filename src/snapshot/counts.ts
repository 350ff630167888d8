import { compareTexts } from '../domain/fold.ts';
import { DUSK } from '../domain/partial-date.ts';
import type { Parameters } from '../graph/statement.ts';
import { FACET_DAYS } from '../store/in-memory.ts';
import { type Facet, type FacetRows, type FacetValue, GROUP_SEPARATOR } from '../store/listing.ts';
import { SUMMARY_PROPERTIES } from '../store/node-summary.ts';
import type { NodeText } from '../store/snapshot.ts';
import { type DayNumbers, dayNumber, daysIn } from './columns.ts';
import type { Edges } from './edges.ts';
import { Paths } from './paths.ts';
import type { Snapshot } from './snapshot.ts';
import { compareValues } from './sort-values.ts';

const LAST_DAY = dayNumber(DUSK);

type ValueFacet = NonNullable<Extract<Facet, { is: 'value' }>['inMemory']>;

/** Whether a snapshot can count by a facet. */
export const canCount = (facet: Facet): boolean => facet.is === 'node' || facet.inMemory !== undefined;

/** What an entry is counted by: values, or the numbers of nodes. */
type ValuesOf<Value> = (node: number, edges: readonly number[]) => Iterable<Value>;

/** By what a facet counts, in which order equal numbers of entries come, and how a value is shown. */
interface Counted<Value> {
  readonly valuesOf: ValuesOf<Value>;
  readonly compare: (a: Value, b: Value) => number;
  readonly columnsOf: (value: Value) => readonly [value: string | number, ...summary: unknown[]];
}

/** Counts the entries of one list by a facet; its rows are those of the statements of facets. */
export class Counts<Value = never> {
  readonly #counted: Counted<Value>;
  readonly #counts = new Map<Value, number>();

  constructor(counted: Counted<Value>) {
    this.#counted = counted;
  }

  /** Takes an entry: a node, and the relationships that lead to it where the list is a parent's. */
  add(node: number, edges: readonly number[]): void {
    for (const value of this.#counted.valuesOf(node, edges)) {
      this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    }
  }

  /** The most frequent values, those of equal frequency in their order. */
  rows(limit: number): FacetRows {
    const { compare, columnsOf } = this.#counted;
    return [...this.#counts]
      .sort(([a, some], [b, others]) => others - some || compare(a, b))
      .slice(0, limit)
      .map(([value, count]) => [count, ...columnsOf(value)] as const);
  }
}

/** Counts by a facet, once for each list; `edges` are those by which a list's entries are reached. */
export function countsBy(
  facet: Facet,
  snapshot: Snapshot,
  parameters: Parameters,
  edges: Edges | null,
): () => Pick<Counts, 'add' | 'rows'> {
  const daysIf = (isDated: boolean): DayNumbers | null => (isDated ? daysIn(parameters, FACET_DAYS) : null);
  if (facet.is === 'node') {
    const counted = nodesAt(facet, snapshot, parameters, daysIf(facet.isDated));
    return () => new Counts(counted);
  }
  const by = facet.inMemory!;
  const valuesOf = hasEnds(by)
    ? numberOfEnds(new Paths(snapshot, by.ends, daysIf(by.isDated)))
    : valuesBy(snapshot, by, edges);
  return () => new Counts<string | number>({ valuesOf, compare: compareValues, columnsOf: (value) => [value] });
}

/** The nodes to which an entry leads: those of a kind, or of today, where the facet says so. */
function nodesAt(
  { path, isOfKind, isOfToday }: Extract<Facet, { is: 'node' }>,
  snapshot: Snapshot,
  parameters: Parameters,
  days: DayNumbers | null,
): Counted<number> {
  const { nodes } = snapshot;
  const paths = new Paths(snapshot, path, days);
  const kind = isOfKind ? snapshot.dictionary.find(parameters.facetKind as string) : null;
  const isCounted = (end: number): boolean =>
    (kind === null || nodes.code(end, 'kind') === kind) && (!isOfToday || nodes.validTo.items[end] === LAST_DAY);
  const [, ...others] = SUMMARY_PROPERTIES;
  return {
    valuesOf: (node) => {
      const ends = paths.ends(node);
      for (const end of ends) if (!isCounted(end)) ends.delete(end);
      return ends;
    },
    compare: (a, b) => compareTexts(nodes.id(a), nodes.id(b)),
    columnsOf: (node) => [nodes.id(node), ...others.map((name) => nodes.property(node, name))],
  };
}

const hasEnds = (by: ValueFacet): by is Extract<ValueFacet, { ends: unknown }> =>
  typeof by === 'object' && 'ends' in by;

const numberOfEnds =
  (paths: Paths): ValuesOf<number> =>
  (node) => [paths.ends(node).size];

function valuesBy(
  snapshot: Snapshot,
  by: FacetValue | readonly FacetValue[],
  edges: Edges | null,
): ValuesOf<string | number> {
  const { nodes } = snapshot;
  const textOf = (node: number, one: FacetValue): string | null | undefined => {
    if (one === 'type') return nodes.nodeType(node);
    return one === 'year' ? nodes.text(node, 'since')?.slice(0, 4) : nodes.text(node, one as NodeText);
  };
  if (typeof by !== 'string') {
    const parts = by.map((one) => {
      const ofEdge = edges && edgeValueBy(snapshot, one, edges);
      return ofEdge
        ? (_: number, [edge]: readonly number[]) => ofEdge(edge!)
        : (node: number, _: readonly number[]) => textOf(node, one);
    });
    return (node, some) => [parts.map((part) => part(node, some) ?? '').join(GROUP_SEPARATOR)];
  }
  const ofEdge = edges && edgeValueBy(snapshot, by, edges);
  if (ofEdge) return (_, some) => new Set(some.flatMap((edge) => ofEdge(edge) ?? []));
  return (node) => {
    const value = textOf(node, by);
    return value === null || value === undefined ? [] : [value];
  };
}

/** A value of each edge; null where the facet counts by no value of edges. */
function edgeValueBy({ nodes }: Snapshot, by: FacetValue, edges: Edges): ((edge: number) => string | null) | null {
  switch (by) {
    case 'year of relationship':
      return (edge) => edges.text(edge, 'since')?.slice(0, 4) ?? null;
    case 'last year of relationship':
      return (edge) => edges.text(edge, 'until')?.slice(0, 4) ?? null;
    case 'kind of relationship':
      return (edge) => edges.text(edge, 'kind');
    case 'end of relationship':
      return (edge) => nodes.id(edges.to.items[edge]!);
    default:
      return null;
  }
}
