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

/** How many bytes at the end begin a character of UTF-8 and do not end it. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

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
      if (bytesRead > 0) whole -= unfinishedBytes(buffer.subarray(0, filled));
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

/** Faults after which nothing of the file can be told apart any more: a quote swallows the rest. */
const ENDLESS = new Set(['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE']);

const count = (cells: readonly string[], what: RegExp): number =>
  cells.reduce((sum, cell) => sum + (/[\r\n]/.test(cell) ? (cell.match(what)?.length ?? 0) : 0), 0);

/** The parser's own state: after a closing quote that is none it would go on as if quoted, and lose every later row. */
interface ParserState {
  readonly api: { readonly state: { quoting: boolean } };
}

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
  const input = createReadStream(path);
  input.on('error', (error) => parser.destroy(error));
  /** Broken rows run ahead of the rows before them, by as much as the parser has read. */
  const broken: { readonly counted: number; readonly code: string; readonly fault: string }[] = [];
  let last: (typeof broken)[number] | undefined;
  parser.on('skip', (error: CsvError & { lines?: number }) => {
    if (error.code === 'CSV_INVALID_CLOSING_QUOTE') (parser as unknown as ParserState).api.state.quoting = false;
    const counted = error.lines ?? 0;
    // Once for each row is enough, and after a row without end once for all: the parser tells of every character.
    if (last !== undefined && (last.counted === counted || ENDLESS.has(last.code))) return;
    last = { counted, code: error.code, fault: FAULTS[error.code] ?? error.message };
    broken.push(last);
    if (error.code !== 'CSV_MAX_RECORD_SIZE') return;
    input.unpipe(parser);
    setImmediate(() => parser.end());
  });
  input.pipe(parser);
  /** Lines that the parser has counted twice: it takes a Windows line break within quotes for two. */
  let twice = 0;
  let next = 1;
  const told = ({ counted, code, fault }: (typeof broken)[number]): BrokenRow => ({
    line: ENDLESS.has(code) ? next : counted - twice,
    fault,
    bytes: 0,
  });
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number; bytes: number };
    }>) {
      const counted = info.lines - count(record, /[\r\n]/g);
      while (broken.length > 0 && broken[0]!.counted < counted) yield told(broken.shift()!);
      yield { line: counted - twice, cells: record, bytes: info.bytes };
      twice += count(record, /\r\n/g);
      next = info.lines + 1 - twice;
    }
    while (broken.length > 0) yield told(broken.shift()!);
  } finally {
    input.destroy();
    parser.destroy();
  }
}

/** The first row of a file; null when it is empty. */
export async function readHeader(path: string): Promise<readonly string[] | null> {
  for await (const row of readCsv(path)) return 'cells' in row ? row.cells.map((cell) => cell.trim()) : null;
  return null;
}
