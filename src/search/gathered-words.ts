import type { Slices } from '../scheduling/slices.ts';
import { PackedWords, type WordSource } from './packed-words.ts';
import { standalone } from './word-search.ts';

/** Postings for which memory is allocated at first. */
const FIRST_CAPACITY = 4096;
const NONE = -1;

/**
 * Words with their postings as a load reads them, in no order. Postings are chained in two arrays of numbers: growing
 * lists, one for each word, would produce garbage of several times the size of the index.
 */
export class GatheredWords {
  /** By word: the index of its last posting. */
  readonly #last = new Map<string, number>();
  #postings = new Int32Array(FIRST_CAPACITY);
  /** For each posting: the index of the previous one of the same word. */
  #before = new Int32Array(FIRST_CAPACITY);
  #count = 0;

  add(word: string, posting: number): void {
    if (this.#count === this.#postings.length) this.#grow();
    const last = this.#last.get(word);
    this.#postings[this.#count] = posting;
    this.#before[this.#count] = last ?? NONE;
    this.#last.set(last === undefined ? standalone(word) : word, this.#count++);
  }

  /** All words with their postings, packed. */
  packed(): PackedWords {
    return PackedWords.of(this.#sourceOf([...this.#last.keys()].sort()));
  }

  /** The same, in slices of processor time. */
  async packedBySlices(slices: Slices): Promise<PackedWords> {
    const words = await slices.sorted([...this.#last.keys()], (a, b) => (a < b ? -1 : 1));
    return PackedWords.bySlices(this.#sourceOf(words), slices);
  }

  /** The postings of a word in the order in which they were added: a new list of exactly that size. */
  postingsOf(word: string): number[] {
    let count = this.#countOf(word);
    const found = new Array<number>(count);
    for (let at = this.#last.get(word) ?? NONE; at !== NONE; at = this.#before[at]!)
      found[--count] = this.#postings[at]!;
    return found;
  }

  #sourceOf(words: readonly string[]): WordSource {
    return {
      words,
      countOf: (index) => this.#countOf(words[index]!),
      postingsOf: (index) => this.postingsOf(words[index]!),
    };
  }

  #countOf(word: string): number {
    let count = 0;
    for (let at = this.#last.get(word) ?? NONE; at !== NONE; at = this.#before[at]!) count++;
    return count;
  }

  #grow(): void {
    const [postings, before] = [this.#postings, this.#before];
    this.#postings = new Int32Array(2 * postings.length);
    this.#before = new Int32Array(2 * before.length);
    this.#postings.set(postings);
    this.#before.set(before);
  }
}
