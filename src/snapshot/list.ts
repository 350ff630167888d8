import { compareTexts } from '../domain/fold.ts';
import type { Parameters } from '../graph/statement.ts';
import { insertSorted } from '../scheduling/insert-sorted.ts';
import { isEdgeTest, type NodeTest } from '../store/in-memory.ts';
import type { Condition, Facet, FacetRows, PackedRows, PageShape, SortKey } from '../store/listing.ts';
import { countsBy } from './counts.ts';
import { allOf, edgeTestOf, type MeetsTest } from './edge-tests.ts';
import type { Edges } from './edges.ts';
import { NodeTests } from './node-tests.ts';
import type { Snapshot } from './snapshot.ts';
import { compareValues, edgesValue, nodeValues, type SortValue } from './sort-values.ts';

/** An entry of a list: a node, and the edges that lead to it where the list is of edges. */
export interface Entry {
  readonly node: number;
  readonly edges: readonly number[];
  /** By what it is sorted before the name of its node, in a page that has such an order; else empty. */
  value: SortValue;
}

/** Along the order of names, or against it. */
export type Way = 1 | -1;

/** What a list is narrowed by, in terms that a snapshot has. */
export interface ListQuery {
  readonly conditions: readonly Condition[];
  readonly parameters: Parameters;
}

/** Nodes that are looked at between two yields. */
export const CHUNK = 512;

/** Columns of a relationship that the snapshot has. */
const COLUMNS: ReadonlySet<string> = new Set(['from', 'role', 'kind', 'since', 'until', 'strength', 'projectCount']);

/** Whether a snapshot has these columns of relationships. */
export const hasColumns = (columns: readonly string[]): boolean => columns.every((name) => COLUMNS.has(name));

/**
 * A list as a snapshot has it: its pages, total and facets, equal to those of the statements in store/list-statements.ts.
 * Each is a generator that yields now and then, so that other work can have its turn; the snapshot must not change until
 * it returns. `parent` is the identifier of the node whose list it is; a list without a parent does not look at it.
 */
export abstract class SnapshotList {
  protected readonly snapshot: Snapshot;
  protected readonly parameters: Parameters;
  protected readonly nodeTests: NodeTests;
  /** What all of its nodes meet. */
  protected readonly test: NodeTest;
  /** The edges that lead to its entries. */
  readonly #edges: Edges | null;
  /** Whether a node meets the conditions on nodes, an edge those on edges. */
  protected readonly meetsNode: MeetsTest;
  protected readonly meetsEdge: MeetsTest;

  constructor(snapshot: Snapshot, { conditions, parameters }: ListQuery, edges: Edges | null) {
    this.snapshot = snapshot;
    this.parameters = parameters;
    this.#edges = edges;
    const tests = conditions.map(({ inMemory }) => inMemory!);
    const nodeTests = new NodeTests(snapshot, parameters);
    this.nodeTests = nodeTests;
    this.test = { is: 'all', of: tests.filter((test) => !isEdgeTest(test)) };
    this.meetsNode = nodeTests.of(this.test);
    const context = { snapshot, parameters, edges: edges!, nodeTest: nodeTests.of.bind(nodeTests) };
    this.meetsEdge = allOf(tests.filter(isEdgeTest).map((test) => edgeTestOf(test, context)));
  }

  /**
   * The entries that meet the conditions, in the order of names or backward, those after a sort key; null now and then: it is
   * time to yield.
   */
  protected abstract entries(parent: string, way?: Way, after?: string | null): Generator<Entry | null>;

  /** How many entries the list has. */
  *total(parent: string): Generator<void, number> {
    let total = 0;
    for (const entry of this.entries(parent)) {
      if (entry === null) yield;
      else total++;
    }
    return total;
  }

  /** The identifiers of all nodes of the list. */
  *ids(parent: string): Generator<void, string[]> {
    const ids: string[] = [];
    for (const entry of this.entries(parent)) {
      if (entry === null) yield;
      else ids.push(this.snapshot.nodes.id(entry.node));
    }
    return ids;
  }

  /** What counts the entries of a list by a facet. */
  counts(facet: Facet, limit: number): (parent: string) => Generator<void, FacetRows> {
    const countsOfOne = countsBy(facet, this.snapshot, this.parameters, this.#edges);
    const entries = (parent: string) => this.entries(parent);
    return function* (parent) {
      const counts = countsOfOne();
      for (const entry of entries(parent)) {
        if (entry === null) yield;
        else counts.add(entry.node, entry.edges);
      }
      return counts.rows(limit);
    };
  }

  /** The packed rows of a page; the page's position and limit are among the parameters. */
  *rows(parent: string, shape: PageShape): Generator<void, PackedRows> {
    const { summary, related } = shape.selected;
    const { nodes } = this.snapshot;
    const relatedAt = summary.length;
    const sortAt = relatedAt + Number(related.length > 0);
    return (yield* this.page(parent, shape)).map(({ node, edges, value }) => {
      // An array that grows takes room for seventeen items.
      const row = new Array<unknown>(sortAt + Number(shape.sort !== null));
      for (let at = 0; at < relatedAt; at++) row[at] = nodes.property(node, summary[at]!);
      if (sortAt > relatedAt) row[relatedAt] = edges.map((edge) => this.#columns(edge, related));
      if (shape.sort) row[sortAt] = value;
      return row;
    });
  }

  #columns(edge: number, names: readonly string[]): unknown[] {
    const row = new Array<unknown>(names.length);
    for (let at = 0; at < names.length; at++) row[at] = this.#column(edge, names[at]!);
    return row;
  }

  /** The entries of a page. */
  protected *page(parent: string, shape: PageShape): Generator<void, Entry[]> {
    const limit = this.parameters.limit as number;
    const found: Entry[] = [];
    if (limit === 0) return found;
    if (shape.sort) {
      const { compare, fromPosition, sortValueOf } = this.order(shape.sort, shape);
      for (const entry of this.entries(parent)) {
        if (entry === null) {
          yield;
          continue;
        }
        entry.value = sortValueOf(entry);
        if (found.length === limit && compare(found[limit - 1]!, entry) < 0) continue;
        if (fromPosition(entry) > 0) insertSorted(found, entry, compare, limit);
      }
      return found;
    }
    const after = shape.continued ? String(this.parameters.after0) : null;
    for (const entry of this.entries(parent, shape.nameDirection === 'ASC' ? 1 : -1, after)) {
      if (entry === null) {
        yield;
        continue;
      }
      found.push(entry);
      if (found.length === limit) break;
    }
    return found;
  }

  /** How the entries of a page that is sorted by a value follow each other. */
  protected order(
    { inMemory }: SortKey,
    { direction, nameDirection, continued }: PageShape,
  ): {
    readonly sortValueOf: (entry: Entry) => SortValue;
    /** Negative where the first comes before the second. */
    readonly compare: (a: Entry, b: Entry) => number;
    /** Positive for an entry after the page's position, and for all where it has none; 0 for one that is equal to it. */
    readonly fromPosition: (entry: Entry) => number;
  } {
    const by = inMemory!;
    const { nodes } = this.snapshot;
    const positions = nodes.position.items;
    const nodeValueOf = by.of === 'edges' ? null : nodeValues(this.snapshot, by, this.parameters);
    const [byValue, byName] = [direction === 'ASC' ? 1 : -1, nameDirection === 'ASC' ? 1 : -1];
    const { after0, after1 } = this.parameters as { after0: SortValue; after1: string };
    return {
      sortValueOf:
        by.of === 'edges' ? ({ edges }) => edgesValue(this.#edges!, edges, by) : ({ node }) => nodeValueOf!(node),
      compare: (a, b) =>
        byValue * compareValues(a.value, b.value) || byName * (positions[a.node]! - positions[b.node]!),
      fromPosition: ({ node, value }) =>
        continued ? byValue * compareValues(value, after0) || byName * compareTexts(nodes.sortKey(node), after1) : 1,
    };
  }

  /**
   * The index at which nodes in the order of names are looked at first, after a sort key; the node that has the key is among
   * them if `isInclusive`. It is outside of the array where there are none.
   */
  protected startOf(all: Int32Array, way: Way, after: string | null, isInclusive: boolean): number {
    if (after === null) return way === 1 ? 0 : all.length - 1;
    const { order, nodes } = this.snapshot;
    const at = order.before(all, after);
    const isAt = at < all.length && nodes.sortKey(all[at]!) === after;
    if (way === 1) return isAt && !isInclusive ? at + 1 : at;
    return isAt && isInclusive ? at : at - 1;
  }

  #column(edge: number, name: string): string | number | null {
    const edges = this.#edges!;
    switch (name) {
      case 'from':
        return this.snapshot.nodes.id(edges.from.items[edge]!);
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
}
