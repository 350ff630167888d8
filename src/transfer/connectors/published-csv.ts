import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvFileError, checkEncoding, readCsv, readHeader } from '../csv.ts';
import { formOf } from './published-file.ts';
import { openSheet } from './xlsx.ts';

/** A line of a list by column: the first of the named columns that is not empty; else ''. */
export type Line = (...columns: readonly string[]) => string;

/** A published table, CSV or XLSX: its columns, and its lines as a stream. */
export interface PublishedCsv {
  readonly columns: ReadonlySet<string>;
  readonly lines: () => AsyncGenerator<Line, void, void>;
  /** What was read so far that is no row, in words: file, line and why. */
  readonly unreadable: readonly string[];
}

/** What lists write where they do not know, or may not say. */
const UNKNOWN = /^(?:non renseign[ée]+|nan|none|null|n\/a|\[nd\])$/i;

const tidyCell = (cell: string | undefined): string => {
  const text = cell?.trim() ?? '';
  return text === '' || UNKNOWN.test(text) ? '' : text.replaceAll('&amp;', '&').replace(/\s+/g, ' ');
};

const reading =
  (cellOf: (column: string) => string | undefined): Line =>
  (...columns) => {
    for (const column of columns) {
      const cell = tidyCell(cellOf(column));
      if (cell !== '') return cell;
    }
    return '';
  };

/** A line of these cells, by column. */
export const lineOf = (cells: Readonly<Record<string, string>>): Line => reading((column) => cells[column]);

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === '';

const positionsOf = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(names.map((name, index) => [name, index]));

const lineAt = (positions: ReadonlyMap<string, number>, cells: readonly string[]): Line =>
  reading((column) => cells[positions.get(column) ?? -1]);

/**
 * Opens a published table: a workbook (XLSX), or a CSV file whose cells are separated as `expected` columns are found. Throws
 * a CsvFileError for a file that is neither. `keyOf` is how columns are compared with the expected ones, where
 * publishers write one name in several ways.
 */
export async function openPublished(
  file: string,
  expected: readonly string[],
  keyOf: (column: string) => string = (column) => column,
): Promise<PublishedCsv> {
  return (await formOf(file)) === 'zip' ? openWorkbook(file, expected, keyOf) : openCsv(file, expected, keyOf);
}

async function openWorkbook(
  file: string,
  expected: readonly string[],
  keyOf: (column: string) => string,
): Promise<PublishedCsv> {
  const { header, rows } = await openSheet(file, (column) => expected.includes(keyOf(column)));
  const names = header.map(keyOf);
  const positions = positionsOf(names);
  async function* lines(): AsyncGenerator<Line, void, void> {
    for await (const cells of rows()) yield lineAt(positions, cells);
  }
  return { columns: new Set(names), lines, unreadable: [] };
}

async function openCsv(
  file: string,
  expected: readonly string[],
  keyOf: (column: string) => string,
): Promise<PublishedCsv> {
  await checkEncoding(file, file);
  const header = await readHeader(file, expected, keyOf).catch((error: unknown) => {
    // A first line that is no CSV names no column, and the file is no such list.
    if (error instanceof CsvFileError) return null;
    throw error;
  });
  const names = (header?.names ?? []).map(keyOf);
  const positions = positionsOf(names);
  const unreadable: string[] = [];
  async function* lines(): AsyncGenerator<Line, void, void> {
    let isHeader = true;
    for await (const row of readCsv(file, header?.delimiter)) {
      if ('problem' in row) unreadable.push(`${file}, line ${row.line}: ${row.problem}`);
      else if (!isHeader && !isBlank(row.cells)) {
        // A line that is cut, or has a separator too many, would give columns the values of others.
        if (row.cells.length === names.length) yield lineAt(positions, row.cells);
        else
          unreadable.push(
            `${file}, line ${row.line}: it has ${row.cells.length} cells, the first line ${names.length}`,
          );
      }
      isHeader = false;
    }
  }
  return { columns: new Set(names), lines, unreadable };
}

/** The tables of a path, CSV or XLSX: those of a folder, or the file itself. Throws a CsvFileError where there is nothing. */
export async function publishedFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CsvFileError(`There is no file or folder ${path}: look at its path.`);
    throw error;
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.(?:csv|xlsx)$/i.test(name)).sort();
  return names.map((name) => join(path, name));
}
