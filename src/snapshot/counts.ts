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

/** Counts the entries of one list by the values of a facet; its rows are those of the statements of facets. */
export interface Counts {
  /** Takes an entry: a node, and the relationships that lead to it where the list is a parent's. */
  add(node: number, edges: readonly number[]): void;
  /** The most frequent values, those of equal frequency in their order. */
  rows(limit: number): FacetRows;
}

/** Whether a snapshot can count by a facet. */
export const canCount = (facet: Facet): boolean => facet.is === 'node' || facet.inMemory !== undefined;

/** Counts by a facet, once for each list; `edges` are those by which a list's entries are reached. */
export function countsBy(
  facet: Facet,
  snapshot: Snapshot,
  parameters: Parameters,
  edges: Edges | null = null,
): () => Counts {
  const daysIf = (isDated: boolean): DayNumbers | null => (isDated ? daysIn(parameters, FACET_DAYS) : null);
  if (facet.is === 'value') {
    const by = facet.inMemory!;
    const valuesOf = hasEnds(by)
      ? numberOfEnds(new Paths(snapshot, by.ends, daysIf(by.isDated)))
      : valuesBy(snapshot, by, edges);
    return () => new ValueCounts(valuesOf);
  }
  const days = daysIf(facet.isDated);
  const paths = new Paths(snapshot, facet.path, days);
  const kind = facet.isOfKind ? snapshot.dictionary.find(parameters.facetKind as string) : null;
  return () => new NodeCounts(snapshot, paths, { kind, isOfToday: facet.isOfToday === true });
}

/** The values of an entry. */
type ValuesOf = (node: number, edges: readonly number[]) => Iterable<string | number>;

const hasEnds = (by: ValueFacet): by is Extract<ValueFacet, { ends: unknown }> =>
  typeof by === 'object' && 'ends' in by;

const numberOfEnds =
  (paths: Paths): ValuesOf =>
  (node) => [paths.ends(node).size];

function valuesBy(snapshot: Snapshot, by: FacetValue | readonly FacetValue[], edges: Edges | null): ValuesOf {
  const { nodes } = snapshot;
  const textOf = (node: number, one: FacetValue): string | null | undefined => {
    if (one === 'type') return nodes.nodeType(node);
    return one === 'year' ? nodes.text(node, 'since')?.slice(0, 4) : nodes.text(node, one as NodeText);
  };
  if (typeof by !== 'string') return (node) => [by.map((one) => textOf(node, one) ?? '').join(GROUP_SEPARATOR)];
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

class ValueCounts implements Counts {
  readonly #valuesOf: ValuesOf;
  readonly #counts = new Map<string | number, number>();

  constructor(valuesOf: ValuesOf) {
    this.#valuesOf = valuesOf;
  }

  add(node: number, edges: readonly number[]): void {
    for (const value of this.#valuesOf(node, edges)) this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  rows(limit: number): FacetRows {
    return mostFrequent(this.#counts, limit, compareValues).map(([value, count]) => [count, value] as const);
  }
}

/** Which nodes are counted. */
interface CountedNodes {
  /** The code of the kind that counts; null where every kind does. */
  readonly kind: number | null;
  /** Only nodes without a known end. */
  readonly isOfToday: boolean;
}

class NodeCounts implements Counts {
  readonly #snapshot: Snapshot;
  readonly #paths: Paths;
  readonly #counted: CountedNodes;
  readonly #counts = new Map<number, number>();

  constructor(snapshot: Snapshot, paths: Paths, counted: CountedNodes) {
    this.#snapshot = snapshot;
    this.#paths = paths;
    this.#counted = counted;
  }

  add(node: number): void {
    const { nodes } = this.#snapshot;
    const { kind, isOfToday } = this.#counted;
    for (const end of this.#paths.ends(node)) {
      if (kind !== null && nodes.code(end, 'kind') !== kind) continue;
      if (isOfToday && nodes.validTo.items[end] !== LAST_DAY) continue;
      this.#counts.set(end, (this.#counts.get(end) ?? 0) + 1);
    }
  }

  rows(limit: number): FacetRows {
    const { nodes } = this.#snapshot;
    const [, ...others] = SUMMARY_PROPERTIES;
    return mostFrequent(this.#counts, limit, (a, b) => compareTexts(nodes.id(a), nodes.id(b))).map(
      ([node, count]) => [count, nodes.id(node), ...others.map((name) => nodes.property(node, name))] as const,
    );
  }
}

/** The values that were counted most often. */
function mostFrequent<Value>(
  counts: ReadonlyMap<Value, number>,
  limit: number,
  compare: (a: Value, b: Value) => number,
): (readonly [Value, number])[] {
  return [...counts].sort(([a, some], [b, others]) => others - some || compare(a, b)).slice(0, limit);
}
