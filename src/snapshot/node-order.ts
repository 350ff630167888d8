import { compareTexts } from '../domain/fold.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import { type Nodes, typeCode } from './nodes.ts';

/** Nodes with the keys that order them. */
export interface KeyedNodes {
  readonly numbers: readonly number[];
  /** Sort keys, beside their numbers. */
  readonly keys: readonly string[];
}

/** Characters from which on JavaScript's order, by UTF-16 units, is not that of the engines, by code points. */
const BEYOND = /[\uD800-\uFFFF]/;

/** Compares indices of keys by their keys. */
function comparing(keys: readonly string[]): (a: number, b: number) => number {
  const compare = keys.some((key) => BEYOND.test(key)) ? compareTexts : (a: string, b: string) => (a < b ? -1 : 1);
  return (a, b) => compare(keys[a]!, keys[b]!);
}

/** All existing nodes in the order of their sort keys, and their ranks. */
export class NodeOrder {
  readonly #nodes: Nodes;
  #all = new Int32Array(0);
  readonly #byType = new Map<NodeType, Int32Array>();

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
  }

  /** The nodes of one type, in order. */
  ofType(type: NodeType): Int32Array {
    const known = this.#byType.get(type);
    if (known) return known;
    const code = typeCode(type);
    const types = this.#nodes.type.items;
    const found = this.#all.filter((number) => types[number] === code);
    this.#byType.set(type, found);
    return found;
  }

  get all(): Int32Array {
    return this.#all;
  }

  /** Puts all nodes in order, in place of those before, in slices. */
  async reset({ numbers, keys }: KeyedNodes, slices: Slices): Promise<void> {
    const indices = await slices.sorted(Array.from(keys.keys()), comparing(keys));
    this.#all = Int32Array.from(indices, (index) => numbers[index]!);
    this.#byType.clear();
    this.#number();
  }

  /** Takes nodes out of the order, and puts those of them that still exist where their keys say. */
  replace(changed: ReadonlySet<number>, { numbers, keys }: KeyedNodes): void {
    const staying = this.#all.filter((number) => !changed.has(number));
    const indices = Array.from(keys.keys()).sort(comparing(keys));
    const coming = indices.map((index) => numbers[index]!);
    const merged = new Int32Array(staying.length + coming.length);
    let [from, to] = [0, 0];
    for (const number of coming) {
      const before = this.#placeIn(staying, number, from);
      merged.set(staying.subarray(from, before), to);
      to += before - from;
      from = before;
      merged[to++] = number;
    }
    merged.set(staying.subarray(from), to);
    this.#all = merged;
    this.#byType.clear();
    this.#rankAmong(new Set(coming));
  }

  /** How many of the nodes in order, from an index on, come before one. */
  #placeIn(order: Int32Array, number: number, from: number): number {
    let [low, high] = [from, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nodes.compareKeys(order[middle]!, number) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Gives the nodes that came ranks between those of their neighbours. */
  #rankAmong(coming: ReadonlySet<number>): void {
    if (coming.size === 0) return;
    const ranks = this.#nodes.rank.items;
    let previous = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.#all.length; index++) {
      const number = this.#all[index]!;
      if (!coming.has(number)) {
        previous = ranks[number]!;
        continue;
      }
      let end = index + 1;
      while (end < this.#all.length && coming.has(this.#all[end]!)) end++;
      const isLast = end === this.#all.length;
      const next = isLast ? Number.POSITIVE_INFINITY : ranks[this.#all[end]!]!;
      const low = previous > Number.NEGATIVE_INFINITY ? previous : isLast ? 0 : next - 1;
      const high = isLast ? low + 1 : next;
      const step = (high - low) / (end - index + 1);
      for (let turn = index; turn < end; turn++) {
        const rank = low + step * (turn - index + 1);
        // Doubles have run out between these two: number all of them anew, in the order that they have.
        if (!(rank > previous && rank < next)) {
          this.#number();
          return;
        }
        ranks[this.#all[turn]!] = rank;
        previous = rank;
      }
      index = end - 1;
    }
  }

  #number(): void {
    const ranks = this.#nodes.rank.items;
    for (let index = 0; index < this.#all.length; index++) ranks[this.#all[index]!] = index;
  }
}
