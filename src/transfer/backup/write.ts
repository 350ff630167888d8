import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { GraphEngine } from '../../graph/engine.ts';
import { readFormat } from '../store-format.ts';
import { contentsOf, countsOf } from './contents.ts';
import { BACKUP_FORMAT, type ContentLine, type EndLine, type HeaderLine, type ManifestLine } from './lines.ts';

/** Called with the number of records written so far, and about how many there are. */
type Report = (records: number, total: number) => void;

async function* linesOf(engine: GraphEngine, signal: AbortSignal | undefined, report: Report): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let lines = 0;
  let records = 0;
  const written = (line: HeaderLine | ContentLine | ManifestLine): Buffer => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    hash.update(bytes);
    lines++;
    return bytes;
  };
  const storeFormat = await readFormat(engine, signal);
  yield written({ backup: 'grappe', format: BACKUP_FORMAT, storeFormat, at: new Date().toISOString() });
  const counts = await countsOf((statement, parameters) => engine.read(statement, parameters, { signal }));
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const contents = contentsOf(engine, signal);
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = await contents.next();
    if (done) {
      yield written({ ...value, lines: lines + 1 });
      break;
    }
    yield written(value);
    if (!('rows' in value)) continue;
    records += value.rows.length;
    report(records, total);
  }
  yield Buffer.from(`${JSON.stringify({ sha256: hash.digest('hex') } satisfies EndLine)}\n`);
}

/**
 * A backup of the whole graph as a compressed stream, made while others read and write: lines of JSON with the records as
 * they are stored, a manifest with counts, and a checksum. docs/operations.md says what is in it. The stream ends with a
 * BackupError or a GraphError where it cannot be completed: what was written then lacks its end, and is not restored.
 */
export function backupStream(engine: GraphEngine, signal?: AbortSignal, report: Report = () => {}): Readable {
  const lines = Readable.from(linesOf(engine, signal, report), { objectMode: false });
  const packed = createGzip();
  lines.once('error', (error) => packed.destroy(error));
  packed.once('close', () => lines.destroy());
  return lines.pipe(packed);
}
