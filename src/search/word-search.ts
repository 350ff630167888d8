import { digitsOf } from './typos.ts';

/** Ranges of indexes in the word list, each as its first index and the index after its last: [from, to, from, to …]. */
export type Ranges = readonly number[];

/**
 * Words, or other texts, in order of code units. A prefix is a range of the list, so that it can be searched like a trie. How they
 * are in memory, a subclass knows.
 */
export abstract class WordSearch {
  abstract get size(): number;

  /** The code unit of a word at an offset; NaN behind its end. */
  protected abstract unitAt(index: number, offset: number): number;

  protected abstract lengthAt(index: number): number;

  protected abstract wordAt(index: number): string;

  /** Where a word is, or would be. */
  protected indexOf(word: string): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isBefore(middle, word)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether the word at an index, where there is one, is this one. */
  protected isAt(index: number, word: string): boolean {
    if (index >= this.size || this.lengthAt(index) !== word.length) return false;
    for (let at = 0; at < word.length; at++) if (this.unitAt(index, at) !== word.charCodeAt(at)) return false;
    return true;
  }

  #isBefore(index: number, word: string): boolean {
    const length = Math.min(this.lengthAt(index), word.length);
    for (let at = 0; at < length; at++) {
      const difference = this.unitAt(index, at) - word.charCodeAt(at);
      if (difference !== 0) return difference < 0;
    }
    return this.lengthAt(index) < word.length;
  }

  /** The range of a word itself: one index or none. */
  exactly(word: string): Ranges {
    const at = this.indexOf(word);
    return this.isAt(at, word) ? [at, at + 1] : [];
  }

  /** The range of the words that begin with a text, the text itself included. */
  beginningWith(text: string): Ranges {
    const ranges: MatchingRange[] = [];
    this.#collect(ranges, 0, this.size, text, 0, 0, 'beginning');
    return ranges.flatMap(({ from, to }) => [from, to]);
  }

  /** The words one typing error away from a text: see isOneTypoAway. Ranges may overlap. */
  oneTypoFrom(text: string): Ranges {
    return this.#searchTypos(text, 'complete');
  }

  /** The words with a beginning one typing error away from a text: see beginsOneTypoAway. Ranges may overlap. */
  beginningOneTypoFrom(text: string): Ranges {
    return this.#searchTypos(text, 'beginning');
  }

  /**
   * Follows the text letter by letter through the list, as in a trie. The error may be at each letter: every other
   * letter in the list at this offset opens a branch, in which the rest must match as if the letter of the text were
   * wrong, missing, superfluous or swapped with the next. Branches are narrow, and most end at their next letter.
   */
  #searchTypos(text: string, end: End): number[] {
    const ranges = this.#mistyped(text, end);
    const digits = digitsOf(text);
    // The words of a range are equal in the part that matches the text.
    return ranges.flatMap(({ from, to, length }) =>
      digitsOf(this.wordAt(from).slice(0, length)) === digits ? [from, to] : [],
    );
  }

  #mistyped(text: string, end: End): MatchingRange[] {
    const ranges: MatchingRange[] = [];
    let from = 0;
    let to = this.size;
    for (let at = 0; at < text.length && from < to; at++) {
      if (at === text.length - 1) {
        // The last letter may be superfluous.
        this.#collect(ranges, from, to, text, text.length, at, end);
        // A digit may not: words that continue with another letter do not match.
        if (end === 'beginning' && digitsOf(text.charAt(at)) === '') return ranges;
      }
      const letter = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      let branch = this.#firstWith(from, to, at, 0);
      while (branch < to) {
        const other = this.unitAt(branch, at);
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
    if (end === 'complete') this.#collectOneLonger(ranges, from, to, text.length);
    return ranges;
  }

  #collectSwapped(ranges: MatchingRange[], from: number, to: number, text: string, at: number, end: End): void {
    const letter = text.charCodeAt(at);
    const begin = this.#firstWith(from, to, at + 1, letter);
    this.#collect(ranges, begin, this.#firstWith(begin, to, at + 1, letter + 1), text, at + 2, at + 2, end);
  }

  #collectOneLonger(ranges: MatchingRange[], from: number, to: number, length: number): void {
    let at = this.#firstWith(from, to, length, 0);
    while (at < to) {
      const branchEnd = this.#firstWith(at, to, length, this.unitAt(at, length) + 1);
      if (this.lengthAt(at) === length + 1) ranges.push({ from: at, to: at + 1, length: length + 1 });
      at = branchEnd;
    }
  }

  /**
   * Of a range of words that are equal up to `offset`, collects those that continue as the text does from `at` on: up
   * to the end of the word, or with anything after it.
   */
  #collect(
    ranges: MatchingRange[],
    from: number,
    to: number,
    text: string,
    at: number,
    offset: number,
    end: End,
  ): void {
    let begin = from;
    let stop = to;
    let position = offset;
    for (let i = at; i < text.length && begin < stop; i++, position++) {
      const letter = text.charCodeAt(i);
      begin = this.#firstWith(begin, stop, position, letter);
      stop = this.#firstWith(begin, stop, position, letter + 1);
    }
    if (begin === stop) return;
    if (end === 'beginning') ranges.push({ from: begin, to: stop, length: position });
    else if (this.lengthAt(begin) === position) ranges.push({ from: begin, to: begin + 1, length: position });
  }

  /** Of a range of words that are equal before `offset`, the first one with at least the given code unit there. */
  #firstWith(from: number, to: number, offset: number, codeUnit: number): number {
    // Galloping, because most ranges end soon.
    let low = from;
    let step = 1;
    while (low + step <= to && !(this.unitAt(low + step - 1, offset) >= codeUnit)) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, to);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.unitAt(middle, offset) >= codeUnit) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

type End = 'complete' | 'beginning';

/** A range of words whose first `length` letters match a text. */
interface MatchingRange {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** A copy of a word that does not keep the text from which it was cut in memory (V8 shares the characters). */
export function standalone(word: string): string {
  return Buffer.from(word).toString();
}
