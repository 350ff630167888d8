/** Maximum of characters in a name or a label: in a longer one, most likely a quotation mark is missing. */
export const MAX_LINE = 500;
/** Maximum of characters in a description or a note. */
export const MAX_TEXT = 5_000;
/** Maximum of characters in a web address that all browsers and proxies accept. */
export const MAX_URL = 2_000;
/** Maximum of items in a list. */
export const MAX_ITEMS = 1_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

/** What is in that form without a look at each character: ASCII that neither begins nor ends with a space. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

const OUTER = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * A text in the form in which every way in stores it: Unicode's composed form (NFC), without spaces and invisible
 * characters (class Cf) around it. A text of nothing else becomes empty.
 */
export function tidyText(written: string): string {
  return PLAIN.test(written) ? written : written.normalize('NFC').replace(OUTER, '');
}

/** A text without the byte order mark that some editors write before it. For files that people write. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The problem of a text, to be put after the name of its field; null if it has none. For imports and mutations. */
export function textProblem(text: string, maximum: number): string | null {
  if (text.length > maximum) return `has ${text.length} characters; ${maximum} is the most.`;
  if (CONTROL.test(text)) return 'holds control characters: take them out.';
  if (!text.isWellFormed()) return 'holds half of a character (a lone surrogate): take it out.';
  return null;
}

/** Characters of one message at the most, and of one value that it quotes. */
const MAX_MESSAGE = 1_000;
const MAX_QUOTED = 120;

const LONG_QUOTED = new RegExp(`"(?:[^"\\\\]|\\\\.){${MAX_QUOTED},}"`, 'gsu');
const LONG_WORD = new RegExp(`[^\\s"…]{${MAX_QUOTED},}`, 'gu');

const beginning = (text: string, length: number): string =>
  `${[...text.slice(0, 2 * length)].slice(0, length).join('')}…`;

/** Shortens the quotations and the long words of a message, so that it does not repeat long inputs. */
export function shortened(message: string): string {
  if (message.length < MAX_QUOTED) return message;
  // The rest of a much longer message says nothing more.
  const text = message
    .slice(0, 20 * MAX_MESSAGE)
    .replace(LONG_QUOTED, (quoted) => `${beginning(quoted, MAX_QUOTED - 20)}"`)
    .replace(LONG_WORD, (word) => beginning(word, MAX_QUOTED - 20));
  return text.length > MAX_MESSAGE ? beginning(text, MAX_MESSAGE) : text;
}

/** A word with its indefinite article, as messages print it: "an Organisation", "a Pole". */
export function withArticle(word: string): string {
  return `${/^[aeiou]/iu.test(word) ? 'an' : 'a'} ${word}`;
}

/** The problem of a web address, as a sentence; null if it has none. */
export function webAddressProblem(text: string): string | null {
  const isAddress = /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return isAddress ? null : `"${shown}" is not a web address: it begins with https:// or http://.`;
}
