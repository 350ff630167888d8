import { type SettledWords, standalone } from './gathered-words.ts';
import { digitsOf } from './typos.ts';

/** Ranges of places in the word list, each as its first place and the place after its last: [from, to, from, to …]. */
export type Ranges = readonly number[];

/**
 * All words, or other texts, of all documents in order of code units, each with its postings: whole numbers that say who has it and
 * where. Words that begin alike stand together, so that a prefix is a range and the list can be walked like a trie.
 */
export class SortedWords {
  readonly #words: string[];
  readonly #postings: number[][];

  /** Takes words that are in order, and makes them its own. */
  constructor({ words, postings }: SettledWords = { words: [], postings: [] }) {
    this.#words = words;
    this.#postings = postings;
  }

  get size(): number {
    return this.#words.length;
  }

  /** Adds a posting to a word, and the word when it is new. */
  add(word: string, posting: number): void {
    const at = this.#placeOf(word);
    if (this.#words[at] === word) {
      this.#postings[at]!.push(posting);
    } else {
      this.#words.splice(at, 0, standalone(word));
      this.#postings.splice(at, 0, [posting]);
    }
  }

  /** Removes a posting from a word, and the word with its last posting. */
  remove(word: string, posting: number): void {
    const at = this.#placeOf(word);
    const postings = this.#words[at] === word ? this.#postings[at]! : [];
    if (!removePosting(postings, posting) || postings.length > 0) return;
    this.#words.splice(at, 1);
    this.#postings.splice(at, 1);
  }

  /** The words of two lists that have none in common; those without postings are left out. */
  static joined(one: SortedWords, other: SortedWords): SortedWords {
    const joined = new SortedWords();
    const take = (from: SortedWords, place: number): void => {
      if (from.#postings[place]!.length === 0) return;
      joined.#words.push(from.#words[place]!);
      joined.#postings.push(from.#postings[place]!);
    };
    let next = 0;
    for (let place = 0; place < one.size; place++) {
      while (next < other.size && other.#words[next]! < one.#words[place]!) take(other, next++);
      take(one, place);
    }
    while (next < other.size) take(other, next++);
    return joined;
  }

  /** The postings of a word, to be changed by whoever may; null when it is not in the list. */
  postingsOf(word: string): number[] | null {
    const at = this.#placeOf(word);
    return this.#words[at] === word ? this.#postings[at]! : null;
  }

  /** The postings of the word at a place. */
  postingsAt(place: number): readonly number[] {
    return this.#postings[place]!;
  }

  /** The range of a word itself: one place or none. */
  exactly(word: string): Ranges {
    const at = this.#placeOf(word);
    return this.#words[at] === word ? [at, at + 1] : [];
  }

  /** The range of the words that begin with a text, the text itself included. */
  beginningWith(text: string): Ranges {
    const ranges: Answering[] = [];
    this.#collect(ranges, 0, this.#words.length, text, 0, 0, 'beginning');
    return ranges.flatMap(({ from, to }) => [from, to]);
  }

  /** The words one typing error away from a text: see isOneTypoAway. Ranges may overlap. */
  oneTypoFrom(text: string): Ranges {
    return this.#walk(text, 'whole');
  }

  /** The words with a beginning one typing error away from a text: see beginsOneTypoAway. Ranges may overlap. */
  beginningOneTypoFrom(text: string): Ranges {
    return this.#walk(text, 'beginning');
  }

  /**
   * Follows the text letter by letter down the list, as in a trie. At each letter the error may lie: every other letter
   * that stands there opens a branch, in which the rest must follow as if the text's letter were wrong, missing, one too
   * many or swapped with the next. Branches are narrow, and most close at their next letter.
   */
  #walk(text: string, end: End): number[] {
    const ranges = this.#mistyped(text, end);
    const digits = digitsOf(text);
    // A range is of words that are alike as far as they answer the text.
    return ranges.flatMap(({ from, to, length }) =>
      digitsOf(this.#words[from]!.slice(0, length)) === digits ? [from, to] : [],
    );
  }

  #mistyped(text: string, end: End): Answering[] {
    const ranges: Answering[] = [];
    let from = 0;
    let to = this.#words.length;
    for (let at = 0; at < text.length && from < to; at++) {
      if (at === text.length - 1) {
        // The last letter is one too many.
        this.#collect(ranges, from, to, text, text.length, at, end);
        // A digit is not: what goes on otherwise is not among these.
        if (end === 'beginning' && digitsOf(text.charAt(at)) === '') return ranges;
      }
      const letter = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      let branch = this.#firstWith(from, to, at, 0);
      while (branch < to) {
        const other = this.#words[branch]!.charCodeAt(at);
        const branchEnd = this.#firstWith(branch, to, at, other + 1);
        if (other !== letter) {
          this.#collect(ranges, branch, branchEnd, text, at + 1, at + 1, end);
          this.#collect(ranges, branch, branchEnd, text, at, at + 1, end);
          if (other === next) {
            this.#collect(ranges, branch, branchEnd, text, at + 2, at + 1, end);
            this.#collectSwapped(ranges, branch, branchEnd, text, at, end);
          }
        }
        branch = branchEnd;
      }
      const begin = this.#firstWith(from, to, at, letter);
      to = this.#firstWith(begin, to, at, letter + 1);
      from = begin;
    }
    if (end === 'whole') this.#collectOneLonger(ranges, from, to, text.length);
    return ranges;
  }

  #collectSwapped(ranges: Answering[], from: number, to: number, text: string, at: number, end: End): void {
    const letter = text.charCodeAt(at);
    const begin = this.#firstWith(from, to, at + 1, letter);
    this.#collect(ranges, begin, this.#firstWith(begin, to, at + 1, letter + 1), text, at + 2, at + 2, end);
  }

  #collectOneLonger(ranges: Answering[], from: number, to: number, length: number): void {
    let at = this.#firstWith(from, to, length, 0);
    while (at < to) {
      const branchEnd = this.#firstWith(at, to, length, this.#words[at]!.charCodeAt(length) + 1);
      if (this.#words[at]!.length === length + 1) ranges.push({ from: at, to: at + 1, length: length + 1 });
      at = branchEnd;
    }
  }

  /**
   * Of a range of words that are alike up to `offset`, collects those that go on there as the text does from `at` on:
   * to their end, or whatever follows.
   */
  #collect(ranges: Answering[], from: number, to: number, text: string, at: number, offset: number, end: End): void {
    let begin = from;
    let stop = to;
    let place = offset;
    for (let i = at; i < text.length && begin < stop; i++, place++) {
      const letter = text.charCodeAt(i);
      begin = this.#firstWith(begin, stop, place, letter);
      stop = this.#firstWith(begin, stop, place, letter + 1);
    }
    if (begin === stop) return;
    if (end === 'beginning') ranges.push({ from: begin, to: stop, length: place });
    else if (this.#words[begin]!.length === place) ranges.push({ from: begin, to: begin + 1, length: place });
  }

  /** Of a range of words that are alike before `offset`, the first that has there the given code unit or a greater one. */
  #firstWith(from: number, to: number, offset: number, codeUnit: number): number {
    // Galloping, because most ranges end soon.
    let low = from;
    let step = 1;
    while (low + step <= to && !(this.#words[low + step - 1]!.charCodeAt(offset) >= codeUnit)) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, to);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[middle]!.charCodeAt(offset) >= codeUnit) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #placeOf(word: string): number {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[middle]! < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Takes a posting out of a list, whose order does not matter; tells whether it was there. */
export function removePosting(postings: number[], posting: number): boolean {
  const found = postings.indexOf(posting);
  if (found === -1) return false;
  const last = postings.pop()!;
  if (found < postings.length) postings[found] = last;
  return true;
}

type End = 'whole' | 'beginning';

/** A range of words of which the first letters, as many as `length`, answer a text. */
interface Answering {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}
