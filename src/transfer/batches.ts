import type { Rests } from '../scheduling/rests.ts';
import { Slices } from '../scheduling/slices.ts';
import { csvPieces } from './csv.ts';
import type { ScannedRow } from './csv-scanner.ts';
import type { FoundFile } from './folder.ts';
import { type ReadRow, readRow } from './rows.ts';

/** Rows written in one transaction: enough to hide the round trips, few enough that a stop loses little. */
const ROWS_AT_ONCE = 2_000;

/** Rows of a file that are written together. */
export interface Batch {
  readonly rows: ReadRow[];
  /** Those that are no CSV. */
  readonly invalid: readonly { readonly line: number; readonly problem: string }[];
  readonly size: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Bytes of the file up to its end. */
  readonly bytes: number;
}

async function batchOf(rows: readonly ScannedRow[], bytes: number, file: FoundFile, slices: Slices): Promise<Batch> {
  const read: ReadRow[] = [];
  await slices.each(rows, (row) => void ('problem' in row || read.push(readRow(row.line, row.cells, file))));
  return {
    rows: read,
    invalid: rows.filter((row) => 'problem' in row),
    ...{ size: rows.length, firstLine: rows[0]!.line, lastLine: rows.at(-1)!.line, bytes },
  };
}

/** The rows of a file behind its header, in batches, each cell read; smaller ones while others ask. */
export async function* batchesOf(file: FoundFile, rests: Rests): AsyncGenerator<Batch> {
  const slices = Slices.inBackground();
  let rows: ScannedRow[] = [];
  let isHeader = true;
  for await (const piece of csvPieces(file.path, file.delimiter)) {
    for (const row of piece.rows) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      rows.push(row);
      if (rows.length < rests.sizeOf(ROWS_AT_ONCE)) continue;
      yield await batchOf(rows, piece.bytes, file, slices);
      rows = [];
    }
  }
  if (rows.length > 0) yield await batchOf(rows, file.bytes, file, slices);
}
