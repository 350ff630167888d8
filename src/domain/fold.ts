/** Letters that Unicode's NFKD does not open into a base letter and a mark. */
const UNOPENED: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  // The form of σ at the end of a word: a longer name does not have it there.
  ς: 'σ',
};

const DOTTED = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu;
/** Invisible characters: soft hyphens, zero-width ones, marks of direction. */
const INVISIBLE = /\p{Cf}+/gu;
const ELISION = /(?<![\p{L}\p{N}])(?:l|d|n|s|j|m|t|c|qu|jusqu|lorsqu|puisqu)['’ʼ`´](?=\p{L}|$)/giu;

/** ASCII without elisions, abbreviations and pluses: most names, and a quarter of the work. */
const PLAIN = /^[ !"#$%&()*,\-/0-9:;<=>?@A-Z[\\\]^_a-z{|}~]*$/;

/** Separates a number from the word before it: `umr5505` → `umr 5505`. */
const separated = (plain: string): string => plain.replace(/(?<![a-z0-9])([a-z]{2,})(\d{2,})(?![a-z0-9])/g, '$1 $2');

/**
 * The form in which names are compared, sorted and searched: no accents, case, elisions or punctuation;
 * `L'Énergie d'Informatique` → `energie informatique`, `C.N.R.S` → `cnrs`, `C++` → `cplusplus`, `UMR5505` → `umr 5505`.
 * Letters and digits of other scripts remain, except the apostrophe that Unicode counts as a letter (U+02BC); invisible
 * characters (class Cf) are removed. The order of the steps matters: marks are removed before lower-casing.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return separated(text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')).trim();
  return text
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(DOTTED, (letters) => letters.replaceAll('.', ''))
    .replace(ELISION, ' ')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþıħς]/g, (letter) => UNOPENED[letter] ?? letter)
    .replace(/(?<=[\p{L}\p{N}])\++/gu, (pluses) => 'plus'.repeat(pluses.length))
    .replace(/[[^\p{L}\p{N}]ʼ]+/gv, ' ')
    .replace(/(?<![\p{L}\p{N}])([a-z]{2,})(\d{2,})(?![\p{L}\p{N}])/gu, '$1 $2')
    .trim();
}

/** Sorts before every letter, digit and space, so that a name comes before its own continuations. */
const BEFORE_LETTERS = '\u0001';

/** The one unique key by which a node is ordered and paged: its folded name, then its id. */
export function sortKeyOf(name: string, id: string): string {
  return fold(name) + BEFORE_LETTERS + id;
}

/** The identifier of the node that a sort key belongs to. */
export function idOfSortKey(sortKey: string): string {
  return sortKey.slice(sortKey.indexOf(BEFORE_LETTERS) + 1);
}

/** The folded name of that node. */
export function nameOfSortKey(sortKey: string): string {
  return sortKey.slice(0, sortKey.indexOf(BEFORE_LETTERS));
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Compares texts as the engines do, by code points; JavaScript itself compares the halves of those beyond U+FFFF. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one === other) continue;
    const beyond = Number(isSurrogate(one)) - Number(isSurrogate(other));
    return beyond === 0 ? one - other : beyond;
  }
  return a.length - b.length;
}
