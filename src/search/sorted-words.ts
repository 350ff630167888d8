import { standalone, WordSearch } from './word-search.ts';

export type { Ranges } from './word-search.ts';

/**
 * Some words of documents, each with its postings: integers that encode which document has it and where. Words come and go:
 * they are few.
 */
export class SortedWords extends WordSearch {
  readonly #words: string[] = [];
  readonly #postings: number[][] = [];

  override get size(): number {
    return this.#words.length;
  }

  override wordAt(index: number): string {
    return this.#words[index]!;
  }

  protected override unitAt(index: number, offset: number): number {
    return this.#words[index]!.charCodeAt(offset);
  }

  protected override lengthAt(index: number): number {
    return this.#words[index]!.length;
  }

  /** Adds a posting to a word, and the word if it is new. */
  add(word: string, posting: number): void {
    const at = this.indexOf(word);
    if (this.#words[at] === word) {
      this.#postings[at]!.push(posting);
    } else {
      this.#words.splice(at, 0, standalone(word));
      this.#postings.splice(at, 0, [posting]);
    }
  }

  /** Removes a posting from a word, and the word if it was its last posting. */
  remove(word: string, posting: number): void {
    const at = this.indexOf(word);
    const postings = this.#words[at] === word ? this.#postings[at]! : [];
    if (!removePosting(postings, posting) || postings.length > 0) return;
    this.#words.splice(at, 1);
    this.#postings.splice(at, 1);
  }

  /** The postings of the word at an index. */
  postingsAt(index: number): readonly number[] {
    return this.#postings[index]!;
  }
}

/** Removes a posting from a list, whose order does not matter. Returns whether it was there. */
export function removePosting(postings: number[], posting: number): boolean {
  const found = postings.indexOf(posting);
  if (found === -1) return false;
  const last = postings.pop()!;
  if (found < postings.length) postings[found] = last;
  return true;
}
