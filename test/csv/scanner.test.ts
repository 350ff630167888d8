import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScanner, type Delimiter, type ScannedRow } from '../../src/transfer/csv-scanner.ts';

/** The rows of a text that comes in pieces of some size. */
function scanned(text: string, size = text.length, delimiter: Delimiter = ','): ScannedRow[] {
  const scanner = new CsvScanner(delimiter);
  const rows: ScannedRow[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...scanner.push(text.slice(at, at + size)));
  rows.push(...scanner.end());
  return rows;
}

const cellsOf = (rows: readonly ScannedRow[]): unknown[] =>
  rows.map((row) => ('cells' in row ? row.cells : row.problem));
const linesOf = (rows: readonly ScannedRow[]): number[] => rows.map(({ line }) => line);

describe('rows of a CSV text', () => {
  it.each([
    ['CRLF', 'a,b\r\nc,d\r\n'],
    ['LF', 'a,b\nc,d\n'],
    ['CR', 'a,b\rc,d\r'],
    ['CRLF, then LF', 'a,b\r\nc,d\n'],
    ['LF, then CR', 'a,b\nc,d\r'],
    ['CR, then CRLF', 'a,b\rc,d\r\n'],
    ['nothing at the end', 'a,b\nc,d'],
  ])('end at %s, wherever the text is cut', (_, text) => {
    for (let size = 1; size <= text.length; size++) {
      const rows = scanned(text, size);
      expect(cellsOf(rows)).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ]);
      expect(linesOf(rows)).toEqual([1, 2]);
    }
  });

  it('are reported by the line on which they begin, after cells of several lines and empty lines', () => {
    const text = 'a\r\n"b\nc\r\nd\re"\n\n\r\rf\n';
    for (let size = 1; size <= text.length; size++) expect(linesOf(scanned(text, size))).toEqual([1, 2, 9]);
  });

  it('have what stands within quotation marks as it is', () => {
    expect(cellsOf(scanned('"a,b","c ""d""","e\r\nf",""\n'))).toEqual([['a,b', 'c "d"', 'e\r\nf', '']]);
  });

  it.each([
    [';', 'a;"b;c"\n'],
    ['\t', 'a\t"b;c"\n'],
  ] as const)('may have other separators: %j', (delimiter, text) => {
    expect(cellsOf(scanned(text, text.length, delimiter))).toEqual([['a', 'b;c']]);
  });

  it.each([
    ['a quotation mark inside a cell', 'a"b,c', /stands inside a cell/],
    ['text after a closing one', '"a"b,c', /followed by more text/],
    ['quotation marks that are not doubled', '"a "b" c",d', /followed by more text/],
    ['more than a million characters', `a,${'x'.repeat(1_000_001)}`, /longer than 1000000/],
    ['more than a million within quotation marks', `a,"${'x""\n,'.repeat(300_000)}"`, /longer than 1000000/],
  ])('are reported once for %s, and the next is read', (_, row, problem) => {
    const rows = scanned(`first\n${row}\nlast\n`, 65_536);
    expect(cellsOf(rows)).toEqual([['first'], expect.stringMatching(problem), ['last']]);
  });

  it('that open a quotation mark for good take the rest with them', () => {
    expect(scanned('first\n"a\nb\nc')).toEqual([
      { line: 1, cells: ['first'] },
      { line: 2, problem: expect.stringMatching(/opened and never closed/) },
    ]);
  });

  it('are those that another reader finds, however the text is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '𝔘', ',', ';', '"', '\n', '\r', ' ') });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 9 }), (table, end, size) => {
        const text = stringify(table, { record_delimiter: end, quoted_match: /[\r\n]/ });
        const expected = parse(text, { record_delimiter: end, relax_column_count: true });
        expect(cellsOf(scanned(text, size))).toEqual(expected);
        expect(expected).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });
});
