import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../../src/search/document.ts';
import { parseQuery } from '../../src/search/query.ts';
import { readDocument } from '../../src/search/words.ts';

function read(fields: Partial<SearchDocument>) {
  return readDocument({
    ...{ id: 'pole/x', type: 'Pole', name: '', acronym: null, aliases: [], identifiers: [], popularity: 0 },
    ...{ kind: null, since: null, until: null },
    ...fields,
  });
}

describe('a document', () => {
  it.each([
    ['DigitalPlace', ['digitalplace', 'digital', 'place']],
    ['lUniversité', ['luniversite', 'universite']],
    ['Canal+', ['canalplus', 'canal', 'plus']],
    ['CanalPlus+', ['canalplusplus', 'canal', 'plus']],
    ['Cite\u0301Lyon', ['citelyon', 'cite', 'lyon']],
    ['CNRS', ['cnrs']],
    ['Pôle de la Mer', ['pole', 'de', 'la', 'mer']],
    ['&', []],
  ])('is found by the words of its name as written and opened: %s', (name, words) => {
    expect([...read({ name }).words.keys()]).toEqual(words);
  });

  it('has each word at its best place: first in the name, in the name, elsewhere', () => {
    const { words } = read({ name: 'CapDigital Lyon', acronym: 'Lyon', aliases: ['Digital Paris', 'Cap'] });
    expect(Object.fromEntries(words)).toEqual({ capdigital: 3, cap: 3, digital: 2, lyon: 2, paris: 0 });
  });

  it('has a name as long as its distinct words', () => {
    expect(read({ name: "Pôle de l'eau, de Lyon" }).nameLength).toBe(4);
    expect(read({ name: 'DigitalPlace' }).nameLength).toBe(1);
    expect(read({ name: '&' }).nameLength).toBe(1);
  });

  it('has whole names, each at its highest level, and identifiers', () => {
    const { names, identifiers } = read({
      ...{ name: 'Pôle Mer', acronym: '3il', aliases: ['Pôle-Mer', 'Mer', '—'] },
      identifiers: ['UMR 5505', '3IL', '-'],
    });
    expect(Object.fromEntries(names)).toEqual({ 'pole mer': 5, mer: 4, '3il': 5 });
    expect([...identifiers]).toEqual(['umr5505', '3il']);
  });
});

describe('a query', () => {
  const words = (typed: string) => parseQuery(typed).words;

  it.each(
    'de du des la le les l d et and of the for en a au aux di in sur pour y e und der fur del sa sas sarl x'.split(' '),
  )('does not require "%s" beside another word', (word) => {
    expect(words(`${word} lyon `).map(({ required, weight }) => [required, weight])).toEqual([
      [false, 1],
      [true, 5],
    ]);
    expect(words(word)).toMatchObject([{ required: true, weight: 5 }]);
  });

  it.each([
    ['lyon', true],
    ['lyoné', true],
    ['lyone\u0301', true],
    ['umr 55', true],
    ['c++', true],
    ['lyon ', false],
    ['lyon,', false],
    ['lyon +', false],
    ['h.a.i.', false],
  ])('leaves its last word open where it may go on: "%s"', (typed, open) => {
    expect(words(typed).at(-1)?.open).toBe(open);
  });

  it('leaves no word open when the one typed last is not searched', () => {
    const typed = Array.from({ length: 13 }, (_, n) => `mot${String.fromCharCode(97 + n)}`).join(' ');
    expect(words(typed)).toHaveLength(12);
    expect(words(typed).filter(({ open }) => open)).toEqual([]);
  });
});
