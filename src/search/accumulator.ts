import type { WordPosition } from './words.ts';

/** Postings that match a word of a query in one way, and the quality of such a match by position of the word. */
export interface WordMatches {
  readonly postings: readonly ArrayLike<number>[];
  readonly qualities: readonly number[];
}

/** A word of a query with its matches. */
export interface SearchedWord {
  readonly weight: number;
  readonly required: boolean;
  readonly matches: readonly WordMatches[];
  /** Number of postings to read. */
  readonly size: number;
}

/** The low bits of a posting are the position of the word in the document, the others the slot of the document. */
const POSITION_BITS = 2;
const POSITION_MASK = 3;

/** The posting of a word for the document in a slot. */
export function postingOf(slot: number, position: WordPosition): number {
  return (slot << POSITION_BITS) | position;
}

/** The stage of a document that is ranked, and must not be found again at a lower level. */
const RANKED = 255;

/**
 * Accumulates the matches of the words of a query by slot, in arrays that are allocated once and reset after each
 * query. After `all` or `some`, the first `count` of `slots` are the documents found; `sums`, `requiredFound` and
 * `wordsFound` describe each.
 */
export class ScoreAccumulator {
  slots = new Int32Array(0);
  count = 0;
  /** By slot: weight × quality over the words found. */
  sums = new Int32Array(0);
  /** By slot. */
  requiredFound = new Uint8Array(0);
  /** By slot, required words or not. */
  wordsFound = new Uint8Array(0);

  /** By slot: the number of words found one after the other. */
  #stages = new Uint8Array(0);
  /** By slot: the best quality of the current word. */
  #best = new Int32Array(0);
  /** The slots in which the current word was found. */
  #touched = new Int32Array(0);
  #touchedCount = 0;
  #ranked = new Int32Array(0);
  #rankedCount = 0;

  /** Allocates a number of slots. Only between queries. */
  reserve(slots: number): void {
    this.slots = new Int32Array(slots);
    this.sums = new Int32Array(slots);
    this.requiredFound = new Uint8Array(slots);
    this.wordsFound = new Uint8Array(slots);
    this.#stages = new Uint8Array(slots);
    this.#best = new Int32Array(slots);
    this.#touched = new Int32Array(slots);
    this.#ranked = new Int32Array(slots);
  }

  /** Finds the admitted documents that are not ranked yet and have every required word; rarest words first. */
  all(words: readonly SearchedWord[], admits: (slot: number) => boolean): void {
    this.#clear();
    const required = words.filter((word) => word.required).toSorted((a, b) => a.size - b.size);
    for (const [stage, word] of required.entries()) {
      this.#touch(word, stage);
      if (stage === 0) this.#filterAdmitted(admits);
      this.#addUp(word);
      this.#filterTouched(stage + 1);
      if (this.count === 0) return;
    }
    this.#addOptional(words, required.length);
  }

  /** Finds the admitted documents that have at least one required word. Only while no document is ranked. */
  some(words: readonly SearchedWord[], admits: (slot: number) => boolean): void {
    this.#clear();
    for (const word of words.filter((word) => word.required)) {
      this.#touch(word, 0);
      this.#filterAdmitted(admits);
      for (let i = 0; i < this.#touchedCount; i++) {
        const slot = this.#touched[i]!;
        if (this.wordsFound[slot] === 0) this.slots[this.count++] = slot;
      }
      this.#addUp(word);
    }
    for (let i = 0; i < this.count; i++) this.#stages[this.slots[i]!] = 1;
    this.#addOptional(words, 1);
  }

  /** Whether a document is ranked already. */
  isRanked(slot: number): boolean {
    return this.#stages[slot] === RANKED;
  }

  /** Marks a document that `all` and `some` did not find as ranked. */
  markRanked(slot: number): void {
    this.#stages[slot] = RANKED;
    this.#ranked[this.#rankedCount++] = slot;
  }

  /** Marks the documents found as ranked, so that later steps do not find them again. */
  markFoundRanked(): void {
    const { count } = this;
    this.#clear();
    for (let i = 0; i < count; i++) this.markRanked(this.slots[i]!);
  }

  /** Resets everything for the next query. */
  reset(): void {
    this.#clear();
    for (let i = 0; i < this.#rankedCount; i++) this.#stages[this.#ranked[i]!] = 0;
    this.#rankedCount = 0;
  }

  #addOptional(words: readonly SearchedWord[], stage: number): void {
    for (const word of words) {
      if (word.required) continue;
      this.#touch(word, stage);
      this.#addUp(word);
    }
  }

  /** Notes the best quality of a word in each document at a stage. */
  #touch(word: SearchedWord, stage: number): void {
    const stages = this.#stages;
    const best = this.#best;
    const touched = this.#touched;
    let count = 0;
    for (const { postings: lists, qualities } of word.matches) {
      for (const postings of lists) {
        for (let i = 0; i < postings.length; i++) {
          const posting = postings[i]!;
          const slot = posting >> POSITION_BITS;
          if (stages[slot] !== stage) continue;
          const quality = qualities[posting & POSITION_MASK]!;
          const known = best[slot]!;
          if (known === 0) touched[count++] = slot;
          if (quality > known) best[slot] = quality;
        }
      }
    }
    this.#touchedCount = count;
  }

  #filterAdmitted(admits: (slot: number) => boolean): void {
    let count = 0;
    for (let i = 0; i < this.#touchedCount; i++) {
      const slot = this.#touched[i]!;
      if (admits(slot)) this.#touched[count++] = slot;
      else this.#best[slot] = 0;
    }
    this.#touchedCount = count;
  }

  #addUp(word: SearchedWord): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      const slot = this.#touched[i]!;
      this.sums[slot]! += word.weight * this.#best[slot]!;
      this.wordsFound[slot]!++;
      if (word.required) this.requiredFound[slot]!++;
      this.#best[slot] = 0;
    }
  }

  /** Moves the touched documents to the next stage, and drops those found before that were not touched. */
  #filterTouched(stage: number): void {
    for (let i = 0; i < this.#touchedCount; i++) this.#stages[this.#touched[i]!] = stage;
    for (let i = 0; i < this.count; i++) {
      const slot = this.slots[i]!;
      if (this.#stages[slot] !== stage) this.#forget(slot);
    }
    const before = this.slots;
    this.slots = this.#touched;
    this.count = this.#touchedCount;
    this.#touched = before;
  }

  #clear(): void {
    for (let i = 0; i < this.count; i++) this.#forget(this.slots[i]!);
    this.count = 0;
  }

  #forget(slot: number): void {
    this.#stages[slot] = 0;
    this.sums[slot] = 0;
    this.requiredFound[slot] = 0;
    this.wordsFound[slot] = 0;
  }
}
