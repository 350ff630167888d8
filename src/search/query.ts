import { fold } from '../domain/fold.ts';

/** Characters of a query that are read: longer than any name that people type. */
export const MAX_QUERY_LENGTH = 200;
/** Distinct words of a query that are sought: more do not make it clearer, only dearer. */
export const MAX_QUERY_WORDS = 12;
/** Letters from which a finished word is also sought as the beginning of a longer one. */
const MIN_BEGINNING_LENGTH = 3;
/** Letters from which one typing error is forgiven: in shorter words it makes another word. */
const MIN_TYPO_LENGTH = 5;

/** French, English, Spanish, German and Italian words too common to be required, and legal forms. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'de du des la le les l d et and of the for en a au aux di in sur pour y e und der fur del sa sas sarl'.split(' '),
);

/** The last character belongs to a word that may not be typed to its end. */
const UNFINISHED = /[\p{L}\p{N}\p{M}]\+*$/u;

/** A word of a query and the ways in which it may be found. */
export interface QueryWord {
  readonly text: string;
  /** Share in the score: what is required counts five times what is not. */
  readonly weight: 5 | 1;
  readonly required: boolean;
  /** Perhaps unfinished: its typing errors are forgiven against beginnings too. */
  readonly open: boolean;
  readonly findsBeginnings: boolean;
  readonly forgivesTypo: boolean;
}

/** A text to find, folded, and its distinct words in the order in which they were typed. */
export interface Query {
  readonly text: string;
  readonly words: readonly QueryWord[];
  readonly required: number;
  /** Sum of the words' weights. */
  readonly weight: number;
}

/**
 * Reads what was typed. The word typed last is open unless a space or punctuation follows it; stop words and single
 * letters are optional unless there is nothing else. A text without a letter or digit gives a query without words.
 */
export function parseQuery(typed: string): Query {
  const read = typed.slice(0, MAX_QUERY_LENGTH);
  const text = fold(read);
  const all = text === '' ? [] : text.split(' ');
  const open = UNFINISHED.test(read) ? all.at(-1) : undefined;
  const distinct = [...new Set(all)].slice(0, MAX_QUERY_WORDS);
  const onlyOptional = distinct.every(isOptional);
  const words = distinct.map((word) => queryWord(word, onlyOptional || !isOptional(word), word === open));
  return {
    text,
    words,
    required: words.filter((word) => word.required).length,
    weight: words.reduce((sum, word) => sum + word.weight, 0),
  };
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
    forgivesTypo: text.length >= MIN_TYPO_LENGTH && !/\p{N}/u.test(text),
  };
}
