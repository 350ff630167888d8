import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import type { Parameters } from '../graph/statement.ts';
import { isEdgeTest } from '../store/in-memory.ts';
import type { Condition, Facet, FacetRows, PageShape, SortKey } from '../store/listing.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import { type Counts, countsBy } from './counts.ts';
import { edgeTestOf, type MeetsTest } from './edge-tests.ts';
import type { EdgeType } from './edge-type.ts';
import { insert } from './node-list.ts';
import { NodeTests } from './node-tests.ts';
import { pageOrder, type SortedEntry } from './page-order.ts';
import type { Snapshot } from './snapshot.ts';
import { edgesValue, type SortValue } from './sort-values.ts';

/** What is asked of a list of all relationships of a type, in terms that a snapshot has. */
export interface EdgeListQuery {
  readonly type: SnapshotType;
  readonly conditions: readonly Condition[];
  readonly parameters: Parameters;
}

/** Where the entries of a page are to be read. */
export interface PageStarts {
  /** Identifiers of the nodes at which they begin. */
  readonly starts: readonly string[];
  /** How many entries of the page begin at them, at the least. */
  readonly least: number;
  /** How many relationships of the type these nodes have, beside how many there are. */
  readonly cost: number;
  readonly all: number;
}

/** Nodes whose edges are looked at between two yields. */
const CHUNK = 512;

/**
 * All relationships of a type, as a snapshot has them: their total and facets, and at which nodes those of a page begin.
 * It does not have their identifiers, which order those that begin at one node: a statement reads these. Each is a
 * generator that yields now and then; the snapshot must not change until it returns.
 */
export class EdgeList {
  readonly #snapshot: Snapshot;
  readonly #query: EdgeListQuery;
  readonly #type: EdgeType;
  readonly #tests: readonly MeetsTest[];
  /** The nodes at which they may begin, in the order of names. */
  readonly #nodes: Int32Array;

  constructor(snapshot: Snapshot, query: EdgeListQuery) {
    const { type, conditions, parameters } = query;
    this.#snapshot = snapshot;
    this.#query = query;
    this.#type = snapshot.type(type);
    this.#nodes = snapshot.order.ofTypes(RELATIONSHIP_SHAPES[type].from.types);
    const nodeTests = new NodeTests(snapshot, parameters);
    const context = {
      ...{ snapshot, parameters, edges: this.#type.edges },
      nodeTest: nodeTests.of.bind(nodeTests),
    };
    this.#tests = conditions.flatMap(({ inMemory }) =>
      inMemory && isEdgeTest(inMemory) ? [edgeTestOf(inMemory, context)] : [],
    );
  }

  *total(): Generator<void, number> {
    let total = 0;
    for (let at = 0; at < this.#nodes.length; at++) {
      if (at % CHUNK === CHUNK - 1) yield;
      total += this.#edgesOf(this.#nodes[at]!).length;
    }
    return total;
  }

  *counts(facet: Facet, limit: number): Generator<void, FacetRows> {
    const counts: Counts = countsBy(facet, this.#snapshot, this.#query.parameters, this.#type.edges)();
    for (let at = 0; at < this.#nodes.length; at++) {
      if (at % CHUNK === CHUNK - 1) yield;
      const node = this.#nodes[at]!;
      for (const edge of this.#edgesOf(node)) counts.add(node, [edge]);
    }
    return counts.rows(limit);
  }

  /** Where the entries of a page begin; `parameters` are those of the list with the page's position and limit. */
  *starts(shape: PageShape, parameters: Parameters): Generator<void, PageStarts> {
    const { starts, least } = yield* shape.sort
      ? this.#sorted(shape.sort, shape, parameters)
      : this.#byName(shape, parameters);
    const adjacency = this.#type.at('out');
    return {
      starts: [...starts].map((node) => this.#snapshot.nodes.id(node)),
      least,
      cost: [...starts].reduce((sum, node) => sum + adjacency.degree(node), 0),
      all: this.#type.count,
    };
  }

  *#byName({ ties, continued }: PageShape, parameters: Parameters): Generator<void, Found> {
    const { order, nodes } = this.#snapshot;
    const limit = parameters.limit as number;
    const all = this.#nodes;
    const after = continued ? (parameters.after0 as string) : null;
    const isForward = ties === 'ASC';
    let at = after === null ? (isForward ? 0 : all.length) : order.before(all, after);
    // Others may begin at the node of the position itself.
    if (after !== null && !isForward && at < all.length && nodes.sortKey(all[at]!) === after) at++;
    const starts = new Set<number>();
    let least = 0;
    for (let looked = 0; least < limit && (isForward ? at < all.length : at > 0); looked++) {
      if (looked % CHUNK === CHUNK - 1) yield;
      const node = all[isForward ? at++ : --at]!;
      const { length } = this.#edgesOf(node);
      if (length === 0) continue;
      starts.add(node);
      if (after === null || nodes.sortKey(node) !== after) least += length;
    }
    return { starts, least: Math.min(least, limit) };
  }

  *#sorted(sort: SortKey, shape: PageShape, parameters: Parameters): Generator<void, Found> {
    const limit = parameters.limit as number;
    const { compare, fromPosition } = pageOrder(this.#snapshot, shape, parameters);
    const starts = new Set<number>();
    const first: SortedEntry[] = [];
    for (let at = 0; at < this.#nodes.length; at++) {
      if (at % CHUNK === CHUNK - 1) yield;
      const node = this.#nodes[at]!;
      for (const edge of this.#edgesOf(node)) {
        const entry = { node, value: this.#value(edge, sort) };
        if (first.length === limit && (limit === 0 || compare(first[limit - 1]!, entry) <= 0)) continue;
        const place = fromPosition(entry);
        if (place < 0) continue;
        // Equal to the position: its identifier says on which side of it.
        if (place === 0) starts.add(node);
        else insert(first, entry, compare);
        if (first.length > limit) first.pop();
      }
    }
    for (const { node } of first) starts.add(node);
    return { starts, least: first.length };
  }

  #value(edge: number, { inMemory }: SortKey): SortValue {
    return edgesValue(this.#type.edges, [edge], inMemory as Extract<typeof inMemory, { of: 'edges' }>);
  }

  /** The edges that begin at a node and meet the conditions. */
  #edgesOf(node: number): number[] {
    const from = this.#type.edges.from.items;
    const found: number[] = [];
    for (const edge of this.#type.at('out').list(node)) {
      // A list of an undirected type holds those that end here, too.
      if (from[edge] === node && this.#tests.every((meets) => meets(edge))) found.push(edge);
    }
    return found;
  }
}

/** The nodes at which a page's entries begin, and how many entries of the page do so at the least. */
interface Found {
  readonly starts: ReadonlySet<number>;
  readonly least: number;
}
