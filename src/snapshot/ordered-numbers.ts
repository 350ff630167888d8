/** Numbers that may come before memory has to grow. */
const SPARE = 64;

/** Numbers in an order that the caller knows, as an array into which single ones are put and from which they are taken. */
export class OrderedNumbers {
  #items: Int32Array;
  #all: Int32Array;

  /** Takes an array for its own. */
  constructor(items: Int32Array) {
    this.#items = items;
    this.#all = items;
  }

  /** All of them; to be read before the next change. */
  get all(): Int32Array {
    return this.#all;
  }

  insert(index: number, number: number): void {
    const { length } = this.#all;
    if (length === this.#items.length) {
      const larger = new Int32Array(length + (length >> 4) + SPARE);
      larger.set(this.#all);
      this.#items = larger;
    }
    this.#items.copyWithin(index + 1, index, length);
    this.#items[index] = number;
    this.#all = this.#items.subarray(0, length + 1);
  }

  removeAt(index: number): void {
    this.#items.copyWithin(index, index + 1, this.#all.length);
    this.#all = this.#items.subarray(0, this.#all.length - 1);
  }
}
