import { fold } from '../domain/fold.ts';
import { LEVEL, type Level, type MatchedField, type SearchDocument } from './document.ts';
import type { Query, QueryWord } from './query.ts';
import { beginsOneTypoAway, isOneTypoAway } from './typos.ts';
import { type DocumentKeys, identifierKey, readDocument, type WordPosition, wordsOf } from './words.ts';

/** How a word of a query matches a word of a document, best first. */
export type MatchKind = 'exact' | 'beginning' | 'typo';

/** The worth of a match in the name. It is less elsewhere, and more for the first word of the name. */
const WORTH: Readonly<Record<MatchKind, number>> = { exact: 1000, beginning: 800, typo: 500 };
const ELSEWHERE_SHARE = 0.85;
const FIRST_BONUS = 0.3;

/** Points for a name of which the query has every word. */
const COVERAGE = 400;
/** Points for each doubling of a document's popularity. */
const POPULARITY = 60;
/** Points for each word found if not all are found: more than the words themselves can give. */
const SOME_WORDS = 2000;
/** Points for a name that begins with an entire query of several words: perhaps the one that is being typed. */
const BEGUN_NAME = 1000;
/** Points for a complete name one typing error away: more than words and popularity can give at its level. */
const MISTYPED_NAME = 5000;

/**
 * The worth of each kind of match, by the position of the word (the index of the list). A typing error in the best
 * position is worth less than a beginning in the worst, so that an error never raises a word that matches without it.
 */
export const QUALITIES: Readonly<Record<MatchKind, readonly number[]>> = {
  exact: qualities('exact'),
  beginning: qualities('beginning'),
  typo: qualities('typo'),
};

/** Matches that are worth more have no typing error. */
const BEST_TYPO = Math.max(...QUALITIES.typo);

function qualities(kind: MatchKind): number[] {
  const worth = WORTH[kind];
  const byPosition = [worth * ELSEWHERE_SHARE, 0, worth, worth + FIRST_BONUS * worth] satisfies Record<
    WordPosition,
    number
  >;
  return byPosition.map(Math.round);
}

/** The part of the text in the score, from the sum of weight × quality and the number of required words found. */
export function textScore(query: Query, sum: number, requiredFound: number, lengthOfName: number): number {
  return Math.round(sum / query.weight + COVERAGE * Math.min(1, requiredFound / lengthOfName));
}

/** The part of the popularity in the score. */
export function popularityScore(popularity: number): number {
  return Math.round(POPULARITY * Math.log2(1 + popularity));
}

/** The addition to the score for the number of words found, if not all required ones are. */
export function someWordsScore(wordsFound: number): number {
  return SOME_WORDS * wordsFound;
}

/** The addition to the score of a document of which a name, acronym or alias begins with the entire query. */
export function begunNameScore(query: Query): number {
  // For one word, its position in the name says the same.
  return query.text.includes(' ') ? BEGUN_NAME : 0;
}

/** The score of a document of which a complete name, acronym or alias is one typing error away. */
export function mistypedNameScore(popularity: number): number {
  return MISTYPED_NAME + popularityScore(popularity);
}

/** The rank of a document for a query, and the fields that match. */
export interface Ranking {
  readonly level: Level;
  readonly score: number;
  readonly matchedFields: readonly MatchedField[];
}

/**
 * Ranks one document by itself; null if it matches no required word. Documents of level 1 are hits only if none has a
 * higher level.
 */
export function rank(query: Query, document: SearchDocument): Ranking | null {
  if (query.words.length === 0) return null;
  const keys = readDocument(document);
  const ranked = (level: Level, score: number): Ranking => {
    return { level, score, matchedFields: matchedFields(query, document, level) };
  };
  const complete = completeLevel(query, document.id, keys);
  if (complete !== null) return ranked(complete, 0);
  const names = [...keys.names.keys()];
  const qualities = query.words.map((word) => bestQuality(word, keys.words));
  const level = wordsLevel(query, qualities);
  const isMistyped = names.some((name) => isMistypedName(query, name));
  if (isMistyped && level !== LEVEL.words) return ranked(LEVEL.typos, mistypedNameScore(document.popularity));
  if (level === null) return null;
  const score = scoreOf(query, qualities, level, keys.nameLength, document.popularity);
  const isBegun = level === LEVEL.words && names.some((name) => name.startsWith(query.text));
  return ranked(level, score + (isBegun ? begunNameScore(query) : 0));
}

/** The fields that match a query in the ways that its level admits. Optional words alone do not count. */
export function matchedFields(query: Query, document: SearchDocument, level: Level): MatchedField[] {
  const required = query.words.filter((word) => word.required);
  const matchesOne = (text: string) =>
    wordsOf(text).some((word) => required.some((queryWord) => admits(level, matchKindOf(queryWord, word)))) ||
    (level === LEVEL.typos && isMistypedName(query, fold(text)));
  const fields: MatchedField[] = [];
  if (matchesOne(document.name)) fields.push('name');
  if (document.acronym !== null && matchesOne(document.acronym)) fields.push('acronym');
  if (document.aliases.some(matchesOne)) fields.push('aliases');
  const isIdentified = document.identifiers.some((each) => query.identifiers.includes(identifierKey(each)));
  if (isIdentified || document.id === query.id) fields.push('identifiers');
  return fields;
}

function isMistypedName(query: Query, name: string): boolean {
  return query.forgivesTypo && isOneTypoAway(name, query.text);
}

/** The best kind of match between a word of a query and a word of a document. */
function matchKindOf(queryWord: QueryWord, word: string): MatchKind | null {
  if (word === queryWord.text) return 'exact';
  if (queryWord.findsBeginnings && word.startsWith(queryWord.text)) return 'beginning';
  if (!queryWord.forgivesTypo) return null;
  return (queryWord.open ? beginsOneTypoAway : isOneTypoAway)(word, queryWord.text) ? 'typo' : null;
}

function admits(level: Level, kind: MatchKind | null): boolean {
  return kind === 'typo' ? level <= LEVEL.typos : kind !== null;
}

/** The quality of the best match; 0 if no word matches. */
function bestQuality(queryWord: QueryWord, words: DocumentKeys['words']): number {
  let best = 0;
  for (const [word, position] of words) {
    const kind = matchKindOf(queryWord, word);
    if (kind !== null) best = Math.max(best, QUALITIES[kind][position]!);
  }
  return best;
}

function completeLevel(query: Query, id: string, { names, identifiers }: DocumentKeys): Level | null {
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
