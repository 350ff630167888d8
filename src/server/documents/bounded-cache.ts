import { LRUCache } from 'lru-cache';

/** The interface of a document cache of Yoga. */
export interface DocumentCache<Value> {
  get(document: string): Value | undefined;
  set(document: string, value: Value): void;
}

/** The part of the characters that is for documents which were sent once. */
const SENT_ONCE = 0.2;

/** Documents up to so many characters in all, without those that were not used for longest. */
const documentsUpTo = <Value extends object>(maxCharacters: number): LRUCache<string, Value> =>
  new LRUCache({ maxSize: Math.max(1, maxCharacters), sizeCalculation: (_, document) => Math.max(1, document.length) });

/**
 * A cache of documents for up to `maxCharacters` of their texts. A parsed document takes about a hundred times the memory of
 * its text, and clients choose its length, so that the number of documents would be no limit. Those that were sent once have
 * a part of the characters for themselves, and are moved when they are sent again (Johnson and Shasha 1994, 2Q): documents
 * that nobody sends twice neither fill the memory nor displace those that clients repeat.
 */
export function boundedCache<Value extends object>(maxCharacters = 500_000): DocumentCache<Value> {
  const charactersOnce = Math.floor(maxCharacters * SENT_ONCE);
  const once = documentsUpTo<Value>(charactersOnce);
  const again = documentsUpTo<Value>(maxCharacters - charactersOnce);
  return {
    get(document) {
      const repeated = again.get(document);
      if (repeated !== undefined) return repeated;
      const value = once.get(document);
      if (value === undefined) return undefined;
      once.delete(document);
      again.set(document, value);
      return value;
    },
    set(document, value) {
      (again.has(document) ? again : once).set(document, value);
    },
  };
}

/** Stores nothing: each failure gets its own request id. */
export function noCache<Value>(): DocumentCache<Value> {
  return { get: () => undefined, set: () => {} };
}
