import { describe, expect, it } from 'vitest';
import { boundedCache } from '../../src/server/documents/bounded-cache.ts';

/** Documents of 100 characters that nobody sends twice. */
const others = (number: number): string[] =>
  Array.from({ length: number }, (_, place) => `{ _${place}: x }`.padEnd(100, ' '));

describe('the cache of documents', () => {
  it('forgets no document that is repeated for any number of documents that are not', () => {
    const cache = boundedCache<object>(10_000);
    const repeated = { document: 'repeated' };
    cache.set('{ repeated }', repeated);
    cache.get('{ repeated }');
    for (const document of others(1_000)) cache.set(document, {});
    expect(cache.get('{ repeated }')).toBe(repeated);
  });

  it('has a fifth of its characters for documents that were sent once', () => {
    const cache = boundedCache<object>(10_000);
    for (const document of others(1_000)) cache.set(document, {});
    expect(others(1_000).filter((document) => cache.get(document) !== undefined)).toEqual(others(1_000).slice(-20));
  });

  it('has no more characters than it may, also of documents that are repeated', () => {
    const cache = boundedCache<object>(10_000);
    for (const document of others(1_000)) {
      cache.set(document, {});
      cache.get(document);
    }
    expect(others(1_000).filter((document) => cache.get(document) !== undefined)).toEqual(others(1_000).slice(-80));
  });

  it('has no document that is longer than its part', () => {
    const cache = boundedCache<object>(10_000);
    const long = 'x'.repeat(2_001);
    cache.set(long, {});
    expect(cache.get(long)).toBeUndefined();
  });
});
