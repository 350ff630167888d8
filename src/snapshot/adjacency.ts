import type { Slices } from '../scheduling/slices.ts';
import type { Edges } from './edges.ts';
import type { PartsOf } from './parts.ts';

/** Which edges of a node a list holds: those that begin at it, those that end at it, or both alike. */
export type Side = 'out' | 'in' | 'both';

const NONE = new Int32Array(0);

/**
 * The edges of one type at each node, in compressed rows: every list in the order of the neighbours' positions, so that
 * parallel edges stand together. Lists that have changed since it was built are stored beside the rows.
 */
export class Adjacency {
  readonly #edges: Edges;
  readonly #side: Side;
  #offsets: Int32Array = new Int32Array(1);
  #lists: Int32Array = new Int32Array(0);
  readonly #changed = new Map<number, Int32Array>();
  #changedEntries = 0;

  constructor(edges: Edges, side: Side) {
    this.#edges = edges;
    this.#side = side;
  }

  /** Edge numbers of a node, in the order of its neighbours. To be read before the next await. */
  list(node: number): Int32Array {
    const changed = this.#changed.get(node);
    if (changed) return changed;
    // Numbers that were given since have no row.
    if (node + 1 >= this.#offsets.length) return NONE;
    return this.#lists.subarray(this.#offsets[node]!, this.#offsets[node + 1]!);
  }

  /** The other end of an edge in the list of a node. */
  neighbour(edge: number, node: number): number {
    const from = this.#edges.from.items[edge]!;
    return from === node ? this.#edges.to.items[edge]! : from;
  }

  /** Calls `visit` with each edge of a node, in the order of its neighbours, and the neighbour. */
  each(node: number, visit: (edge: number, neighbour: number) => void): void {
    const from = this.#edges.from.items;
    const to = this.#edges.to.items;
    const changed = this.#changed.get(node);
    const list = changed ?? this.#lists;
    const start = changed ? 0 : (this.#offsets[node] ?? 0);
    const end = start + this.degree(node);
    for (let at = start; at < end; at++) {
      const edge = list[at]!;
      visit(edge, from[edge] === node ? to[edge]! : from[edge]!);
    }
  }

  degree(node: number): number {
    const changed = this.#changed.get(node);
    if (changed) return changed.length;
    return node + 1 >= this.#offsets.length ? 0 : this.#offsets[node + 1]! - this.#offsets[node]!;
  }

  /** How many entries stand beside the rows: when they are many, building again saves memory. */
  get changedEntries(): number {
    return this.#changedEntries;
  }

  get bytes(): number {
    return this.#offsets.byteLength + this.#lists.byteLength + 8 * this.changedEntries;
  }

  /**
   * Builds the rows of all existing edges, in slices. `order` holds the existing nodes by rank; `nodes` is how many numbers
   * are given. Nobody may change the edges meanwhile.
   */
  async build(edges: Int32Array, order: Int32Array, nodes: number, slices: Slices): Promise<void> {
    const { from, to } = { from: this.#edges.from.items, to: this.#edges.to.items };
    const own = this.#side === 'both' ? [from, to] : [this.#side === 'out' ? from : to];
    const opposite = this.#side === 'both' ? [to, from] : [this.#side === 'out' ? to : from];
    // First the edges of each neighbour, then the neighbours in order: so every list comes in order without a sort.
    const byNeighbour = {
      offsets: await offsetsOf(opposite, edges, nodes, slices),
      lists: new Int32Array(edges.length * own.length),
    };
    const next = byNeighbour.offsets.slice();
    for (const ends of opposite) {
      await inSlices(edges.length, slices, (index) => {
        const edge = edges[index]!;
        byNeighbour.lists[next[ends[edge]!]!++] = edge;
      });
    }
    const offsets = await offsetsOf(own, edges, nodes, slices);
    const free = offsets.slice();
    const lists = new Int32Array(edges.length * own.length);
    await inSlices(order.length, slices, (index) => {
      const neighbour = order[index]!;
      const end = byNeighbour.offsets[neighbour + 1]!;
      for (let at = byNeighbour.offsets[neighbour]!; at < end; at++) {
        const edge = byNeighbour.lists[at]!;
        const isFromHere = this.#side === 'in' || (this.#side === 'both' && from[edge] === neighbour);
        const node = isFromHere ? to[edge]! : from[edge]!;
        lists[free[node]!++] = edge;
      }
    });
    this.#offsets = offsets;
    this.#lists = lists;
    this.#changed.clear();
    this.#changedEntries = 0;
  }

  /** Saves the lists, those beside the rows among them. */
  save(parts: PartsOf, nodes: number): void {
    const offsets = new Int32Array(nodes + 1);
    for (let node = 0; node < nodes; node++) offsets[node + 1] = offsets[node]! + this.degree(node);
    const lists = new Int32Array(offsets[nodes]!);
    for (let node = 0; node < nodes; node++) lists.set(this.list(node), offsets[node]);
    parts.set('offsets', offsets);
    parts.set('lists', lists);
  }

  restore(parts: PartsOf): void {
    this.#offsets = parts.get('offsets');
    this.#lists = parts.get('lists');
    this.#changed.clear();
    this.#changedEntries = 0;
  }

  /**
   * Takes edges out of a node's list and puts others in, by the positions of their neighbours; `isMoved` where a neighbour that stays
   * has another position than before.
   */
  change(node: number, { removed, added, isMoved }: ListChange, positions: Float64Array): void {
    const before = this.list(node);
    const staying = removed.size === 0 ? before : before.filter((edge) => !removed.has(edge));
    const positionOf = (edge: number): number => positions[this.neighbour(edge, node)]!;
    const byPosition = (a: number, b: number): number => positionOf(a) - positionOf(b);
    const list = new Int32Array(staying.length + added.length);
    if (isMoved) {
      list.set(staying);
      list.set(added, staying.length);
      list.sort(byPosition);
    } else {
      let from = 0;
      for (const [turn, edge] of added.toSorted(byPosition).entries()) {
        const to = upTo(staying, from, (other) => positionOf(other) <= positionOf(edge));
        list.set(staying.subarray(from, to), from + turn);
        list[to + turn] = edge;
        from = to;
      }
      list.set(staying.subarray(from), from + added.length);
    }
    this.#changedEntries += list.length - (this.#changed.has(node) ? before.length : -HEAD);
    this.#changed.set(node, list);
  }
}

/** What happens to a node's list. */
export interface ListChange {
  readonly removed: ReadonlySet<number>;
  readonly added: readonly number[];
  readonly isMoved: boolean;
}

/** What a list beside the rows takes, beyond its entries: so many entries. */
const HEAD = 4;

/** Where the items from an index on end that meet a condition, which those after them do not. */
function upTo(items: Int32Array, from: number, meets: (item: number) => boolean): number {
  let [low, high] = [from, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (meets(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Steps between two looks at the clock. */
const LOOK = 4_096;

async function inSlices(length: number, slices: Slices, work: (index: number) => void): Promise<void> {
  for (let start = 0; start < length; start += LOOK) {
    if (slices.isOver) await slices.next();
    const end = Math.min(start + LOOK, length);
    for (let index = start; index < end; index++) work(index);
  }
}

/** Where the edges of each node begin in a list of all edges by some of their ends. */
async function offsetsOf(
  ends: readonly Int32Array[],
  edges: Int32Array,
  nodes: number,
  slices: Slices,
): Promise<Int32Array<ArrayBuffer>> {
  const offsets = new Int32Array(nodes + 1);
  for (const items of ends) {
    await inSlices(edges.length, slices, (index) => {
      offsets[items[edges[index]!]! + 1]!++;
    });
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!;
  return offsets;
}
