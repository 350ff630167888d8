import { compareTexts } from '../domain/fold.ts';
import type { Parameters } from '../graph/statement.ts';
import { isEdgeTest } from '../store/in-memory.ts';
import type { Condition, Direction, Facet, FacetRows, Listing, PageShape, SortKey } from '../store/listing.ts';
import type { Adjacency } from './adjacency.ts';
import { type Counts, countsBy } from './counts.ts';
import { edgeTestOf } from './edge-tests.ts';
import type { EdgeType } from './edge-type.ts';
import { NodeTests } from './node-tests.ts';
import type { Snapshot } from './snapshot.ts';
import { compareValues, edgesValue, nodeValues, type SortValue } from './sort-values.ts';

/** Columns of a relationship that the snapshot has. */
const COLUMNS: ReadonlySet<string> = new Set(['from', 'role', 'kind', 'since', 'until', 'strength', 'projectCount']);

/** Whether a snapshot has these columns of relationships. */
export const hasColumns = (columns: readonly string[]): boolean => columns.every((name) => COLUMNS.has(name));

/** What is asked of a list of neighbours, in terms that a snapshot has. */
export interface NeighbourList {
  readonly edges: NonNullable<Listing['edges']>;
  readonly conditions: readonly Condition[];
  readonly parameters: Parameters;
}

/** A neighbour by its number, and the edges that lead to it. */
interface Neighbour {
  readonly node: number;
  readonly edges: readonly number[];
}

/** Along the order of names, or against it. */
type Way = 1 | -1;

const wayOf = (direction: Direction): Way => (direction === 'ASC' ? 1 : -1);

/** A page of a list: packed rows, as the statement of the page packs them. */
type Rows = (readonly unknown[])[];

/**
 * Lists of neighbours as a snapshot has them: pages, totals and counts by value, equal to those of the statements in
 * store/parent-statements.ts. To be used before the next await.
 */
export class Neighbours {
  readonly #snapshot: Snapshot;
  readonly #type: EdgeType;
  readonly #adjacency: Adjacency;
  readonly #edgeTests: readonly ((edge: number) => boolean)[];
  readonly #nodeTests: readonly ((node: number) => boolean)[];
  readonly #parameters: Parameters;

  constructor(snapshot: Snapshot, { edges, conditions, parameters }: NeighbourList) {
    this.#snapshot = snapshot;
    this.#type = snapshot.type(edges.type);
    this.#adjacency = this.#type.at(edges.side);
    this.#parameters = parameters;
    const tests = conditions.map(({ inMemory }) => inMemory!);
    const nodeTests = new NodeTests(snapshot, parameters);
    const context = {
      ...{ snapshot, parameters, edges: this.#type.edges },
      nodeTest: nodeTests.of.bind(nodeTests),
    };
    this.#edgeTests = tests.filter(isEdgeTest).map((test) => edgeTestOf(test, context));
    this.#nodeTests = tests.flatMap((test) => (isEdgeTest(test) ? [] : [nodeTests.of(test)]));
  }

  /** How many neighbours a node has. */
  total(id: string): number {
    let total = 0;
    for (const _ of this.#of(id)) total++;
    return total;
  }

  /** How many relationships a node has, whatever the conditions. */
  degree(id: string): number {
    const node = this.#snapshot.nodes.find(id);
    return node < 0 ? 0 : this.#adjacency.degree(node);
  }

  /** How many relationships of the type lead back from a neighbour, whatever the conditions. */
  degreeBack(id: string): number {
    const node = this.#snapshot.nodes.find(id);
    return node < 0 ? 0 : this.#type.lists().reduce((sum, [, adjacency]) => sum + adjacency.degree(node), 0);
  }

  /** The identifiers on a page of a node's list, in order. */
  page(id: string, shape: PageShape, parameters: Parameters): string[] {
    return this.#page(id, shape, parameters).map(({ node }) => this.#snapshot.nodes.id(node));
  }

  /** The rows of a page of a node's list. */
  rows(id: string, shape: PageShape, parameters: Parameters): Rows {
    const { selected, sort } = shape;
    const sortValueOf = sort && this.#values(sort);
    return this.#page(id, shape, parameters).map((neighbour) => [
      ...selected.summary.map((property) => this.#snapshot.nodes.property(neighbour.node, property)),
      ...(selected.related.length > 0
        ? [neighbour.edges.map((edge) => selected.related.map((name) => this.#column(edge, name)))]
        : []),
      ...(sortValueOf ? [sortValueOf(neighbour)] : []),
    ]);
  }

  /** What the neighbours of each node are, counted by a facet. */
  counts(facet: Facet, limit: number): (id: string) => FacetRows {
    const countsOfOne = countsBy(facet, this.#snapshot, this.#parameters, this.#type.edges);
    return (id) => {
      const counts: Counts = countsOfOne();
      for (const { node, edges } of this.#of(id)) counts.add(node, edges);
      return counts.rows(limit);
    };
  }

  /** The neighbours of a node that meet the conditions, in the order of names or backward, after a sort key. */
  *#of(id: string, way: Way = 1, after: string | null = null): Generator<Neighbour> {
    const node = this.#snapshot.nodes.find(id);
    if (node < 0) return;
    const list = this.#adjacency.list(node);
    let at = after === null ? (way === 1 ? 0 : list.length - 1) : this.#following(list, node, after, way);
    while (at >= 0 && at < list.length) {
      const neighbour = this.#adjacency.neighbour(list[at]!, node);
      let end = at + way;
      // Parallel edges stand together.
      while (end >= 0 && end < list.length && this.#adjacency.neighbour(list[end]!, node) === neighbour) end += way;
      const all = way === 1 ? list.subarray(at, end) : list.subarray(end + 1, at + 1);
      at = end;
      if (!this.#nodeTests.every((test) => test(neighbour))) continue;
      const edges = [...all].filter((edge) => this.#edgeTests.every((test) => test(edge)));
      if (edges.length > 0) yield { node: neighbour, edges };
    }
  }

  /** Where a list goes on after a sort key: the first entry beyond it, or backward the last one before it. */
  #following(list: Int32Array, node: number, after: string, way: Way): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const key = this.#snapshot.nodes.sortKey(this.#adjacency.neighbour(list[middle]!, node));
      const compared = compareTexts(key, after);
      if (compared < 0 || (compared === 0 && way === 1)) low = middle + 1;
      else high = middle;
    }
    return way === 1 ? low : low - 1;
  }

  #page(id: string, shape: PageShape, parameters: Parameters): Neighbour[] {
    const { sort, ties, continued } = shape;
    if (sort) return this.#sortedPage(id, sort, shape, parameters);
    const after = continued ? String(parameters.after0) : null;
    return this.#of(id, wayOf(ties), after)
      .take(parameters.limit as number)
      .toArray();
  }

  #sortedPage(
    id: string,
    sort: SortKey,
    { direction, ties, continued }: PageShape,
    parameters: Parameters,
  ): Neighbour[] {
    const { nodes } = this.#snapshot;
    const positions = nodes.position.items;
    const [byValue, byName] = [wayOf(direction), wayOf(ties)];
    const { after0, after1, limit } = parameters as { after0: string | number; after1: string; limit: number };
    const sortValueOf = this.#values(sort);
    return this.#of(id)
      .map((each) => ({ each, value: sortValueOf(each) }))
      .filter(({ each, value }) => {
        if (!continued) return true;
        return (byValue * compareValues(value, after0) || byName * compareTexts(nodes.sortKey(each.node), after1)) > 0;
      })
      .toArray()
      .sort(
        (a, b) =>
          byValue * compareValues(a.value, b.value) || byName * (positions[a.each.node]! - positions[b.each.node]!),
      )
      .slice(0, limit)
      .map(({ each }) => each);
  }

  #column(edge: number, name: string): string | number | null {
    const { edges } = this.#type;
    switch (name) {
      case 'from':
        return this.#snapshot.nodes.id(edges.from.items[edge]!);
      case 'strength':
      case 'projectCount':
        return edges[name].items[edge]!;
      case 'since':
      case 'until':
        return edges.text(edge, name);
      default:
        return edges.text(edge, 'kind');
    }
  }

  /** What a neighbour is sorted by before its name. */
  #values({ inMemory }: SortKey): (neighbour: Neighbour) => SortValue {
    const by = inMemory!;
    if (by.of === 'edges') return ({ edges }) => edgesValue(this.#type.edges, edges, by);
    const sortValueOf = nodeValues(this.#snapshot, by, this.#parameters);
    return ({ node }) => sortValueOf(node);
  }
}
