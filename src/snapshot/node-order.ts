import { compareTexts } from '../domain/fold.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import { type Nodes, typeCode } from './nodes.ts';
import type { PartsOf } from './parts.ts';

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

/** All existing nodes in the order of their sort keys, and their positions. */
export class NodeOrder {
  readonly #nodes: Nodes;
  #all: Int32Array = new Int32Array(0);
  readonly #byTypes = new Map<string, Int32Array>();

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
  }

  /** The nodes of some types, in order. */
  ofTypes(types: readonly NodeType[]): Int32Array {
    const key = types.join();
    const known = this.#byTypes.get(key);
    if (known) return known;
    const codes = new Set(types.map(typeCode));
    const codeOf = this.#nodes.type.items;
    const found = this.#all.filter((number) => codes.has(codeOf[number]!));
    this.#byTypes.set(key, found);
    return found;
  }

  /** How many of some nodes in order come before a sort key. */
  before(order: Int32Array, key: string): number {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareTexts(this.#nodes.sortKey(order[middle]!), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get all(): Int32Array {
    return this.#all;
  }

  save(parts: PartsOf): void {
    parts.set('order', this.#all);
  }

  /** Takes the order that was saved; the positions are those of the nodes. */
  restore(parts: PartsOf): void {
    this.#all = parts.get('order');
    this.#byTypes.clear();
  }

  /** Puts all nodes in order, in place of those before, in slices. */
  async reset({ numbers, keys }: KeyedNodes, slices: Slices): Promise<void> {
    const indices = await slices.sorted(Array.from(keys.keys()), comparing(keys));
    this.#all = Int32Array.from(indices, (index) => numbers[index]!);
    this.#byTypes.clear();
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
      const before = from + this.before(staying.subarray(from), this.#nodes.sortKey(number));
      merged.set(staying.subarray(from, before), to);
      to += before - from;
      from = before;
      merged[to++] = number;
    }
    merged.set(staying.subarray(from), to);
    this.#all = merged;
    this.#byTypes.clear();
    this.#placeAmong(new Set(coming));
  }

  /** Gives the nodes that came positions between those of their neighbours. */
  #placeAmong(coming: ReadonlySet<number>): void {
    if (coming.size === 0) return;
    const positions = this.#nodes.position.items;
    let previous = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.#all.length; index++) {
      const number = this.#all[index]!;
      if (!coming.has(number)) {
        previous = positions[number]!;
        continue;
      }
      let end = index + 1;
      while (end < this.#all.length && coming.has(this.#all[end]!)) end++;
      const isLast = end === this.#all.length;
      const next = isLast ? Number.POSITIVE_INFINITY : positions[this.#all[end]!]!;
      const low = previous > Number.NEGATIVE_INFINITY ? previous : isLast ? 0 : next - 1;
      const high = isLast ? low + 1 : next;
      const step = (high - low) / (end - index + 1);
      for (let turn = index; turn < end; turn++) {
        const position = low + step * (turn - index + 1);
        // Doubles have run out between these two: number all of them again, in the order that they have.
        if (!(position > previous && position < next)) {
          this.#number();
          return;
        }
        positions[this.#all[turn]!] = position;
        previous = position;
      }
      index = end - 1;
    }
  }

  #number(): void {
    const positions = this.#nodes.position.items;
    for (let index = 0; index < this.#all.length; index++) positions[this.#all[index]!] = index;
  }
}
