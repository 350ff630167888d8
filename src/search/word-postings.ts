import type { SettledWords } from './gathered-words.ts';
import { type Ranges, removePosting, SortedWords } from './sorted-words.ts';

/** Number of new words and unused words after which the long list is built again. */
const MAX_CHANGES = 1_000;

/** The postings of some words, a list for each. */
export type PostingLists = readonly (readonly number[])[];

/**
 * Sorted words that change. Inserting a word into the long list moves all that follow: a millisecond for each insertion
 * into a hundred thousand words. So new words go into a short list, and unused words stay, until both lists are joined.
 */
export class WordPostings {
  #settled: SortedWords;
  #recent = new SortedWords();
  /** Number of words of the long list that have lost their last posting since it was built. */
  #emptied = 0;

  readonly #maxChanges: number;

  constructor(settled?: SettledWords, maxChanges = MAX_CHANGES) {
    this.#settled = new SortedWords(settled);
    this.#maxChanges = maxChanges;
  }

  /** Adds a posting to a word. */
  add(word: string, posting: number): void {
    const known = this.#settled.postingsOf(word);
    if (known === null) this.#recent.add(word, posting);
    else if (known.push(posting) === 1) this.#emptied--;
    this.#joinWhenDue();
  }

  /** Removes a posting from a word. */
  remove(word: string, posting: number): void {
    const known = this.#settled.postingsOf(word);
    if (known === null) this.#recent.remove(word, posting);
    else if (removePosting(known, posting) && known.length === 0) this.#emptied++;
    this.#joinWhenDue();
  }

  /** The postings of a word itself. */
  exactly(word: string): PostingLists {
    return this.#found((words) => words.exactly(word));
  }

  /** The postings of the words that begin with a text, the text itself included. */
  beginningWith(text: string): PostingLists {
    return this.#found((words) => words.beginningWith(text));
  }

  /** The postings of the words one typing error away from a text. A list may occur more than once. */
  oneTypoFrom(text: string): PostingLists {
    return this.#found((words) => words.oneTypoFrom(text));
  }

  /** The postings of the words with a beginning one typing error away from a text. A list may occur more than once. */
  beginningOneTypoFrom(text: string): PostingLists {
    return this.#found((words) => words.beginningOneTypoFrom(text));
  }

  #found(rangesIn: (words: SortedWords) => Ranges): PostingLists {
    const lists: (readonly number[])[] = [];
    for (const words of [this.#settled, this.#recent]) {
      const ranges = rangesIn(words);
      for (let i = 0; i < ranges.length; i += 2) {
        for (let index = ranges[i]!; index < ranges[i + 1]!; index++) lists.push(words.postingsAt(index));
      }
    }
    return lists;
  }

  #joinWhenDue(): void {
    if (this.#recent.size + this.#emptied <= this.#maxChanges) return;
    this.#settled = SortedWords.joined(this.#settled, this.#recent);
    this.#recent = new SortedWords();
    this.#emptied = 0;
  }
}
