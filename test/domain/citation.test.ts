import { describe, expect, it } from 'vitest';
import { citationOf, dateInWords } from '../../src/domain/citation.ts';
import { partialDate } from '../../src/domain/partial-date.ts';

const page = {
  name: 'Clusters et pôles',
  publisher: 'AgoraVox',
  publishedOn: partialDate('2016-03-14'),
  consultedOn: partialDate('2026-11-28'),
  url: 'https://example.org/a',
};

describe('a reference', () => {
  it.each([
    [page, '« Clusters et pôles », AgoraVox, 14 mars 2016, https://example.org/a (consulté le 28 novembre 2026).'],
    [{ ...page, url: null }, '« Clusters et pôles », AgoraVox, 14 mars 2016.'],
    [
      { ...page, publishedOn: null, consultedOn: null },
      '« Clusters et pôles », AgoraVox, s. d., https://example.org/a.',
    ],
    [{ ...page, publisher: null, url: null }, '« Clusters et pôles », 14 mars 2016.'],
  ])('has what is known of its document: %#', (cited, expected) => {
    expect(citationOf(cited)).toBe(expected);
  });

  it.each([
    ['2016', '2016'],
    ['2016-03', 'mars 2016'],
    ['2016-08-01', '1er août 2016'],
    ['2016-12-09', '9 décembre 2016'],
  ])('writes its date in words: %s', (date, expected) => {
    expect(dateInWords(partialDate(date))).toBe(expected);
  });
});
