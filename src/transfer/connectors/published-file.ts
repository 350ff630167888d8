import { open } from 'node:fs/promises';
import { CsvFileError } from '../csv.ts';

/** What a file is by its first bytes. */
export type FileForm = 'zip' | 'text';

/** Beginnings of files that are packed, or of a form that is not read, with what to do about them. */
const OTHER_FORMS: readonly (readonly [beginning: string, what: string])[] = [
  ['\x1f\x8b', 'is packed (gzip): unpack it'],
  ['BZh', 'is packed (bzip2): unpack it'],
  ['\xfd7zXZ', 'is packed (xz): unpack it'],
  ['PAR1', 'is Parquet, which is not read: take the CSV file of the same list'],
  ['\xd0\xcf\x11\xe0', 'is a workbook of before 2007 (XLS): save it as XLSX or CSV UTF-8'],
];

/**
 * Looks at a published file before it is read. Throws a CsvFileError, with what to do, for one that is not there, a folder, an
 * empty file, or one that is packed in another way than a workbook is.
 */
export async function formOf(path: string): Promise<FileForm> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CsvFileError(`There is no file ${path}: look at its path.`);
    throw error;
  });
  try {
    if ((await file.stat()).isDirectory()) throw new CsvFileError(`${path} is a folder: name the file that is in it.`);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    if (bytesRead === 0) throw new CsvFileError(`${path} is empty: download it again.`);
    const beginning = buffer.subarray(0, bytesRead).toString('latin1');
    const other = OTHER_FORMS.find(([bytes]) => beginning.startsWith(bytes));
    if (other) throw new CsvFileError(`${path} ${other[1]}.`);
    return beginning.startsWith('PK\x03\x04') ? 'zip' : 'text';
  } finally {
    await file.close();
  }
}
