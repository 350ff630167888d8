/** A property of JSON whose text is known, to stand after others; nothing for null. Written so, since a million objects take twice as long. */
export const jsonProperty = (name: string, text: string | null): string =>
  text === null ? '' : `,"${name}":${JSON.stringify(text)}`;
