import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { closest } from '../domain/closest.ts';
import { CsvFileError, checkEncoding, readHeader, sizeOf } from './csv.ts';
import type { Delimiter } from './csv-scanner.ts';
import { FILES, type FileFormat } from './files.ts';

/** A file of the format that a folder holds. */
export interface FoundFile {
  readonly format: FileFormat;
  readonly path: string;
  readonly bytes: number;
  readonly delimiter: Delimiter;
  /** The field of each column; null for a column that the format does not know. */
  readonly header: readonly (string | null)[];
}

/** What a folder holds, and what should be said of it: files and columns that are not read, unusual separators. */
export interface Folder {
  readonly files: readonly FoundFile[];
  readonly notes: readonly string[];
}

const NAMES = FILES.map(({ file }) => file);
const DELIMITER_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const;

const perhaps = (name: string, among: readonly string[]): string => {
  const meant = closest(name, among);
  return meant === null ? '' : ` (perhaps ${meant} is meant)`;
};

/** Throws a CsvFileError where there is no such folder. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CsvFileError(`There is no folder ${folder}: look at its path.`);
    throw error;
  });
  if (!found.isDirectory()) throw new CsvFileError(`${folder} is a file: name the folder that holds the CSV files.`);
}

/** Checks a header: what would spoil every row of the file throws a CsvFileError. */
function columnsOf({ file, columns, required }: FileFormat, names: readonly string[]): FoundFile['header'] {
  const known = Object.keys(columns);
  const repeated = names.find((name, place) => known.includes(name) && names.indexOf(name) !== place);
  if (repeated !== undefined) throw new CsvFileError(`${file} names the column ${repeated} twice.`);
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const others = names.filter((name) => !known.includes(name));
    const shown = missing.map((name) => {
      const meant = closest(name, others);
      return meant === null ? name : `${name} (it has "${meant}")`;
    });
    const what = missing.length === 1 ? 'the column' : 'the columns';
    throw new CsvFileError(
      `${file} lacks ${what} ${shown.join(', ')}: its first line must name them. It names ${names.map((name) => `"${name.slice(0, 60)}"`).join(', ')}.`,
    );
  }
  return names.map((name) => (known.includes(name) ? name : null));
}

async function inspectFile(folder: string, format: FileFormat, notes: string[]): Promise<FoundFile | null> {
  const { file } = format;
  const path = join(folder, file);
  const bytes = await sizeOf(path);
  if (bytes === null) return null;
  await checkEncoding(path, file);
  const known = Object.keys(format.columns);
  const found = await readHeader(path, known);
  if (found === null) throw new CsvFileError(`${file} has no header: its first line must name the columns.`);
  const { names, delimiter } = found;
  if (delimiter !== ',') notes.push(`${file}: its cells are separated by ${DELIMITER_NAMES[delimiter]}.`);
  const header = columnsOf(format, names);
  for (const name of names.filter((_, place) => header[place] === null)) {
    notes.push(`${file}: the column "${name}" is not read${perhaps(name, known)}.`);
  }
  return { format, path, bytes, delimiter, header };
}

/**
 * Finds the files of a folder and checks what would spoil all of it: headers, encodings. Throws a CsvFileError; files and
 * columns that it does not know are named in its notes. `ignored` is a file that may be there and is not meant.
 */
export async function inspectFolder(folder: string, ignored: string | null): Promise<Folder> {
  await checkFolder(folder);
  const notes: string[] = [];
  const files: FoundFile[] = [];
  for (const format of FILES) {
    const found = await inspectFile(folder, format, notes);
    if (found) files.push(found);
  }
  const others = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && /\.csv$/i.test(entry.name) && !NAMES.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => name !== basename(ignored ?? 'rejected.csv'));
  for (const name of others.sort())
    notes.push(`${name} is not read: no file of the import has that name${perhaps(name, NAMES)}.`);
  if (files.length === 0) {
    const seen = others.length === 0 ? '' : ` It holds ${others.join(', ')}.`;
    throw new CsvFileError(`${folder} holds none of the files ${NAMES.join(', ')}.${seen}`);
  }
  return { files, notes };
}
