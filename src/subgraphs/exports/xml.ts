/** Characters that XML 1.0 does not allow, whatever the escape; lone halves of a pair among them. */
const NOT_ALLOWED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Whether a text has any character that is escaped or left out: most have none. */
const IS_SPECIAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;

/** A text as the value of an attribute or the content of an element. */
export const xmlText = (text: string): string =>
  IS_SPECIAL.test(text)
    ? text.replace(NOT_ALLOWED, '').replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!)
    : text;
