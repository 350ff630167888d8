import { LEVEL, type Level, type MatchedField, type SearchDocument } from './document.ts';
import type { Query, QueryWord } from './query.ts';
import { beginsOneTypoAway, isOneTypoAway } from './typos.ts';
import { type DocumentKeys, identifierKey, type Place, readDocument, wordsOf } from './words.ts';

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

/** What is worth more was found without a typing error. */
const BEST_TYPO = Math.max(...QUALITIES.typo);

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
 * Ranks one document by itself; null when nothing required is found in it. Level 1 belongs in the list only when no
 * document has a higher one.
 */
export function rank(query: Query, document: SearchDocument): Ranking | null {
  if (query.words.length === 0) return null;
  const keys = readDocument(document);
  const qualities = query.words.map((asked) => bestQuality(asked, keys.words));
  const level = wholeLevel(query, keys) ?? wordsLevel(query, qualities);
  if (level === null) return null;
  const score = level >= LEVEL.alias ? 0 : scoreOf(query, qualities, level, keys.nameLength, document.popularity);
  return { level, score, matchedFields: matchedFields(query, document, level) };
}

/** The fields in which a query is found in the ways that its level admits; optional words alone do not count. */
export function matchedFields(query: Query, document: SearchDocument, level: Level): MatchedField[] {
  const asked = query.words.filter((word) => word.required);
  const holdsOne = (text: string) =>
    wordsOf(text).some((word) => asked.some((askedWord) => admits(level, wayOf(askedWord, word))));
  const key = identifierKey(query.text);
  const fields: MatchedField[] = [];
  if (holdsOne(document.name)) fields.push('name');
  if (document.acronym !== null && holdsOne(document.acronym)) fields.push('acronym');
  if (document.aliases.some(holdsOne)) fields.push('aliases');
  if (document.identifiers.some((identifier) => identifierKey(identifier) === key)) fields.push('identifiers');
  return fields;
}

/** The best way in which a word of a document answers a word of a query. */
function wayOf(asked: QueryWord, word: string): Way | null {
  if (word === asked.text) return 'exact';
  if (asked.findsBeginnings && word.startsWith(asked.text)) return 'beginning';
  if (!asked.forgivesTypo) return null;
  return (asked.open ? beginsOneTypoAway : isOneTypoAway)(word, asked.text) ? 'typo' : null;
}

function admits(level: Level, way: Way | null): boolean {
  return way === 'typo' ? level <= LEVEL.typos : way !== null;
}

/** Zero when no word answers. */
function bestQuality(asked: QueryWord, words: DocumentKeys['words']): number {
  let best = 0;
  for (const [word, place] of words) {
    const way = wayOf(asked, word);
    if (way !== null) best = Math.max(best, QUALITIES[way][place]!);
  }
  return best;
}

function wholeLevel(query: Query, { whole }: DocumentKeys): Level | null {
  if (whole.get(identifierKey(query.text)) === LEVEL.identifier) return LEVEL.identifier;
  return whole.get(query.text) ?? null;
}

function wordsLevel(query: Query, qualities: readonly number[]): Level | null {
  const required = qualities.filter((_, i) => query.words[i]!.required);
  const worst = Math.min(...required);
  if (worst > BEST_TYPO) return LEVEL.words;
  if (worst > 0) return LEVEL.typos;
  return required.some((quality) => quality > 0) ? LEVEL.someWords : null;
}

function scoreOf(
  query: Query,
  qualities: readonly number[],
  level: Level,
  lengthOfName: number,
  popularity: number,
): number {
  const found = query.words.filter((_, i) => qualities[i]! > 0);
  const sum = query.words.reduce((sum, word, i) => sum + word.weight * qualities[i]!, 0);
  const requiredFound = found.filter((word) => word.required).length;
  const score = textScore(query, sum, requiredFound, lengthOfName) + popularityScore(popularity);
  return level === LEVEL.someWords ? score + someWordsScore(found.length) : score;
}
