/** What Yoga asks of a cache of parsed documents. */
export interface DocumentCache<Value> {
  get(document: string): Value | undefined;
  set(document: string, value: Value): void;
}

/**
 * Keeps what was used last, up to `maxCharacters` of document texts: a parsed document takes about sixty times the
 * memory of its text, so that a count of documents would be no bound when strangers choose their length.
 */
export function boundedCache<Value>(maxCharacters = 1_000_000): DocumentCache<Value> {
  const kept = new Map<string, Value>();
  let characters = 0;
  return {
    get(document) {
      const value = kept.get(document);
      if (value === undefined) return undefined;
      // A Map keeps the order of insertion: what is used goes to the end.
      kept.delete(document);
      kept.set(document, value);
      return value;
    },
    set(document, value) {
      if (document.length > maxCharacters) return;
      if (!kept.has(document)) characters += document.length;
      kept.set(document, value);
      for (const oldest of kept.keys()) {
        if (characters <= maxCharacters) break;
        kept.delete(oldest);
        characters -= oldest.length;
      }
    },
  };
}

/** Keeps nothing: what failed once is told anew, with its own request id. */
export function noCache<Value>(): DocumentCache<Value> {
  return { get: () => undefined, set: () => {} };
}
