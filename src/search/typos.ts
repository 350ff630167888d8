/** Letters from which one typing error is forgiven: fewer make another word. Digits are not counted. */
const MIN_LETTERS = 5;

/** Whether a text has enough letters for one of them to be wrong. */
export function forgivesTypo(text: string): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) >= MIN_LETTERS;
}

/** The digits of a text in their order. They are never the typing error: 113 is not 114, nor ID4Car ID5Car. */
export function digitsOf(text: string): string {
  return text.replace(/\P{N}+/gu, '');
}

/**
 * Whether a word is one typing error away from what was typed: one letter too many, missing, wrong, or swapped with the
 * next, and all digits the same. The first letter may be the wrong one; equal words are not an error apart.
 */
export function isOneTypoAway(word: string, typed: string): boolean {
  if (Math.abs(word.length - typed.length) > 1 || word === typed || digitsOf(word) !== digitsOf(typed)) return false;
  const at = firstDifference(word, typed);
  return (
    word.slice(at + 1) === typed.slice(at + 1) ||
    word.slice(at + 1) === typed.slice(at) ||
    word.slice(at) === typed.slice(at + 1) ||
    (isSwapped(word, typed, at) && word.slice(at + 2) === typed.slice(at + 2))
  );
}

/** Whether a word has a beginning that is one typing error away from what was typed, and does not begin with it. */
export function beginsOneTypoAway(word: string, typed: string): boolean {
  const at = firstDifference(word, typed);
  if (at === typed.length) return false;
  const digits = digitsOf(typed);
  const hasDigits = (length: number) => digitsOf(word.slice(0, length)) === digits;
  const { length } = typed;
  return (
    (at < word.length && word.startsWith(typed.slice(at + 1), at + 1) && hasDigits(length)) ||
    (at < word.length && word.startsWith(typed.slice(at), at + 1) && hasDigits(length + 1)) ||
    (word.startsWith(typed.slice(at + 1), at) && hasDigits(length - 1)) ||
    (isSwapped(word, typed, at) && word.startsWith(typed.slice(at + 2), at + 2) && hasDigits(length))
  );
}

/** An error can always be told at the first difference: one made before it would leave the same word. */
function firstDifference(word: string, typed: string): number {
  let at = 0;
  while (at < typed.length && word.charCodeAt(at) === typed.charCodeAt(at)) at++;
  return at;
}

function isSwapped(word: string, typed: string, at: number): boolean {
  return at + 1 < typed.length && word[at] === typed[at + 1] && word[at + 1] === typed[at];
}
