import { fold } from '../domain/fold.ts';
import type { MatchedField, SearchDocument } from './document.ts';
import type { Query, QueryWord } from './query.ts';
import { beginsOneTypoAway, isOneTypoAway } from './typos.ts';
import {
  documentWords,
  FIRST_IN_NAME,
  identifierKey,
  nameLength,
  type Place,
  wordsOfName,
  wordsOfOther,
} from './words.ts';

/** How well a document answers a query; each document stands at its highest level. */
export const LEVEL = { identifier: 6, name: 5, alias: 4, words: 3, typos: 2, someWords: 1 } as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

/** How a word of a query is found in a word of a document, best first. */
export type Way = 'exact' | 'beginning' | 'typo';

/** What a word found is worth in a word that is elsewhere than in the name, in the name, or first in the name. */
const WORTH: Readonly<Record<Way, number>> = { exact: 1000, beginning: 800, typo: 500 };
const ELSEWHERE_SHARE = 0.85;
const FIRST_BONUS = 0.3;

/** Points for a name of which every word was asked for. */
const COVERAGE = 400;
/** Points for each doubling of a document's popularity. */
const POPULARITY = 60;
/** Points for each word found where not all are: more than the words themselves can bring. */
const SOME_WORDS = 2000;

/**
 * What a word found in a way is worth, by its place (the index of the list). A typing error in the best place is worth
 * less than a beginning in the worst, so that errors never raise a word that is found without them.
 */
export const QUALITIES: Readonly<Record<Way, readonly number[]>> = {
  exact: qualities('exact'),
  beginning: qualities('beginning'),
  typo: qualities('typo'),
};

function qualities(way: Way): number[] {
  const worth = WORTH[way];
  const byPlace = [worth * ELSEWHERE_SHARE, 0, worth, worth + FIRST_BONUS * worth] satisfies Record<Place, number>;
  return byPlace.map(Math.round);
}

/** The text's part of the score, from the sum of weight × quality and the number of required words found. */
export function textScore(query: Query, sum: number, requiredFound: number, lengthOfName: number): number {
  return Math.round(sum / query.weight + COVERAGE * Math.min(1, requiredFound / lengthOfName));
}

/** The popularity's part of the score. */
export function popularityScore(popularity: number): number {
  return Math.round(POPULARITY * Math.log2(1 + popularity));
}

/** What the number of words found adds to the score where not all required ones are found. */
export function someWordsScore(wordsFound: number): number {
  return SOME_WORDS * wordsFound;
}

/** Where a document stands in the list for a query, and why. */
export interface Ranking {
  readonly level: Level;
  readonly score: number;
  readonly matchedFields: readonly MatchedField[];
}

/**
 * Ranks one document by itself; null when nothing required is found in it. Level 1 belongs into the list only when no
 * document has a higher one.
 */
export function rank(query: Query, document: SearchDocument): Ranking | null {
  if (query.words.length === 0) return null;
  const words = documentWords(document);
  const qualities = query.words.map((word) => bestQuality(word, words));
  const found = query.words.filter((_, i) => qualities[i]! > 0);
  const requiredFound = found.filter((word) => word.required).length;
  const level = wholeLevel(query, document) ?? wordsLevel(query, requiredFound, words);
  if (level === null) return null;
  return {
    level,
    score: level >= LEVEL.alias ? 0 : scoreInLevel(level),
    matchedFields: matchedFields(query, document, level),
  };

  function scoreInLevel(level: Level): number {
    const sum = query.words.reduce((sum, word, i) => sum + word.weight * qualities[i]!, 0);
    const score =
      textScore(query, sum, requiredFound, nameLength(document.name)) + popularityScore(document.popularity);
    return level === LEVEL.someWords ? score + someWordsScore(found.length) : score;
  }
}

/** The fields in which a query is found, by the ways that its level admits; common words alone do not count. */
export function matchedFields(query: Query, document: SearchDocument, level: Level): MatchedField[] {
  const fields: MatchedField[] = [];
  if (holdsRequired(query, wordsOfName(document.name), level)) fields.push('name');
  const { acronym } = document;
  if (acronym !== null && holdsRequired(query, wordsOfOther(acronym), level)) fields.push('acronym');
  if (document.aliases.some((alias) => holdsRequired(query, wordsOfOther(alias), level))) fields.push('aliases');
  if (hasIdentifier(query, document)) fields.push('identifiers');
  return fields;
}

/** The way in which a word of a document answers a word of a query. */
export function wayOf(asked: QueryWord, word: string): Way | null {
  if (word === asked.text) return 'exact';
  if (asked.findsBeginnings && word.startsWith(asked.text)) return 'beginning';
  if (!asked.forgivesTypo) return null;
  return (asked.open ? beginsOneTypoAway : isOneTypoAway)(word, asked.text) ? 'typo' : null;
}

function bestQuality(asked: QueryWord, words: ReadonlyMap<string, Place>): number {
  let best = 0;
  for (const [word, place] of words) {
    const way = wayOf(asked, word);
    if (way !== null) best = Math.max(best, QUALITIES[way][place]!);
  }
  return best;
}

function wholeLevel(query: Query, document: SearchDocument): Level | null {
  if (hasIdentifier(query, document)) return LEVEL.identifier;
  if (fold(document.name) === query.text) return LEVEL.name;
  if (document.acronym !== null && fold(document.acronym) === query.text) return LEVEL.name;
  return document.aliases.some((alias) => fold(alias) === query.text) ? LEVEL.alias : null;
}

function wordsLevel(query: Query, requiredFound: number, words: ReadonlyMap<string, Place>): Level | null {
  if (requiredFound === 0) return null;
  if (requiredFound < query.required) return LEVEL.someWords;
  const surely = query.words.every((asked) => !asked.required || words.keys().some((word) => isSure(asked, word)));
  return surely ? LEVEL.words : LEVEL.typos;
}

function isSure(asked: QueryWord, word: string): boolean {
  const way = wayOf(asked, word);
  return way !== null && way !== 'typo';
}

function hasIdentifier(query: Query, document: SearchDocument): boolean {
  const key = identifierKey(query.text);
  return document.identifiers.some((identifier) => identifierKey(identifier) === key);
}

function holdsRequired(query: Query, words: ReadonlyMap<string, Place>, level: Level): boolean {
  return query.words.some(
    (asked) =>
      asked.required &&
      words.keys().some((word) => (level > LEVEL.typos ? isSure(asked, word) : wayOf(asked, word) !== null)),
  );
}
