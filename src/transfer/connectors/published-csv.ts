import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvFileError, checkEncoding, readCsv, readHeader } from '../csv.ts';

/** A line of a list by column: the first of the named columns that is not empty; else ''. */
export type Line = (...columns: readonly string[]) => string;

/** A published CSV file: its columns, and its lines as a stream. */
export interface PublishedCsv {
  readonly columns: ReadonlySet<string>;
  readonly lines: () => AsyncGenerator<Line, void, void>;
  /** What was read so far that is no CSV, in words: file, line and why. */
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

/**
 * Opens a published CSV file whose cells are separated as `expected` columns are found. Throws a CsvFileError for a file that
 * is not UTF-8. `keyOf` is how columns are compared with the expected ones, where
 * publishers write one name in several ways.
 */
export async function openPublished(
  file: string,
  expected: readonly string[],
  keyOf: (column: string) => string = (column) => column,
): Promise<PublishedCsv> {
  await checkEncoding(file, file);
  const header = await readHeader(file, expected, keyOf);
  const names = (header?.names ?? []).map(keyOf);
  const positions = new Map(names.map((name, index) => [name, index]));
  const unreadable: string[] = [];
  async function* lines(): AsyncGenerator<Line, void, void> {
    let isHeader = true;
    for await (const row of readCsv(file, header?.delimiter)) {
      if ('problem' in row) unreadable.push(`${file}, line ${row.line}: ${row.problem}`);
      else if (!isHeader) {
        const { cells } = row;
        yield reading((column) => cells[positions.get(column) ?? -1]);
      }
      isHeader = false;
    }
  }
  return { columns: new Set(names), lines, unreadable };
}

/** The CSV files of a path: those of a folder, or the file itself. Throws a CsvFileError where there is nothing. */
export async function publishedFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CsvFileError(`There is no file or folder ${path}: look at its path.`);
    throw error;
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.csv$/i.test(name)).sort();
  return names.map((name) => join(path, name));
}
