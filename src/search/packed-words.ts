import type { Slices } from '../scheduling/slices.ts';
import { isLatin, type PackedArrays, PackedWriter, type Postings } from './packed-writer.ts';
import { removePosting, type SortedWords } from './sorted-words.ts';
import { WordSearch } from './word-search.ts';

/** Words that are put together between two looks at the clock. */
const WORDS_AT_ONCE = 256;

/** What packed words are made of: words in order, how many postings each has, and these. */
export interface WordSource {
  readonly words: readonly string[];
  readonly countOf: (index: number) => number;
  readonly postingsOf: (index: number) => Postings;
}

/** Words that come or that change, and the index of the words after which they stand. */
interface Edit {
  readonly at: number;
  readonly word: string;
  readonly postings: Postings;
  /** Whether it stands in the place of the word at the index. */
  readonly isInPlace: boolean;
}

/**
 * All words of all documents with their postings, in a few arrays outside of the heap of objects: a million strings with as many
 * lists would take three times the memory, and the garbage collector would go through them. The words stay as they are; postings that
 * come and go since are beside the arrays, until both are put together again.
 */
export class PackedWords extends WordSearch {
  readonly #packed: PackedArrays;
  /** The postings of words of which they have changed, by index. */
  readonly #changed = new Map<number, number[]>();

  private constructor(packed: PackedArrays) {
    super();
    this.#packed = packed;
  }

  /** Packs words, and yields now and then. */
  static *pack({ words, countOf, postingsOf }: WordSource): Generator<void, PackedWords> {
    const sizes = { words: words.length, units: 0, postings: 0, isLatin: true };
    for (const [index, word] of words.entries()) {
      if (index % WORDS_AT_ONCE === WORDS_AT_ONCE - 1) yield;
      sizes.units += word.length;
      sizes.postings += countOf(index);
      sizes.isLatin &&= isLatin(word);
    }
    const writer = new PackedWriter(sizes);
    for (const [index, word] of words.entries()) {
      if (index % WORDS_AT_ONCE === WORDS_AT_ONCE - 1) yield;
      writer.word(word, postingsOf(index));
    }
    return new PackedWords(writer.arrays);
  }

  /** Packs words at once. */
  static of(source: WordSource): PackedWords {
    const steps = PackedWords.pack(source);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  }

  /** Packs words in slices of processor time. */
  static async bySlices(source: WordSource, slices: Slices): Promise<PackedWords> {
    const steps = PackedWords.pack(source);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      if (slices.isOver) await slices.next();
    }
  }

  override get size(): number {
    return this.#packed.unitStarts.length - 1;
  }

  /** How many words have other postings than when they were packed. */
  get changes(): number {
    return this.#changed.size;
  }

  /** Adds a posting to a word; false where the word is not here. */
  add(word: string, posting: number): boolean {
    const postings = this.#postingsToChange(word);
    postings?.push(posting);
    return postings !== null;
  }

  /** Removes a posting from a word; false where the word is not here. */
  remove(word: string, posting: number): boolean {
    const postings = this.#postingsToChange(word);
    if (postings !== null) removePosting(postings, posting);
    return postings !== null;
  }

  /** The postings of a range of words, in a few lists. */
  postingsIn(from: number, to: number): Postings[] {
    const lists: Postings[] = [];
    let next = from;
    for (const index of this.#changedIn(from, to)) {
      lists.push(this.#unchanged(next, index), this.#changed.get(index)!);
      next = index + 1;
    }
    lists.push(this.#unchanged(next, to));
    return lists.filter(({ length }) => length > 0);
  }

  /** These words and others, which have none of them; those without postings are left out. */
  joinedWith(others: SortedWords): PackedWords {
    const edits = this.#editsWith(others);
    const writer = new PackedWriter(this.#sizesAfter(edits));
    let next = 0;
    for (const { at, word, postings, isInPlace } of edits) {
      writer.run(this.#packed, next, at);
      if (postings.length > 0) writer.word(word, postings);
      next = isInPlace ? at + 1 : at;
    }
    writer.run(this.#packed, next, this.size);
    return new PackedWords(writer.arrays);
  }

  /** What has changed and what comes, in order. */
  #editsWith(others: SortedWords): Edit[] {
    const edits: Edit[] = [];
    for (const [at, postings] of this.#changed) edits.push({ at, word: this.wordAt(at), postings, isInPlace: true });
    for (let index = 0; index < others.size; index++) {
      const word = others.wordAt(index);
      edits.push({ at: this.indexOf(word), word, postings: others.postingsAt(index), isInPlace: false });
    }
    return edits.sort((a, b) => (a.word < b.word ? -1 : 1));
  }

  #sizesAfter(edits: readonly Edit[]): ConstructorParameters<typeof PackedWriter>[0] {
    const { units, postings } = this.#packed;
    const after = {
      words: this.size,
      units: units.length,
      postings: postings.length,
      isLatin: units instanceof Uint8Array,
    };
    for (const { at, word, postings, isInPlace } of edits) {
      const comes = Number(postings.length > 0) - Number(isInPlace);
      after.words += comes;
      after.units += comes * word.length;
      after.postings += postings.length - (isInPlace ? this.#unchanged(at, at + 1).length : 0);
      after.isLatin &&= isLatin(word);
    }
    return after;
  }

  /** The words of a range of which postings have changed, in order. */
  #changedIn(from: number, to: number): number[] {
    if (this.#changed.size === 0) return [];
    if (to - from > this.#changed.size) {
      return [...this.#changed.keys()].filter((index) => index >= from && index < to).sort((a, b) => a - b);
    }
    const found: number[] = [];
    for (let index = from; index < to; index++) if (this.#changed.has(index)) found.push(index);
    return found;
  }

  protected override wordAt(index: number): string {
    const { units, unitStarts } = this.#packed;
    return String.fromCharCode(...units.subarray(unitStarts[index]!, unitStarts[index + 1]!));
  }

  protected override unitAt(index: number, offset: number): number {
    const { units, unitStarts } = this.#packed;
    const at = unitStarts[index]! + offset;
    return at < unitStarts[index + 1]! ? units[at]! : Number.NaN;
  }

  protected override lengthAt(index: number): number {
    const { unitStarts } = this.#packed;
    return unitStarts[index + 1]! - unitStarts[index]!;
  }

  #unchanged(from: number, to: number): Int32Array {
    const { postings, postingStarts } = this.#packed;
    return postings.subarray(postingStarts[from]!, postingStarts[to]!);
  }

  #postingsToChange(word: string): number[] | null {
    const index = this.indexOf(word);
    if (!this.isAt(index, word)) return null;
    const known = this.#changed.get(index);
    if (known) return known;
    const postings = [...this.#unchanged(index, index + 1)];
    this.#changed.set(index, postings);
    return postings;
  }
}
