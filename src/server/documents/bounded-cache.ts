/** The interface of a document cache of Yoga. */
export interface DocumentCache<Value> {
  get(document: string): Value | undefined;
  set(document: string, value: Value): void;
}

/**
 * A cache (least recently used) for up to `maxCharacters` of document texts. A parsed document takes about a hundred
 * times the memory of its text, and clients choose its length, so that the number of documents would be no limit.
 */
export function boundedCache<Value>(maxCharacters = 500_000): DocumentCache<Value> {
  const values = new Map<string, Value>();
  let characters = 0;
  return {
    get(document) {
      const value = values.get(document);
      if (value === undefined) return undefined;
      // A Map has the order of insertion: move the used one to the end.
      values.delete(document);
      values.set(document, value);
      return value;
    },
    set(document, value) {
      if (document.length > maxCharacters) return;
      if (!values.has(document)) characters += document.length;
      values.set(document, value);
      for (const oldest of values.keys()) {
        if (characters <= maxCharacters) break;
        values.delete(oldest);
        characters -= oldest.length;
      }
    },
  };
}

/** Stores nothing: each failure gets its own request id. */
export function noCache<Value>(): DocumentCache<Value> {
  return { get: () => undefined, set: () => {} };
}
