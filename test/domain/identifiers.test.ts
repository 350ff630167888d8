import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/domain/fold.ts';
import { digest, isGlobalId, MAX_ID_LENGTH, readableId, slug } from '../../src/domain/global-id.ts';
import { IDENTIFIER_SCHEMES, identifierProblem, tidyIdentifier } from '../../src/domain/identifier.ts';
import { RELATIONSHIP_SHAPES } from '../../src/domain/relationship.ts';
import {
  FACT_TYPES,
  ID_PREFIXES,
  LINK_TYPES,
  NODE_TYPES,
  RELATIONSHIP_ID_PREFIXES,
  RELATIONSHIP_TYPES,
} from '../../src/domain/vocabulary.ts';

describe('a registry’s identifier', () => {
  it.each([
    ['SIREN', ' 552 032 534 ', '552032534'],
    ['RNSR', '200611689j', '200611689J'],
    ['ROR', 'https://ror.org/02FEAHW73', '02feahw73'],
    ['ROR', 'http://ror.org/02feahw73', '02feahw73'],
    ['ROR', 'ror.org/02feahw73', '02feahw73'],
    ['ROR', '\u200Bhttps://www.ror.org/02feahw73', '02feahw73'],
    ['SIREN', '552\u00A0032\u202F534', '552032534'],
    ['ISNI', '0000 0004 0502 153x', '000000040502153X'],
    ['ISNI', 'https://isni.org/isni/0000000121129282', '0000000121129282'],
    ['WIKIDATA', 'q280413', 'Q280413'],
    ['WIKIDATA', 'https://www.wikidata.org/wiki/Q280413', 'Q280413'],
    ['WIKIDATA', 'http://www.wikidata.org/entity/Q280413', 'Q280413'],
    ['CORDIS_PIC', '999 997 930', '999997930'],
  ] as const)('%s is brought to its registry’s spelling: "%s"', (scheme, written, tidy) => {
    expect(tidyIdentifier(scheme, written)).toBe(tidy);
    expect(identifierProblem(scheme, tidy)).toBeNull();
  });

  it.each([
    ['SIREN', '552032535'],
    ['SIREN', '55203253'],
    ['SIREN', '5520325340'],
    ['SIREN', '55203253A'],
    ['RNSR', '200611689'],
    ['RNSR', '200611689j'],
    ['RNSR', '20061168JJ'],
    ['ROR', '12feahw73'],
    ['ROR', '02feaiw73'],
    ['ROR', '02feahw7'],
    ['ISNI', '0000000121129283'],
    ['ISNI', '00000001211292'],
    ['WIKIDATA', 'Q0'],
    ['WIKIDATA', 'Q-1'],
    ['WIKIDATA', '280413'],
    ['CORDIS_PIC', '99999793'],
    ['CORDIS_PIC', ''],
  ] as const)('%s that is wrong is shown the right shape: "%s"', (scheme, value) => {
    expect(identifierProblem(scheme, value)).toMatch(
      new RegExp(`^"${value}" is not a ${scheme} identifier: it has .+ as in .+\\.$|begin`),
    );
  });

  it('of companies is recognised by its check digit: of ten last digits one is right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        const start = String(number).padStart(8, '0');
        const right = Array.from({ length: 10 }, (_, last) => `${start}${last}`).filter(
          (siren) => identifierProblem('SIREN', siren) === null,
        );
        expect(right).toHaveLength(1);
      }),
    );
  });

  it('that is tidy stays as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IDENTIFIER_SCHEMES), fc.string(), (scheme, written) => {
        const tidy = tidyIdentifier(scheme, written);
        expect(tidyIdentifier(scheme, tidy)).toBe(tidy);
      }),
    );
  });
});

describe('a global identifier', () => {
  it.each([
    'pole/aerospace-valley',
    'organisation/rnsr-200611689J',
    'organisation/日本',
    'source/a.b_c:d~e-f',
    'topic/1',
  ])('is %s', (id) => {
    expect(isGlobalId(id)).toBe(true);
  });

  it.each([
    '',
    'pole',
    'pole/',
    '/x',
    'Pole/x',
    'pole/a b',
    'pole/-x',
    'pole/a/b',
    'pole/a;b',
    'pole/<b>',
    'po le/x',
    'pole/x\n',
  ])('is not %j', (id) => {
    expect(isGlobalId(id)).toBe(false);
  });

  it('is of two hundred characters at the most', () => {
    const id = `pole/${'x'.repeat(MAX_ID_LENGTH - 5)}`;
    expect([isGlobalId(id), isGlobalId(`${id}x`)]).toEqual([true, false]);
  });

  it('is made of a registry’s number, else of the name, and always is one', () => {
    expect(readableId('organisation', 'Alpha', [['RNSR', '200611689J']])).toBe('organisation/rnsr-200611689J');
    expect(readableId('organisation', 'Alpha', [['CORDIS_PIC', '999997930']])).toBe(
      'organisation/cordis_pic-999997930',
    );
    expect(readableId('pole', "Pôle d'Été", [])).toBe('pole/pole-ete');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (name) => {
        expect(isGlobalId(readableId('organisation', name, []))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is equal for names that fold alike, and hardly ever for others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        if (fold(a) === fold(b)) expect(slug(a)).toBe(slug(b));
        else if (fold(a).length < 90 && fold(b).length < 90) expect(slug(a)).not.toBe(slug(b));
      }),
    );
    expect(readableId('organisation', '!!!', [])).not.toBe(readableId('organisation', '???', []));
  });
});

describe('a digest', () => {
  it('is the same on every machine', () => {
    expect(digest(['organisation/a', 'pole/b', 'MEMBER', null])).toBe('048c8de73b63a267278e');
  });

  it('distinguishes parts by their position, and nothing from an empty text', () => {
    const parts = [['a', 'b'], ['b', 'a'], ['ab'], ['a', 'b', null], ['a', 'b', ''], ['a,b'], ['a","b']];
    expect(new Set(parts.map(digest)).size).toBe(parts.length);
  });
});

describe('the vocabulary', () => {
  it('has a prefix for each type of node and relationship, each its own', () => {
    const prefixes = [...Object.values(ID_PREFIXES), ...Object.values(RELATIONSHIP_ID_PREFIXES)];
    expect(new Set(prefixes).size).toBe(NODE_TYPES.length + RELATIONSHIP_TYPES.length);
    for (const prefix of prefixes) expect(isGlobalId(`${prefix}/x`)).toBe(true);
  });

  it('gives the ends and the identity of each relationship', () => {
    expect(Object.keys(RELATIONSHIP_SHAPES).sort()).toEqual([...RELATIONSHIP_TYPES].sort());
    expect(RELATIONSHIP_TYPES).toEqual(expect.arrayContaining([...FACT_TYPES, ...LINK_TYPES]));
    for (const { from, to } of Object.values(RELATIONSHIP_SHAPES)) {
      for (const { types } of [from, to]) {
        expect(types.length).toBeGreaterThan(0);
        expect(NODE_TYPES).toEqual(expect.arrayContaining([...types]));
      }
    }
  });
});
