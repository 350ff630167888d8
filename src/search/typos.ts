/** Letters from which one typing error is forgiven: in a shorter word it makes another word. Digits are not counted. */
const MIN_LETTERS = 5;

/** Whether a text has enough letters to forgive one typing error. */
export function forgivesTypo(text: string): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) >= MIN_LETTERS;
}

/** The digits of a text in their order. They are never the typing error: 113 is not 114, nor ID4Car ID5Car. */
export function digitsOf(text: string): string {
  return text.replace(/\P{N}+/gu, '');
}

/**
 * Whether a word is one typing error away from the typed text: one letter superfluous, missing, wrong, or swapped with
 * the next, and all digits equal. The first letter may be the wrong one. Equal words are not one error apart.
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

/** Whether a word begins with a text one typing error away from the typed one, and not with the typed one itself. */
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

/** The offset of the first difference. An error is always there: an earlier one would leave the same word. */
function firstDifference(word: string, typed: string): number {
  let at = 0;
  while (at < typed.length && word.charCodeAt(at) === typed.charCodeAt(at)) at++;
  return at;
}

function isSwapped(word: string, typed: string, at: number): boolean {
  return at + 1 < typed.length && word[at] === typed[at + 1] && word[at + 1] === typed[at];
}
