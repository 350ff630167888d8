/** A stream of numbers that is the same on every machine for the same seed (sfc32). */
export class Random {
  #a: number;
  #b: number;
  #c = 0x9e3779b9;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = (seed * 0x85ebca6b) | 0;
    for (let turn = 0; turn < 20; turn++) this.number();
  }

  /** Writes what the next numbers depend on, as four numbers from an index on. */
  save(states: Int32Array, at: number): void {
    states[at] = this.#a;
    states[at + 1] = this.#b;
    states[at + 2] = this.#c;
    states[at + 3] = this.#counter;
  }

  /** Goes on as after `save`. */
  restore(states: Int32Array, at: number): void {
    this.#a = states[at]!;
    this.#b = states[at + 1]!;
    this.#c = states[at + 2]!;
    this.#counter = states[at + 3]!;
  }

  /** From 0 up to, but never, 1. */
  number(): number {
    const mixed = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + mixed;
    return (mixed >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, but never, `bound`. */
  below(bound: number): number {
    return Math.floor(this.number() * bound);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(share: number): boolean {
    return this.number() < share;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** Some of the items, each at most once, in random order; all of them where there are no more. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const pool = [...items];
    const taken = Math.min(count, pool.length);
    for (let place = 0; place < taken; place++) {
      const other = place + this.below(pool.length - place);
      [pool[place], pool[other]] = [pool[other]!, pool[place]!];
    }
    return pool.slice(0, taken);
  }
}

/** Draws places of a list by their weights. */
export class Weighted {
  readonly #sums: Float64Array;

  constructor(weights: ArrayLike<number>) {
    let sum = 0;
    this.#sums = Float64Array.from(weights, (weight) => (sum += weight));
  }

  draw(random: Random): number {
    const target = random.number() * this.#sums.at(-1)!;
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Weights by which few are drawn often and most seldom: those of a power law, in random order. */
export function powerLaw(random: Random, count: number, exponent: number, offset: number): number[] {
  return random.some(
    Array.from({ length: count }, (_, rank) => (rank + offset) ** -exponent),
    count,
  );
}
