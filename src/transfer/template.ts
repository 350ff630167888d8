import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { makeFolder } from '../graph/make-folder.ts';
import { CsvFileError } from './csv.ts';
import { EXAMPLE } from './example.ts';
import { FILES, type FileFormat } from './files.ts';

/** The columns of a file, in the order of exports and templates: the identifier first. */
export function columnsOf({ columns }: FileFormat): string[] {
  return Object.keys(columns).sort((a, b) => Number(b === 'id') - Number(a === 'id'));
}

/** A file of the template: its header, and the rows of the example. */
export function templateOf(format: FileFormat): string {
  const names = columnsOf(format);
  const rows = (EXAMPLE[format.file] ?? []).map((row) => names.map((name) => row[name] ?? ''));
  return stringify([names, ...rows], { record_delimiter: 'windows' });
}

/**
 * Writes every file of the import into a folder, with its header and the rows of a small example. Creates the folder if
 * it is missing. Throws a CsvFileError if one of the files exists: nothing is replaced.
 */
export async function writeTemplate(folder: string): Promise<readonly string[]> {
  makeFolder(folder);
  const there = new Set(await readdir(folder));
  const taken = FILES.map(({ file }) => file).filter((file) => there.has(file));
  if (taken.length > 0) throw new CsvFileError(`${folder} holds ${taken.join(', ')} already: choose another folder.`);
  // A byte order mark lets spreadsheets read the accents.
  for (const format of FILES) await writeFile(join(folder, format.file), `\uFEFF${templateOf(format)}`, { flag: 'wx' });
  return FILES.map(({ file }) => file);
}
