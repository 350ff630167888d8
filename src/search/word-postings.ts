import { PackedWords } from './packed-words.ts';
import type { Postings } from './packed-writer.ts';
import { SortedWords } from './sorted-words.ts';
import type { Ranges } from './word-search.ts';

/** Number of new words and of changed ones after which all are packed again, at the least, and as a part of all words. */
const MIN_CHANGES = 1_000;
const CHANGED_PART = 1 / 64;

/** The postings of some words, in lists. */
export type PostingLists = readonly Postings[];

/** No words. */
const NOTHING = { words: [], countOf: () => 0, postingsOf: () => [] };

/**
 * Sorted words that change. Packing them takes a second for a million words. So new words go into a short list, and what changes of the
 * others stands beside them, until all are packed again.
 */
export class WordPostings {
  #settled: PackedWords;
  #recent = new SortedWords();
  readonly #minChanges: number;

  constructor(settled = PackedWords.of(NOTHING), minChanges = MIN_CHANGES) {
    this.#settled = settled;
    this.#minChanges = minChanges;
  }

  /** Adds a posting to a word. */
  add(word: string, posting: number): void {
    if (!this.#settled.add(word, posting)) this.#recent.add(word, posting);
    this.#packWhenDue();
  }

  /** Removes a posting from a word. */
  remove(word: string, posting: number): void {
    if (!this.#settled.remove(word, posting)) this.#recent.remove(word, posting);
    this.#packWhenDue();
  }

  /** The postings of a word itself. */
  exactly(word: string): PostingLists {
    return this.#found((words) => words.exactly(word));
  }

  /** The postings of the words that begin with a text, the text itself included. */
  beginningWith(text: string): PostingLists {
    return this.#found((words) => words.beginningWith(text));
  }

  /** The postings of the words one typing error away from a text. */
  oneTypoFrom(text: string): PostingLists {
    return this.#found((words) => words.oneTypoFrom(text));
  }

  /** The postings of the words with a beginning one typing error away from a text. */
  beginningOneTypoFrom(text: string): PostingLists {
    return this.#found((words) => words.beginningOneTypoFrom(text));
  }

  #found(rangesIn: (words: PackedWords | SortedWords) => Ranges): PostingLists {
    const lists: Postings[] = [];
    for (const [from, to] of apart(rangesIn(this.#settled))) lists.push(...this.#settled.postingsIn(from, to));
    for (const [from, to] of apart(rangesIn(this.#recent))) {
      for (let index = from; index < to; index++) lists.push(this.#recent.postingsAt(index));
    }
    return lists;
  }

  #packWhenDue(): void {
    const most = Math.max(this.#minChanges, this.#settled.size * CHANGED_PART);
    if (this.#recent.size + this.#settled.changes <= most) return;
    this.#settled = this.#settled.joinedWith(this.#recent);
    this.#recent = new SortedWords();
  }
}

/** Ranges in order, those that overlap or touch as one: so that each word is found once. */
function apart(ranges: Ranges): [from: number, to: number][] {
  const pairs: [from: number, to: number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at]!, ranges[at + 1]!]);
  const found: [from: number, to: number][] = [];
  for (const [from, to] of pairs.sort(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}
