import type { NodeType } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import type { NodeTest } from '../store/in-memory.ts';
import type { Facet, FacetRows, PageShape, SortKey } from '../store/listing.ts';
import { countsBy } from './counts.ts';
import type { MeetsTest } from './edge-tests.ts';
import { NodeTests } from './node-tests.ts';
import { pageOrder, type SortedEntry } from './page-order.ts';
import type { Snapshot } from './snapshot.ts';
import { type NodeKey, nodeValues } from './sort-values.ts';

/** What is asked of a list without a parent, in terms that a snapshot has. */
export interface NodeListQuery {
  readonly types: readonly NodeType[];
  readonly test: NodeTest;
  readonly parameters: Parameters;
}

/** Nodes that are looked at between two yields. */
const CHUNK = 1_024;
/** Nodes that a condition leads to are put in order if they are fewer than this part of all nodes of the types. */
const FEW = 0.25;

/**
 * A list without a parent as a snapshot has it: its pages, total and facets, equal to those of the statements in
 * store/root-statements.ts. Each is a generator that yields now and then, so that other work can have its turn; the
 * snapshot must not change until it returns.
 */
export class NodeList {
  readonly #snapshot: Snapshot;
  readonly #query: NodeListQuery;
  readonly #meets: MeetsTest;
  /** The nodes that are looked at, in the order of names. */
  readonly #nodes: Int32Array;

  constructor(snapshot: Snapshot, query: NodeListQuery) {
    const { types, test, parameters } = query;
    const tests = new NodeTests(snapshot, parameters);
    this.#snapshot = snapshot;
    this.#query = query;
    this.#meets = tests.of(test);
    this.#nodes = inOrder(snapshot, types, tests.candidates(test), tests.prefix(test));
  }

  *total(): Generator<void, number> {
    let total = 0;
    for (const node of this.#looked()) {
      if (node < 0) yield;
      else total++;
    }
    return total;
  }

  *ids(): Generator<void, string[]> {
    const ids: string[] = [];
    for (const node of this.#looked()) {
      if (node < 0) yield;
      else ids.push(this.#snapshot.nodes.id(node));
    }
    return ids;
  }

  *counts(facet: Facet, limit: number): Generator<void, FacetRows> {
    const counts = countsBy(facet, this.#snapshot, this.#query.parameters)();
    for (const node of this.#looked()) {
      if (node < 0) yield;
      else counts.add(node, []);
    }
    return counts.rows(limit);
  }

  /** The packed rows of a page; `parameters` are those of the list with the page's position and limit. */
  *rows(shape: PageShape, parameters: Parameters): Generator<void, (readonly unknown[])[]> {
    const { sort, selected } = shape;
    const entries = sort ? yield* this.#sorted(sort, shape, parameters) : yield* this.#byName(shape, parameters);
    const { nodes } = this.#snapshot;
    return entries.map(({ node, value }) => [
      ...selected.summary.map((property) => nodes.property(node, property)),
      ...(sort ? [value] : []),
    ]);
  }

  *#byName({ ties, continued }: PageShape, parameters: Parameters): Generator<void, SortedEntry[]> {
    const { order, nodes } = this.#snapshot;
    const limit = parameters.limit as number;
    const all = this.#nodes;
    const after = continued ? (parameters.after0 as string) : null;
    const isForward = ties === 'ASC';
    let at = after === null ? (isForward ? 0 : all.length) : order.before(all, after);
    // The entry of the position itself is before what follows it.
    if (after !== null && isForward && at < all.length && nodes.sortKey(all[at]!) === after) at++;
    const found: SortedEntry[] = [];
    for (let looked = 0; found.length < limit && (isForward ? at < all.length : at > 0); looked++) {
      if (looked % CHUNK === CHUNK - 1) yield;
      const node = all[isForward ? at++ : --at]!;
      if (this.#meets(node)) found.push({ node, value: '' });
    }
    return found;
  }

  /** A page by a value, then by name: the entries that come first, found in one pass over all. */
  *#sorted(sort: SortKey, shape: PageShape, parameters: Parameters): Generator<void, SortedEntry[]> {
    const limit = parameters.limit as number;
    const { compare, fromPosition } = pageOrder(this.#snapshot, shape, parameters);
    const sortValueOf = nodeValues(this.#snapshot, sort.inMemory as NodeKey, parameters);
    const first: SortedEntry[] = [];
    for (const node of this.#looked()) {
      if (node < 0) {
        yield;
        continue;
      }
      const entry = { node, value: sortValueOf(node) };
      if (first.length === limit && (limit === 0 || compare(first[limit - 1]!, entry) < 0)) continue;
      if (fromPosition(entry) <= 0) continue;
      insert(first, entry, compare);
      if (first.length > limit) first.pop();
    }
    return first;
  }

  /** The nodes that meet the conditions, and now and then -1: time to yield. */
  *#looked(): Generator<number> {
    for (let at = 0; at < this.#nodes.length; at++) {
      if (at % CHUNK === CHUNK - 1) yield -1;
      if (this.#meets(this.#nodes[at]!)) yield this.#nodes[at]!;
    }
  }
}

/** Comes after every character of a name. */
const LAST_CHARACTER = '\u{10FFFF}';

/** The nodes of some types, or those of them that may meet the conditions, in the order of names. */
function inOrder(
  snapshot: Snapshot,
  types: readonly NodeType[],
  candidates: Int32Array | null,
  prefix: string | null,
): Int32Array {
  const { order } = snapshot;
  const whole = order.ofTypes(types);
  const all =
    prefix === null ? whole : whole.subarray(order.before(whole, prefix), order.before(whole, prefix + LAST_CHARACTER));
  if (candidates === null || candidates.length > FEW * all.length) return all;
  const { nodes } = snapshot;
  const positions = nodes.position.items;
  return candidates
    .filter((node) => types.includes(nodes.nodeType(node)))
    .sort((a, b) => positions[a]! - positions[b]!);
}

/** Puts an item where it belongs among sorted ones. */
export function insert<Item>(sorted: Item[], item: Item, compare: (a: Item, b: Item) => number): void {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]!, item) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, item);
}
