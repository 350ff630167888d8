import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';

/** One row of a file with the line on which it begins; the header is line 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

/** A row that is no CSV, and why. */
export interface BrokenRow {
  readonly line: number;
  readonly fault: string;
  readonly bytes: number;
}

/** A file that cannot be read at all: nothing of it may be imported. */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';
}

/** Bytes of one record; a longer one is a quote that was never closed. */
const MAX_RECORD_BYTES = 1_000_000;
const CHUNK_BYTES = 1 << 20;

/**
 * Throws a CsvFileError for a file that is not UTF-8, naming the line: half an import in a wrong encoding would be worse
 * than none. Reads the file once, at the speed of the disk.
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
      // A character may be cut by the end of the chunk: its first bytes, three at most, wait for the next.
      let whole = filled;
      if (bytesRead > 0) while (whole > filled - 3 && whole > 0 && (buffer[whole - 1]! & 0x80) !== 0) whole--;
      if (!isUtf8(buffer.subarray(0, whole))) {
        const rows = buffer.subarray(0, whole).toString('latin1').split('\n');
        const wrong = rows.findIndex((row) => !isUtf8(Buffer.from(row, 'latin1')));
        throw new CsvFileError(
          `${name} is not UTF-8 (line ${lines + wrong}): save it anew with the encoding UTF-8. Nothing was imported.`,
        );
      }
      if (buffer.subarray(0, whole).includes(0)) {
        throw new CsvFileError(
          `${name} is no text file (it may be UTF-16): save it as CSV UTF-8. Nothing was imported.`,
        );
      }
      for (let place = 0; place < whole; place++) if (buffer[place] === 10) lines++;
      if (bytesRead === 0) return;
      buffer.copy(buffer, 0, whole, filled);
      carried = filled - whole;
    }
  } finally {
    await file.close();
  }
}

/** The size of a file, or null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}

const FAULTS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'a closing quotation mark is followed by more text: double the quotation marks inside a cell',
  INVALID_OPENING_QUOTE:
    'a quotation mark stands inside a cell that does not begin with one: quote the whole cell and double it',
  CSV_MAX_RECORD_SIZE: `a row is longer than ${MAX_RECORD_BYTES} characters: a quotation mark may be missing`,
};

/** Reads a CSV file (RFC 4180, UTF-8) as a stream: rows in order, and between them those that are no CSV. */
export async function* readCsv(path: string): AsyncGenerator<CsvRow | BrokenRow, void, void> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  const broken: BrokenRow[] = [];
  parser.on('skip', (error: CsvError & { lines?: number }) => {
    broken.push({ line: error.lines ?? 0, fault: FAULTS[error.code] ?? error.message, bytes: 0 });
  });
  const input = createReadStream(path);
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number; bytes: number };
    }>) {
      while (broken.length > 0) yield broken.shift()!;
      const newLines = record.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
      yield { line: info.lines - newLines, cells: record, bytes: info.bytes };
    }
    while (broken.length > 0) yield broken.shift()!;
  } catch (error) {
    while (broken.length > 0) yield broken.shift()!;
    const failure = error as CsvError & { lines?: number };
    const fault = FAULTS[failure.code];
    if (fault === undefined) throw error;
    yield { line: failure.lines ?? 0, fault, bytes: 0 };
  } finally {
    input.destroy();
  }
}

/** The first row of a file; null when it is empty. */
export async function readHeader(path: string): Promise<readonly string[] | null> {
  for await (const row of readCsv(path)) return 'cells' in row ? row.cells.map((cell) => cell.trim()) : null;
  return null;
}
