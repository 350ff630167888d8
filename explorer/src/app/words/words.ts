import { useStore } from '../store.ts';
import { type Language, language } from './language.ts';

/** A text in both languages. */
export type Phrase = Readonly<Record<Language, string>>;

/** The forms of a word for one and for others, as `count` of useFormat takes them. */
type Forms = readonly [one: string, other: string];

/** What a dictionary may hold: texts, functions that make texts, forms of a word, and groups of them. */
type Entry = string | Forms | ((...values: never[]) => string) | { readonly [key: string]: Entry };

/** The same keys with texts of one's own: a string for a string, a function of the same parameters for a function. */
type Same<Words> = Words extends string
  ? string
  : Words extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Words extends Forms
      ? Forms
      : { readonly [Key in keyof Words]: Same<Words[Key]> };

/** The words of a room in both languages. */
export interface Dictionary<Words> {
  readonly fr: Words;
  readonly en: Same<Words>;
}

/**
 * A dictionary: French first, English with the same keys. A word that is missing in one language fails the types.
 *
 * @example const WORDS = dictionary({ fr: { members: 'Membres' }, en: { members: 'Members' } });
 */
export function dictionary<const Words extends { readonly [key: string]: Entry }>(
  words: Dictionary<Words>,
): Dictionary<Words> {
  return words;
}

/** The words in the language of the reader, in a component: it is rendered again when the language is switched. */
export function useWords<Words>(words: Dictionary<Words>): Same<Words> {
  return words[useStore(language)] as Same<Words>;
}

/** A phrase in the language of the reader, in a component. */
export function usePhrase(phrase: Phrase): string {
  return phrase[useStore(language)];
}
