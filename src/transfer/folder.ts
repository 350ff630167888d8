import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { closest } from '../domain/closest.ts';
import { quoted, quotedList } from '../domain/field-value.ts';
import { CsvFileError, checkEncoding, readHeader, sizeOf } from './csv.ts';
import type { Delimiter } from './csv-scanner.ts';
import { FILES, type FileFormat } from './files.ts';

/** A file of the import format in a folder. */
export interface FoundFile {
  readonly format: FileFormat;
  readonly path: string;
  readonly bytes: number;
  readonly delimiter: Delimiter;
  /** The field of each column; null for a column that the format does not know. */
  readonly header: readonly (string | null)[];
}

/** The import files of a folder, and remarks: files and columns that are not read, unusual separators. */
export interface Folder {
  readonly files: readonly FoundFile[];
  readonly notes: readonly string[];
}

const NAMES = FILES.map(({ file }) => file);
const DELIMITER_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const;

/** Columns of one file that are noted one by one as not read. */
const MOST_NOTED = 20;

const suggestion = (name: string, among: readonly string[]): string => {
  const meant = closest(name, among);
  return meant === null ? '' : ` (perhaps ${meant} is meant)`;
};

/** Throws a CsvFileError if the folder does not exist. */
export async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CsvFileError(`There is no folder ${folder}: look at its path.`);
    throw error;
  });
  if (!found.isDirectory()) throw new CsvFileError(`${folder} is a file: name the folder that holds the CSV files.`);
}

/** Checks a header. Throws a CsvFileError for a problem that would affect every row. */
function columnsOf({ file, columns, required }: FileFormat, names: readonly string[]): FoundFile['header'] {
  const known = Object.keys(columns);
  const repeated = names.find((name, index) => known.includes(name) && names.indexOf(name) !== index);
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
      `${file} lacks ${what} ${shown.join(', ')}: its first line must name them. It names ${quotedList(names)}.`,
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
  const unknown = names.filter((_, index) => header[index] === null);
  for (const name of unknown.slice(0, MOST_NOTED)) {
    notes.push(`${file}: the column ${quoted(name)} is not read${suggestion(name, known)}.`);
  }
  const more = unknown.length - MOST_NOTED;
  if (more > 0) notes.push(`${file}: ${more.toLocaleString('en')} more columns are not read.`);
  return { format, path, bytes, delimiter, header };
}

/**
 * Finds the files of a folder, and checks their headers and encodings. Throws a CsvFileError for a problem; unknown
 * files and columns are named in the notes. `ignored` is a file that may be there and gets no note.
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
    notes.push(`${name} is not read: no file of the import has that name${suggestion(name, NAMES)}.`);
  if (files.length === 0) {
    const seen = others.length === 0 ? '' : ` It holds ${others.join(', ')}.`;
    throw new CsvFileError(`${folder} holds none of the files ${NAMES.join(', ')}.${seen}`);
  }
  return { files, notes };
}
