/** Distinct pairs of numbers below `count`, in the order in which they were added, outside of the heap of objects. */
export class Pairs {
  readonly #count: number;
  readonly #keys: Float64Array<ArrayBuffer>;
  /** By hash: one more than the index of a key, 0 where there is none. At most half of it is taken. */
  readonly #index: Int32Array;
  size = 0;

  constructor(count: number, capacity: number) {
    this.#count = count;
    this.#keys = new Float64Array(capacity);
    this.#index = new Int32Array(2 ** Math.ceil(Math.log2(2 * capacity)));
  }

  /** Adds a pair, whichever of the two is named first; false where it is there already. */
  add(one: number, other: number): boolean {
    const key = this.#keyOf(one, other);
    const at = this.#find(key);
    if (this.#index[at] !== 0) return false;
    this.#keys[this.size++] = key;
    this.#index[at] = this.size;
    return true;
  }

  has(one: number, other: number): boolean {
    return this.#index[this.#find(this.#keyOf(one, other))] !== 0;
  }

  /** The pairs: the smaller number of each times `count`, plus the larger. The caller may change them. */
  get keys(): Float64Array<ArrayBuffer> {
    return this.#keys.subarray(0, this.size);
  }

  #keyOf(one: number, other: number): number {
    return Math.min(one, other) * this.#count + Math.max(one, other);
  }

  /** Where a key is in the index, or would be. */
  #find(key: number): number {
    const mask = this.#index.length - 1;
    let at = hash(key) & mask;
    while (this.#index[at] !== 0 && this.#keys[this.#index[at]! - 1] !== key) at = (at + 1) & mask;
    return at;
  }
}

/** Mixes the bits of a whole number up to 2^53 (the finalizer of MurmurHash3 over both halves). */
function hash(key: number): number {
  let mixed = Math.imul(key | 0, 0x85ebca6b) ^ Math.imul((key / 2 ** 32) | 0, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
