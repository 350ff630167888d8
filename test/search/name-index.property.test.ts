import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/domain/fold.ts';
import type { SearchDocument, SearchPosition } from '../../src/search/document.ts';
import { NameIndex, type SearchHit } from '../../src/search/name-index.ts';
import { parseQuery } from '../../src/search/query.ts';
import { rank } from '../../src/search/ranking.ts';
import { cases } from '../support/tier.ts';
import { anyDocument, anyTyped, mistyped } from './arbitraries.ts';
import { editDistance, isAfter, referenceSearch } from './reference.ts';

const someDocuments = fc.uniqueArray(anyDocument, { selector: ({ id }) => id, maxLength: 40, size: 'max' });
const someTypes = fc.option(fc.subarray(['Organisation', 'Pole', 'Project'] as const), { nil: undefined });

/** Reads page after page until the index says that there is no more. */
function allPages(index: NameIndex, text: string, sizes: readonly number[], types?: SearchDocument['type'][]) {
  const hits: SearchHit[] = [];
  for (let page = 0; ; page++) {
    const limit = sizes[page % sizes.length]!;
    const { hits: more, hasMore } = index.search(text, { types, limit, after: hits.at(-1) });
    hits.push(...more);
    if (!hasMore) return hits;
    // A page before the last is full.
    expect(more).toHaveLength(limit);
  }
}

describe('the name index', () => {
  it('answers like a ranking of every document, in order, whatever the sizes of its pages', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(someDocuments, anyTyped, sizes, someTypes, async (documents, text, sizes, types) => {
        const index = await NameIndex.load(documents);
        const expected = referenceSearch(documents, text, types);
        expect(allPages(index, text, sizes, types)).toEqual(expected);
        expect(index.count(text, types)).toBe(expected.length);
      }),
      cases({ usual: 700, long: 20_000 }),
    );
  });

  it('answers alike after documents came, changed and went', async () => {
    const change = fc.oneof(
      fc.record({ put: anyDocument }),
      fc.record({ gone: fc.nat(60) }),
      fc.record({ asked: anyTyped }),
    );
    await fc.assert(
      fc.asyncProperty(
        someDocuments,
        fc.array(change, { maxLength: 60, size: 'max' }),
        anyTyped,
        async (first, changes, text) => {
          const index = await NameIndex.load(first);
          const expected = new Map(first.map((document) => [document.id, document]));
          const expectSame = (text: string) => {
            expect(index.search(text, { limit: 100 }).hits).toEqual(referenceSearch([...expected.values()], text));
          };
          for (const change of changes) {
            if ('put' in change) {
              if (expected.has(change.put.id)) index.replace(change.put);
              else index.add(change.put);
              expected.set(change.put.id, change.put);
            } else if ('gone' in change) {
              const id = [...expected.keys()][change.gone] ?? 'pole/unknown';
              expect(index.remove(id)).toBe(expected.delete(id));
            } else {
              expectSame(change.asked);
            }
            expect(index.size).toBe(expected.size);
          }
          expectSame(text);
        },
      ),
      cases({ usual: 80, long: 2_000 }),
    );
  });

  it('goes on behind any position, also of a document that is gone', async () => {
    const position: fc.Arbitrary<SearchPosition> = fc.record({
      level: fc.integer({ min: 1, max: 6 }),
      score: fc.oneof(fc.constant(0), fc.integer({ min: 500, max: 2_500 })),
      popularity: fc.nat(5),
      id: anyDocument.map(({ id }) => id),
    });
    await fc.assert(
      fc.asyncProperty(someDocuments, anyTyped, position, async (documents, text, after) => {
        const index = await NameIndex.load(documents);
        const expected = referenceSearch(documents, text).filter((hit) => isAfter(hit, after));
        expect(index.search(text, { limit: 100, after })).toEqual({ hits: expected, hasMore: false });
      }),
      cases({ usual: 200, long: 5_000 }),
    );
  });

  it('finds a word of five letters or more typed with one error, finished or not', async () => {
    const word = fc.constantFrom('universite', 'recherche', 'ecologie', 'aerospace', 'martin', 'pyrenees', 'lyonnais');
    const typed = word
      .chain((word) => fc.tuple(fc.constant(word), mistyped(fc.constant(word)), fc.constantFrom('', ' ')))
      .filter(([, typed]) => typed.length >= 5);
    await fc.assert(
      fc.asyncProperty(someDocuments, typed, async (documents, [word, typed, end]) => {
        expect(editDistance(word, typed)).toBeLessThanOrEqual(1);
        const target = { ...ONE, name: `Pôle ${word}` };
        const index = await NameIndex.load([...documents, target]);
        const found = index.search(typed + end, { limit: 100 }).hits.find(({ id }) => id === target.id);
        expect(found?.level).toBeGreaterThanOrEqual(2);
      }),
      cases({ usual: 200, long: 5_000 }),
    );
  });

  it('ranks each document as the pure ranking of one document does', () => {
    fc.assert(
      fc.property(anyDocument, anyTyped, (document, text) => {
        const [expected] = referenceSearch([document], text);
        const ranking = rank(parseQuery(text), document);
        expect(ranking).toEqual(
          expected === undefined
            ? null
            : { level: expected.level, score: expected.score, matchedFields: expected.matchedFields },
        );
      }),
      cases({ usual: 700, long: 20_000 }),
    );
  });

  it('finds every document by its whole name, at the level of names or of identifiers', () => {
    fc.assert(
      fc.property(someDocuments, (documents) => {
        const index = new NameIndex();
        for (const document of documents) index.add(document);
        for (const { id, name } of documents) {
          if (fold(name) === '' || name.length > 200) continue;
          const hit = index.search(name, { limit: 100 }).hits.find((hit) => hit.id === id);
          expect(hit?.level).toBeGreaterThanOrEqual(5);
        }
      }),
    );
  });
});

const ONE: SearchDocument = {
  id: 'pole/target',
  type: 'Pole',
  name: 'One',
  acronym: null,
  aliases: [],
  identifiers: [],
  popularity: 0,
  kind: null,
  since: null,
  until: null,
};
