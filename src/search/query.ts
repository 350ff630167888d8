import { fold } from '../domain/fold.ts';
import { isGlobalId } from '../domain/global-id.ts';
import { IDENTIFIER_SCHEMES, identifierProblem, tidyIdentifier } from '../domain/identifier.ts';
import { tidyText } from '../domain/text.ts';
import { forgivesTypo } from './typos.ts';
import { identifierKey } from './words.ts';

/** Characters of a query that are read: more than any name that people type. */
export const MAX_QUERY_LENGTH = 200;
/** Distinct words of a query that are searched: more make it slower, not more precise. */
export const MAX_QUERY_WORDS = 12;
/** Letters from which a finished word is also searched as the beginning of a longer one. */
const MIN_BEGINNING_LENGTH = 3;

/** French, English, Spanish, German and Italian words too common to be required, and legal forms. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'de du des la le les l d et and of the for en a au aux di in sur pour y e und der fur del sa sas sarl'.split(' '),
);

/** The last character belongs to a word that may be unfinished. */
const UNFINISHED = /[\p{L}\p{N}\p{M}]\+*$/u;

/** A word of a query, and the kinds of matches that it admits. */
export interface QueryWord {
  readonly text: string;
  /** Weight in the score: a required word counts five times an optional one. */
  readonly weight: 5 | 1;
  readonly required: boolean;
  /** Perhaps unfinished: its typing errors are also forgiven against beginnings of words. */
  readonly open: boolean;
  readonly findsBeginnings: boolean;
  readonly forgivesTypo: boolean;
}

/** A folded text to search for, and its distinct words in the order in which they were typed. */
export interface Query {
  readonly text: string;
  /** The text, where it may be the global identifier of a document. */
  readonly id: string | null;
  /** The identifiers of registries that the text may be, in the spelling of documents. */
  readonly identifiers: readonly string[];
  /** Whether a complete name one typing error away from the text is found. */
  readonly forgivesTypo: boolean;
  readonly words: readonly QueryWord[];
  readonly required: number;
  /** Sum of the words' weights. */
  readonly weight: number;
}

/**
 * Parses the text of a user. The last word is open unless a space or punctuation follows it; stop words and single
 * letters are optional unless there is nothing else. A text without a letter or digit gives a query without words.
 */
export function parseQuery(typed: string): Query {
  const given = typed.slice(0, MAX_QUERY_LENGTH);
  const registered = registeredIn(given);
  // Of an address only the identifier at its end is searched, not the words.
  const read = given.includes('/') ? (registered[0] ?? given) : given;
  const text = fold(read);
  const all = text === '' ? [] : text.split(' ');
  const open = UNFINISHED.test(read) ? all.at(-1) : undefined;
  const distinct = [...new Set(all)].slice(0, MAX_QUERY_WORDS);
  const onlyOptional = distinct.every(isOptional);
  const words = distinct.map((word) => queryWord(word, onlyOptional || !isOptional(word), word === open));
  return {
    text,
    id: isGlobalId(tidyText(given)) ? tidyText(given) : null,
    identifiers: [...new Set([given, ...registered].map(identifierKey))],
    forgivesTypo: forgivesTypo(text),
    words,
    required: words.filter((word) => word.required).length,
    weight: words.reduce((sum, word) => sum + word.weight, 0),
  };
}

/** The identifiers of registries that a text may be. People write them with spaces, in lower case, as an address. */
function registeredIn(typed: string): string[] {
  const values = IDENTIFIER_SCHEMES.map((scheme) => [scheme, tidyIdentifier(scheme, typed)] as const);
  return values.filter(([scheme, value]) => identifierProblem(scheme, value) === null).map(([, value]) => value);
}

function isOptional(word: string): boolean {
  return word.length === 1 || STOP_WORDS.has(word);
}

function queryWord(text: string, required: boolean, open: boolean): QueryWord {
  return {
    text,
    weight: required ? 5 : 1,
    required,
    open,
    findsBeginnings: open || text.length >= MIN_BEGINNING_LENGTH,
    forgivesTypo: forgivesTypo(text),
  };
}
