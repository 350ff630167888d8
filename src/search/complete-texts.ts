import { LEVEL, type NameLevel } from './document.ts';
import type { GatheredWords } from './gathered-words.ts';
import type { PackedWords } from './packed-words.ts';
import { type PostingLists, WordPostings } from './word-postings.ts';
import type { DocumentKeys } from './words.ts';

/** The level is in the low bits of a posting, the slot above. */
const LEVELS = 8;

/** A document, by its slot, and the level of a query that equals one of its texts. */
export interface CompleteMatch {
  readonly slot: number;
  readonly level: NameLevel | typeof LEVEL.identifier;
}

/** Adds a document's names and identifiers to texts that are gathered for a load. */
export function gatherComplete(gathered: GatheredWords, keys: DocumentKeys, slot: number): void {
  for (const [text, posting] of postingsOf(keys, slot)) gathered.add(text, posting);
}

/** The complete names and identifiers of all documents in order: equal, begun and mistyped ones are ranges of it. */
export class CompleteTexts {
  readonly #texts: WordPostings;

  constructor(settled?: PackedWords) {
    this.#texts = new WordPostings(settled);
  }

  /** Adds the names and identifiers of a document. */
  add(keys: DocumentKeys, slot: number): void {
    for (const [text, posting] of postingsOf(keys, slot)) this.#texts.add(text, posting);
  }

  /** Removes what `add` added for the same keys and slot. */
  remove(keys: DocumentKeys, slot: number): void {
    for (const [text, posting] of postingsOf(keys, slot)) this.#texts.remove(text, posting);
  }

  /** The documents that have one of the identifiers. */
  identified(keys: readonly string[]): CompleteMatch[] {
    return keys.flatMap((key) => readAll(this.#texts.exactly(key))).filter(isIdentified);
  }

  /** The documents with a name, acronym or alias equal to the folded text, the highest level first. */
  named(text: string): CompleteMatch[] {
    return readAll(this.#texts.exactly(text))
      .filter(isNamed)
      .sort((a, b) => b.level - a.level);
  }

  /**
   * The documents with a name, acronym or alias that begins with the folded text. A document may occur more than once.
   */
  begun(text: string): CompleteMatch[] {
    return readAll(this.#texts.beginningWith(text)).filter(isNamed);
  }

  /**
   * The documents with a name, acronym or alias one typing error away from the folded text. A document may occur more
   * than once.
   */
  mistyped(text: string): CompleteMatch[] {
    return readAll(this.#texts.oneTypoFrom(text)).filter(isNamed);
  }
}

function* postingsOf({ names, identifiers }: DocumentKeys, slot: number): Generator<[text: string, posting: number]> {
  for (const [name, level] of names) yield [name, slot * LEVELS + level];
  for (const identifier of identifiers) yield [identifier, slot * LEVELS + LEVEL.identifier];
}

function readAll(lists: PostingLists): CompleteMatch[] {
  return lists.flatMap((postings) => Array.from(postings, readPosting));
}

function readPosting(posting: number): CompleteMatch {
  return { slot: Math.floor(posting / LEVELS), level: (posting % LEVELS) as CompleteMatch['level'] };
}

const isIdentified = ({ level }: CompleteMatch): boolean => level === LEVEL.identifier;
const isNamed = ({ level }: CompleteMatch): boolean => level !== LEVEL.identifier;
