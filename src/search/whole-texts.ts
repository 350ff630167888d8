import { LEVEL, type NameLevel } from './document.ts';
import type { GatheredWords, SettledWords } from './gathered-words.ts';
import { type PostingLists, WordPostings } from './word-postings.ts';
import type { DocumentKeys } from './words.ts';

/** Levels fit in the low bits of a posting, above them the slot. */
const LEVELS = 8;

/** A document, by its slot, and the level at which it stands when one of its texts equals the query. */
export interface WholeFound {
  readonly slot: number;
  readonly level: NameLevel | typeof LEVEL.identifier;
}

/** Adds a document's names and identifiers to texts that are gathered for a load. */
export function gatherWhole(gathered: GatheredWords, keys: DocumentKeys, slot: number): void {
  for (const [text, posting] of postingsOf(keys, slot)) gathered.add(text, posting);
}

/** The whole names and identifiers of all documents in order, so that equal, begun and mistyped ones are ranges. */
export class WholeTexts {
  readonly #texts: WordPostings;

  constructor(settled?: SettledWords) {
    this.#texts = new WordPostings(settled);
  }

  /** Makes a document findable by its names and identifiers. */
  add(keys: DocumentKeys, slot: number): void {
    for (const [text, posting] of postingsOf(keys, slot)) this.#texts.add(text, posting);
  }

  /** Takes back what `add` did for the same keys of the same slot. */
  remove(keys: DocumentKeys, slot: number): void {
    for (const [text, posting] of postingsOf(keys, slot)) this.#texts.remove(text, posting);
  }

  /** Who has one of the identifiers. */
  identified(keys: readonly string[]): WholeFound[] {
    return keys.flatMap((key) => readAll(this.#texts.exactly(key))).filter(isIdentified);
  }

  /** Whose name, acronym or alias equals the folded text, the highest level first. */
  named(text: string): WholeFound[] {
    return readAll(this.#texts.exactly(text))
      .filter(isNamed)
      .sort((a, b) => b.level - a.level);
  }

  /** Whose name, acronym or alias begins with the folded text; a document may come twice. */
  begun(text: string): WholeFound[] {
    return readAll(this.#texts.beginningWith(text)).filter(isNamed);
  }

  /** Whose name, acronym or alias is one typing error away from the folded text; a document may come twice. */
  mistyped(text: string): WholeFound[] {
    return readAll(this.#texts.oneTypoFrom(text)).filter(isNamed);
  }
}

function* postingsOf({ names, identifiers }: DocumentKeys, slot: number): Generator<[text: string, posting: number]> {
  for (const [name, level] of names) yield [name, slot * LEVELS + level];
  for (const identifier of identifiers) yield [identifier, slot * LEVELS + LEVEL.identifier];
}

function readAll(lists: PostingLists): WholeFound[] {
  return lists.flatMap((postings) => postings.map(readPosting));
}

function readPosting(posting: number): WholeFound {
  return { slot: Math.floor(posting / LEVELS), level: (posting % LEVELS) as WholeFound['level'] };
}

const isIdentified = ({ level }: WholeFound): boolean => level === LEVEL.identifier;
const isNamed = ({ level }: WholeFound): boolean => level !== LEVEL.identifier;
