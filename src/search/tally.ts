import type { Place } from './words.ts';

/** Lists of postings that answer one word of a query in one way, and what that is worth by place. */
export interface FoundWords {
  readonly postings: readonly (readonly number[])[];
  readonly qualities: readonly number[];
}

/** A word of a query and everything that answers it. */
export interface SoughtWord {
  readonly weight: number;
  readonly required: boolean;
  readonly found: readonly FoundWords[];
  /** Number of postings to read for it. */
  readonly size: number;
}

/** A posting's low bits are the place of the word in the document, the others the document's slot. */
const PLACE_BITS = 2;
const PLACE_MASK = 3;

/** The posting of a word for the document in a slot. */
export function postingOf(slot: number, place: Place): number {
  return (slot << PLACE_BITS) | place;
}

/** The stage of a document that has its place in the list and must not be found again at a lower level. */
const PLACED = 255;

/**
 * Adds up what the words of a query find, slot by slot, in arrays that are allocated once and left clean. After `all` or
 * `some`, `slots` up to `count` are the documents found, and `sums`, `requiredFound` and `wordsFound` tell of each.
 */
export class Tally {
  slots = new Int32Array(0);
  count = 0;
  /** By slot: weight × quality over the words found. */
  sums = new Int32Array(0);
  /** By slot. */
  requiredFound = new Uint8Array(0);
  /** By slot, required words or not. */
  wordsFound = new Uint8Array(0);

  /** By slot: how many words in turn were found. */
  #stages = new Uint8Array(0);
  /** By slot: the best quality of the word at hand. */
  #best = new Int32Array(0);
  /** The slots in which the word at hand was found. */
  #touched = new Int32Array(0);
  #touchedCount = 0;
  #placed = new Int32Array(0);
  #placedCount = 0;

  /** Makes room for so many slots; between queries only. */
  reserve(slots: number): void {
    this.slots = new Int32Array(slots);
    this.sums = new Int32Array(slots);
    this.requiredFound = new Uint8Array(slots);
    this.wordsFound = new Uint8Array(slots);
    this.#stages = new Uint8Array(slots);
    this.#best = new Int32Array(slots);
    this.#touched = new Int32Array(slots);
    this.#placed = new Int32Array(slots);
  }

  /** Finds the documents that are admitted, have no place yet, and hold every required word; rarest words first. */
  all(words: readonly SoughtWord[], admits: (slot: number) => boolean): void {
    this.#clear();
    const required = words.filter((word) => word.required).toSorted((a, b) => a.size - b.size);
    for (const [stage, word] of required.entries()) {
      this.#touch(word, stage);
      if (stage === 0) this.#keepAdmitted(admits);
      this.#addUp(word);
      this.#keepTouched(stage + 1);
      if (this.count === 0) return;
    }
    this.#addOptional(words, required.length);
  }

  /** Finds the documents that are admitted and hold at least one required word, when none has a place yet. */
  some(words: readonly SoughtWord[], admits: (slot: number) => boolean): void {
    this.#clear();
    for (const word of words.filter((word) => word.required)) {
      this.#touch(word, 0);
      this.#keepAdmitted(admits);
      for (let i = 0; i < this.#touchedCount; i++) {
        const slot = this.#touched[i]!;
        if (this.wordsFound[slot] === 0) this.slots[this.count++] = slot;
      }
      this.#addUp(word);
    }
    for (let i = 0; i < this.count; i++) this.#stages[this.slots[i]!] = 1;
    this.#addOptional(words, 1);
  }

  /** Whether a document has a place already. */
  isPlaced(slot: number): boolean {
    return this.#stages[slot] === PLACED;
  }

  /** Gives a document that was not found by `all` or `some` its place. */
  place(slot: number): void {
    this.#stages[slot] = PLACED;
    this.#placed[this.#placedCount++] = slot;
  }

  /** Gives the documents found their places: what comes next does not find them again. */
  placeFound(): void {
    const { count } = this;
    this.#clear();
    for (let i = 0; i < count; i++) this.place(this.slots[i]!);
  }

  /** Forgets what was found and placed, for the next query. */
  reset(): void {
    this.#clear();
    for (let i = 0; i < this.#placedCount; i++) this.#stages[this.#placed[i]!] = 0;
    this.#placedCount = 0;
  }

  #addOptional(words: readonly SoughtWord[], stage: number): void {
    for (const word of words) {
      if (word.required) continue;
      this.#touch(word, stage);
      this.#addUp(word);
    }
  }

  /** Notes the best quality of a word in each document at a stage. */
  #touch(word: SoughtWord, stage: number): void {
    const stages = this.#stages;
    const best = this.#best;
    const touched = this.#touched;
    let count = 0;
    for (const { postings: lists, qualities } of word.found) {
      for (const postings of lists) {
        for (let i = 0; i < postings.length; i++) {
          const posting = postings[i]!;
          const slot = posting >> PLACE_BITS;
          if (stages[slot] !== stage) continue;
          const quality = qualities[posting & PLACE_MASK]!;
          const known = best[slot]!;
          if (known === 0) touched[count++] = slot;
          if (quality > known) best[slot] = quality;
        }
      }
    }
    this.#touchedCount = count;
  }

  #keepAdmitted(admits: (slot: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.#touchedCount; i++) {
      const slot = this.#touched[i]!;
      if (admits(slot)) this.#touched[kept++] = slot;
      else this.#best[slot] = 0;
    }
    this.#touchedCount = kept;
  }

  #addUp(word: SoughtWord): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      const slot = this.#touched[i]!;
      this.sums[slot]! += word.weight * this.#best[slot]!;
      this.wordsFound[slot]!++;
      if (word.required) this.requiredFound[slot]!++;
      this.#best[slot] = 0;
    }
  }

  /** The documents touched go on to the next stage; those that were found before and not touched drop out. */
  #keepTouched(stage: number): void {
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
