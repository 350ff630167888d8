import { compareTexts } from '../domain/fold.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import { type Nodes, typeCode } from './nodes.ts';
import { OrderedNumbers } from './ordered-numbers.ts';
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

/** Up to so many nodes are moved one by one; of more, the order is merged again. */
const FEW = 32;

/** All existing nodes in the order of their sort keys, and their positions. */
export class NodeOrder {
  readonly #nodes: Nodes;
  #all = new OrderedNumbers(new Int32Array(0));
  /** The nodes of some types, in the same order, by the names of the types. */
  readonly #byTypes = new Map<string, { readonly codes: ReadonlySet<number>; readonly numbers: OrderedNumbers }>();

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
  }

  /** The nodes of some types, in order. To be read before the next change. */
  ofTypes(types: readonly NodeType[]): Int32Array {
    const key = types.join();
    const known = this.#byTypes.get(key);
    if (known) return known.numbers.all;
    const codes = new Set(types.map(typeCode));
    const codeOf = this.#nodes.type.items;
    const numbers = new OrderedNumbers(this.all.filter((number) => codes.has(codeOf[number]!)));
    this.#byTypes.set(key, { codes, numbers });
    return numbers.all;
  }

  /** How many of some nodes in order come before a sort key. */
  before(order: Int32Array, key: string): number {
    const bytes = Buffer.from(key);
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nodes.compareSortKey(order[middle]!, bytes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** All nodes, in order. To be read before the next change. */
  get all(): Int32Array {
    return this.#all.all;
  }

  save(parts: PartsOf): void {
    parts.set('order', this.all);
  }

  /** Takes the order that was saved; the positions are those of the nodes. */
  restore(parts: PartsOf): void {
    this.#take(parts.get('order'));
  }

  /** Puts all nodes in order, in place of those before, in slices. */
  async reset({ numbers, keys }: KeyedNodes, slices: Slices): Promise<void> {
    const indices = await slices.sorted(Array.from(keys.keys()), comparing(keys));
    this.#take(Int32Array.from(indices, (index) => numbers[index]!));
    this.#number();
  }

  /** Takes nodes out of the order, and puts those of them that still exist where their keys say. */
  replace(changed: ReadonlySet<number>, { numbers, keys }: KeyedNodes): void {
    const indices = Array.from(keys.keys()).sort(comparing(keys));
    const coming = indices.map((index) => numbers[index]!);
    if (changed.size > FEW) {
      this.#merge(changed, coming);
      return;
    }
    for (const number of changed) this.#remove(number);
    for (const number of coming) this.#insert(number);
  }

  /** Takes a node out of all lists, where it has been in them. */
  #remove(number: number): void {
    for (const list of [this.#all, ...this.#byTypes.values().map(({ numbers }) => numbers)]) {
      const index = this.#beforePosition(list.all, number);
      if (list.all[index] === number) list.removeAt(index);
    }
  }

  /** Puts a node into the lists that it belongs to, and gives it a position between those of its neighbours. */
  #insert(number: number): void {
    const index = this.before(this.all, this.#nodes.sortKey(number));
    const positions = this.#nodes.position.items;
    const before = index === 0 ? null : positions[this.all[index - 1]!]!;
    const after = index === this.all.length ? null : positions[this.all[index]!]!;
    const low = before ?? (after ?? 1) - 1;
    const high = after ?? low + 2;
    positions[number] = before === null ? low : low + (high - low) / 2;
    this.#all.insert(index, number);
    // Doubles have run out between the two: number all of them again, in the order that they have.
    if (positions[number] === before || positions[number] === after) this.#number();
    const code = this.#nodes.type.items[number]!;
    for (const { codes, numbers } of this.#byTypes.values()) {
      if (codes.has(code)) numbers.insert(this.#beforePosition(numbers.all, number), number);
    }
  }

  /** How many of some nodes in order stand before the position of a node. */
  #beforePosition(order: Int32Array, number: number): number {
    const positions = this.#nodes.position.items;
    const position = positions[number]!;
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (positions[order[middle]!]! < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The same for many nodes: all lists are made again. */
  #merge(changed: ReadonlySet<number>, coming: readonly number[]): void {
    const staying = this.all.filter((number) => !changed.has(number));
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
    this.#take(merged);
    this.#number();
  }

  #take(order: Int32Array): void {
    this.#all = new OrderedNumbers(order);
    this.#byTypes.clear();
  }

  #number(): void {
    const positions = this.#nodes.position.items;
    for (let index = 0; index < this.all.length; index++) positions[this.all[index]!] = index;
  }
}
