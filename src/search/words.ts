import { fold } from '../domain/fold.ts';
import { LEVEL, type NameLevel, type SearchDocument } from './document.ts';

/** Where a document has a word. The greater, the more the word says about the document. */
export const ELSEWHERE = 0;
export const IN_NAME = 2;
export const FIRST_IN_NAME = 3;
export type WordPosition = typeof ELSEWHERE | typeof IN_NAME | typeof FIRST_IN_NAME;

/** The texts by which a document is found. */
export interface DocumentKeys {
  /** Each word with its best position. */
  readonly words: ReadonlyMap<string, WordPosition>;
  /** Number of distinct words of the name as written; 1 for a name without letters and digits. */
  readonly nameLength: number;
  /** Its folded name, acronym and aliases, each with the highest level of a query that equals it. */
  readonly names: ReadonlyMap<string, NameLevel>;
  /** Its identifiers, in the form of `identifierKey`. */
  readonly identifiers: ReadonlySet<string>;
}

/** A letter before a capital is an article that lost its apostrophe, as in lUniversité. */
const BARE_ARTICLE = /(?<![\p{L}\p{N}\p{M}])\p{Ll}(?=\p{Lu})/gu;
/** From a lower-case letter, its marks included, to a capital. */
const INNER_CAPITAL = /(?<=\p{Ll}\p{M}*)(?=\p{Lu})/gu;

/**
 * The texts by which a document is found: the words of its folded name, acronym and aliases, those of the same texts
 * split at inner capitals and with `+` written out (`Canal+` → canalplus, canal, plus), and each complete text.
 */
export function readDocument(document: SearchDocument): DocumentKeys {
  const words = new Map<string, WordPosition>();
  const names = new Map<string, NameLevel>();
  for (const alias of document.aliases) names.set(addWords(words, alias, ELSEWHERE, ELSEWHERE), LEVEL.alias);
  const { acronym } = document;
  if (acronym !== null) names.set(addWords(words, acronym, ELSEWHERE, ELSEWHERE), LEVEL.name);
  const name = addWords(words, document.name, FIRST_IN_NAME, IN_NAME);
  names.set(name, LEVEL.name);
  names.delete('');
  const identifiers = new Set(document.identifiers.map(identifierKey));
  identifiers.delete('');
  return { words, nameLength: new Set(name.split(' ')).size, names, identifiers };
}

/** The words of one text of a document. */
export function wordsOf(text: string): string[] {
  const words = new Map<string, WordPosition>();
  addWords(words, text, ELSEWHERE, ELSEWHERE);
  return [...words.keys()];
}

/** An identifier, or a text that may be one, in the form in which they are compared: folded, without spaces. */
export function identifierKey(identifier: string): string {
  return fold(identifier).replaceAll(' ', '');
}

/** Adds a text's words and returns the folded text. */
function addWords(words: Map<string, WordPosition>, text: string, first: WordPosition, others: WordPosition): string {
  const folded = fold(text);
  addEach(words, folded.split(' '), first, others);
  const opened = text.replace(BARE_ARTICLE, ' ').replace(INNER_CAPITAL, ' ').replaceAll('+', ' plus ');
  if (opened !== text) addEach(words, fold(opened).split(' '), first, others);
  return folded;
}

function addEach(
  words: Map<string, WordPosition>,
  added: readonly string[],
  first: WordPosition,
  others: WordPosition,
): void {
  let position = first;
  for (const word of added) {
    if (word === '') continue;
    const known = words.get(word);
    if (known === undefined || known < position) words.set(word, position);
    position = others;
  }
}
