import { fold } from '../domain/fold.ts';
import type { SearchDocument } from './document.ts';

/** Where a document has a word: the greater, the more it says about the document. */
export const ELSEWHERE = 0;
export const IN_NAME = 2;
export const FIRST_IN_NAME = 3;
export type Place = typeof ELSEWHERE | typeof IN_NAME | typeof FIRST_IN_NAME;

/** From a lower-case letter, marks included, to a capital: DigitalPlace is also found by each half. */
const CAPITAL = /(?<=\p{Ll}\p{M}*)(?=\p{Lu})/gu;

/**
 * The words that a document is found by, each with its best place: those of its folded name, acronym and aliases, and
 * those of the same texts opened at inner capitals and with `+` written out (`Canal+` → canalplus, canal, plus).
 */
export function documentWords(document: SearchDocument): Map<string, Place> {
  const words = wordsOfName(document.name);
  if (document.acronym !== null) addWords(words, document.acronym, ELSEWHERE, ELSEWHERE);
  for (const alias of document.aliases) addWords(words, alias, ELSEWHERE, ELSEWHERE);
  return words;
}

/** The words of a name, each with its place in it. */
export function wordsOfName(name: string): Map<string, Place> {
  return addWords(new Map(), name, FIRST_IN_NAME, IN_NAME);
}

/** The words of an acronym or an alias. */
export function wordsOfOther(text: string): Map<string, Place> {
  return addWords(new Map(), text, ELSEWHERE, ELSEWHERE);
}

/** Number of distinct words in a name as it is written; a name of signs alone counts as one. */
export function nameLength(name: string): number {
  return new Set(fold(name).split(' ')).size;
}

/** An identifier, or a text typed for one, as they are compared: folded, without spaces. */
export function identifierKey(identifier: string): string {
  return fold(identifier).replaceAll(' ', '');
}

function addWords(words: Map<string, Place>, text: string, first: Place, others: Place): Map<string, Place> {
  let place = first;
  for (const word of split(fold(text))) {
    raise(words, word, place);
    place = others;
  }
  const opened = text.replace(CAPITAL, ' ').replaceAll('+', ' plus ');
  if (opened === text) return words;
  place = first;
  for (const word of split(fold(opened))) {
    // The l of lUniversité is an article that lost its apostrophe.
    if (word.length === 1) continue;
    raise(words, word, place);
    place = others;
  }
  return words;
}

function raise(words: Map<string, Place>, word: string, place: Place): void {
  const known = words.get(word);
  if (known === undefined || known < place) words.set(word, place);
}

function split(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ');
}
