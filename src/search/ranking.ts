import { fold } from '../domain/fold.ts';
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
/** Points for a name that begins with all of a query of several words: it is perhaps what is being typed. */
const BEGUN_NAME = 1000;
/** Points for a whole name one typing error away: more than words and popularity can bring at its level. */
const MISTYPED_NAME = 5000;

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

/** What is added to the score of a document of which a name, acronym or alias begins with the whole query. */
export function begunNameScore(query: Query): number {
  // Of one word its place in the name says the same.
  return query.text.includes(' ') ? BEGUN_NAME : 0;
}

/** The score of a document of which a whole name, acronym or alias is one typing error away. */
export function mistypedNameScore(popularity: number): number {
  return MISTYPED_NAME + popularityScore(popularity);
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
  const ranked = (level: Level, score: number): Ranking => {
    return { level, score, matchedFields: matchedFields(query, document, level) };
  };
  const whole = wholeLevel(query, document.id, keys);
  if (whole !== null) return ranked(whole, 0);
  const names = [...keys.names.keys()];
  const qualities = query.words.map((asked) => bestQuality(asked, keys.words));
  const level = wordsLevel(query, qualities);
  const isMistyped = names.some((name) => isMistypedName(query, name));
  if (isMistyped && level !== LEVEL.words) return ranked(LEVEL.typos, mistypedNameScore(document.popularity));
  if (level === null) return null;
  const score = scoreOf(query, qualities, level, keys.nameLength, document.popularity);
  const isBegun = level === LEVEL.words && names.some((name) => name.startsWith(query.text));
  return ranked(level, score + (isBegun ? begunNameScore(query) : 0));
}

/** The fields in which a query is found in the ways that its level admits; optional words alone do not count. */
export function matchedFields(query: Query, document: SearchDocument, level: Level): MatchedField[] {
  const asked = query.words.filter((word) => word.required);
  const holdsOne = (text: string) =>
    wordsOf(text).some((word) => asked.some((askedWord) => admits(level, wayOf(askedWord, word)))) ||
    (level === LEVEL.typos && isMistypedName(query, fold(text)));
  const fields: MatchedField[] = [];
  if (holdsOne(document.name)) fields.push('name');
  if (document.acronym !== null && holdsOne(document.acronym)) fields.push('acronym');
  if (document.aliases.some(holdsOne)) fields.push('aliases');
  const isIdentified = document.identifiers.some((each) => query.identifiers.includes(identifierKey(each)));
  if (isIdentified || document.id === query.id) fields.push('identifiers');
  return fields;
}

function isMistypedName(query: Query, name: string): boolean {
  return query.forgivesTypo && isOneTypoAway(name, query.text);
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

function wholeLevel(query: Query, id: string, { names, identifiers }: DocumentKeys): Level | null {
  if (id === query.id || query.identifiers.some((key) => identifiers.has(key))) return LEVEL.identifier;
  return names.get(query.text) ?? null;
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
