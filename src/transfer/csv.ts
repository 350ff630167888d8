import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CsvScanner, type Delimiter, type ScannedRow } from './csv-scanner.ts';

/** A file or folder that cannot be imported at all. The message is for the user. */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';
}

const CHUNK_BYTES = 1 << 20;

/** The number of bytes at the end that begin a UTF-8 character without completing it. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** The number of line breaks. A carriage return at the very end is counted with the line feed that may follow. */
function lineBreaksIn(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] === 10 || (bytes[index] === 13 && index + 1 < bytes.length && bytes[index + 1] !== 10)) count++;
  }
  return count;
}

/**
 * Throws a CsvFileError for a file that is not UTF-8, naming the line. Reads the file once, before anything is
 * imported.
 */
export async function checkEncoding(path: string, name: string): Promise<void> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let carried = 0;
    let lines = 1;
    for (;;) {
      const { bytesRead } = await file.read(buffer, carried, CHUNK_BYTES - carried);
      const filled = carried + bytesRead;
      if (filled === 0) return;
      // The end of the chunk may cut a character: its first bytes, three at most, are checked with the next chunk.
      let complete = filled;
      if (bytesRead > 0) complete -= unfinishedBytes(buffer.subarray(0, filled));
      if (!isUtf8(buffer.subarray(0, complete))) {
        const rows = buffer
          .subarray(0, complete)
          .toString('latin1')
          .split(/\r\n|\r|\n/);
        const wrong = rows.findIndex((row) => !isUtf8(Buffer.from(row, 'latin1')));
        throw new CsvFileError(
          `${name} is not UTF-8 (line ${lines + wrong}): save it again with the encoding UTF-8. Nothing was imported.`,
        );
      }
      if (buffer.subarray(0, complete).includes(0)) {
        throw new CsvFileError(
          `${name} is no text file (it may be UTF-16): save it as CSV UTF-8. Nothing was imported.`,
        );
      }
      lines += lineBreaksIn(buffer.subarray(0, complete));
      if (bytesRead === 0) return;
      buffer.copy(buffer, 0, complete, filled);
      carried = filled - complete;
    }
  } finally {
    await file.close();
  }
}

/** The size of a file in bytes; null if it does not exist. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}

/** Rows of a file that were read in one go, and how many of its bytes have been read. */
export interface CsvPiece {
  readonly rows: readonly ScannedRow[];
  readonly bytes: number;
}

/** Reads a CSV file (RFC 4180, UTF-8) as a stream: its rows in order, also those that are not valid CSV, some at a time. */
export async function* csvPieces(path: string, delimiter: Delimiter = ','): AsyncGenerator<CsvPiece, void, void> {
  const scanner = new CsvScanner(delimiter);
  // A byte order mark at the beginning is no part of the first cell.
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    yield { rows: scanner.push(decoder.decode(chunk, { stream: true })), bytes };
  }
  yield { rows: [...scanner.push(decoder.decode()), ...scanner.end()], bytes };
}

/** The same, row by row. */
export async function* readCsv(path: string, delimiter: Delimiter = ','): AsyncGenerator<ScannedRow, void, void> {
  for await (const { rows } of csvPieces(path, delimiter)) yield* rows;
}

/** The first row of a file, and the separator of its cells. */
export interface Header {
  readonly names: readonly string[];
  readonly delimiter: Delimiter;
}

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/**
 * Reads the header of a file; null if the file is empty. Throws a CsvFileError for one that is no CSV. Chooses the separator that gives the most known columns: some
 * spreadsheets write semicolons or tabs. `keyOf` is how a column is compared with the known ones.
 */
export async function readHeader(
  path: string,
  known: readonly string[],
  keyOf: (column: string) => string = (column) => column,
): Promise<Header | null> {
  let best: Header | null = null;
  let most = -1;
  let problem: string | null = null;
  for (const delimiter of DELIMITERS) {
    for await (const row of readCsv(path, delimiter)) {
      if (!('cells' in row)) {
        problem ??= row.problem;
        break;
      }
      const names = row.cells.map((cell) => cell.trim());
      const count = names.filter((name) => known.includes(keyOf(name))).length;
      if (count > most) {
        best = { names, delimiter };
        most = count;
      }
      break;
    }
  }
  if (best === null && problem !== null) {
    throw new CsvFileError(`The first line of ${basename(path)}, which must name the columns, is no CSV: ${problem}.`);
  }
  return best;
}
