/** Postings of some words, one after the other. */
export type Postings = ArrayLike<number>;

/** Words in order with the postings of each. */
export interface PackedArrays {
  readonly units: Uint8Array | Uint16Array;
  /** Where the units, and the postings, of each word begin, and where those of the last one end. */
  readonly unitStarts: Int32Array;
  readonly postings: Int32Array;
  readonly postingStarts: Int32Array;
}

/** Code units up to here are one byte. */
const LAST_LATIN = 0xff;

/** Whether each code unit of a word is one byte. */
export function isLatin(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) > LAST_LATIN) return false;
  return true;
}

/** Writes words, in their order, into arrays that are exactly as long as they have to be. */
export class PackedWriter {
  readonly arrays: PackedArrays;
  #words = 0;

  constructor(sizes: {
    readonly words: number;
    readonly units: number;
    readonly postings: number;
    readonly isLatin: boolean;
  }) {
    this.arrays = {
      units: new (sizes.isLatin ? Uint8Array : Uint16Array)(sizes.units),
      unitStarts: new Int32Array(sizes.words + 1),
      postings: new Int32Array(sizes.postings),
      postingStarts: new Int32Array(sizes.words + 1),
    };
  }

  word(word: string, postings: Postings): void {
    const { arrays } = this;
    const [unit, posting] = this.#ends;
    for (let at = 0; at < word.length; at++) arrays.units[unit + at] = word.charCodeAt(at);
    arrays.postings.set(postings, posting);
    this.#words++;
    arrays.unitStarts[this.#words] = unit + word.length;
    arrays.postingStarts[this.#words] = posting + postings.length;
  }

  /** Words that stand together in other arrays. */
  run(of: PackedArrays, from: number, to: number): void {
    const { arrays } = this;
    const [unit, posting] = this.#ends;
    const [unitShift, postingShift] = [unit - of.unitStarts[from]!, posting - of.postingStarts[from]!];
    arrays.units.set(of.units.subarray(of.unitStarts[from]!, of.unitStarts[to]!), unit);
    arrays.postings.set(of.postings.subarray(of.postingStarts[from]!, of.postingStarts[to]!), posting);
    for (let index = from; index < to; index++) {
      this.#words++;
      arrays.unitStarts[this.#words] = of.unitStarts[index + 1]! + unitShift;
      arrays.postingStarts[this.#words] = of.postingStarts[index + 1]! + postingShift;
    }
  }

  /** Where the next word's units and postings begin. */
  get #ends(): [unit: number, posting: number] {
    return [this.arrays.unitStarts[this.#words]!, this.arrays.postingStarts[this.#words]!];
  }
}
