import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { NEWEST_FORMAT } from '../store-format.ts';
import {
  BACKUP_FORMAT,
  BackupError,
  type ChangedLine,
  type ContentLine,
  type EndLine,
  type HeaderLine,
  type ManifestLine,
} from './lines.ts';

type Line = HeaderLine | ContentLine | ManifestLine | EndLine;

/** A backup that was read to its end: it is complete and unchanged. */
export interface Inspected {
  readonly header: HeaderLine;
  readonly manifest: ManifestLine;
  /** For each node that changed while the backup was made, the number of the last line that names it. */
  readonly changedAt: ReadonlyMap<string, number>;
}

/** The texts of the lines of a compressed file. Throws a BackupError where it is cut or no such file. */
async function* textsIn(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unpacked = createGunzip();
  let failure: Error | null = null;
  file.once('error', (error) => unpacked.destroy(error));
  unpacked.once('error', (error) => {
    failure = error;
  });
  file.pipe(unpacked);
  try {
    // Texts may hold characters that readline takes for ends of lines.
    let parts: Buffer[] = [];
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let begin = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, begin)) {
        yield Buffer.concat([...parts, chunk.subarray(begin, end)]).toString();
        parts = [];
        begin = end + 1;
      }
      if (begin < chunk.length) parts.push(chunk.subarray(begin));
    }
  } catch (error) {
    failure ??= error as Error;
  } finally {
    file.destroy();
    unpacked.destroy();
  }
  if (failure === null) return;
  const { code } = failure as NodeJS.ErrnoException;
  if (code === 'ENOENT') throw new BackupError(`There is no ${path}: name a file that grappe backup has written.`);
  if (code?.startsWith('Z_BUF')) throw cut(path);
  if (code?.startsWith('Z_'))
    throw new BackupError(`${path} is no backup of Grappe, or was damaged: take another one.`);
  throw failure;
}

const cut = (path: string): BackupError =>
  new BackupError(`${path} is not complete: the backup was interrupted, or the file was cut. Take another one.`);

function parsed(text: string, path: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    throw new BackupError(`${path} is no backup of Grappe, or was damaged: take another one.`);
  }
}

/** The lines with records, each with its number. */
export async function* contentIn(
  path: string,
): AsyncGenerator<{ readonly line: ContentLine; readonly number: number }> {
  let number = 0;
  for await (const text of textsIn(path)) {
    const line = parsed(text, path);
    number++;
    if ('rows' in line || 'changed' in line) yield { line, number };
  }
}

function checkHeader(line: Line | undefined, path: string): HeaderLine {
  const header = line as Partial<HeaderLine> | undefined;
  if (header?.backup !== 'grappe' || typeof header.format !== 'number') {
    throw new BackupError(`${path} is no backup of Grappe: grappe backup makes one.`);
  }
  if (header.format > BACKUP_FORMAT || (header.storeFormat ?? 0) > NEWEST_FORMAT) {
    const message = `${path} was made by a newer version of Grappe (format ${header.format} of store ${header.storeFormat}; this one reads ${BACKUP_FORMAT} of ${NEWEST_FORMAT}): update Grappe, then restore it.`;
    throw new BackupError(message);
  }
  return header as HeaderLine;
}

/**
 * Reads a backup to its end. Throws a BackupError for a file that is none, that is cut or changed, or that a newer version
 * has made.
 */
export async function inspectBackup(path: string): Promise<Inspected> {
  const hash = createHash('sha256');
  const changedAt = new Map<string, number>();
  let header: HeaderLine | null = null;
  let manifest: ManifestLine | null = null;
  let end: EndLine | null = null;
  let lines = 0;
  for await (const text of textsIn(path)) {
    const line = parsed(text, path);
    header ??= checkHeader(line, path);
    if ('sha256' in line) {
      end = line;
      continue;
    }
    hash.update(`${text}\n`);
    lines++;
    if ('sequence' in line) manifest = line as ManifestLine;
    if ('changed' in line) for (const id of (line as ChangedLine).changed) changedAt.set(id, lines);
  }
  if (header === null || manifest === null || end === null) throw cut(path);
  if (hash.digest('hex') !== end.sha256 || manifest.lines !== lines) {
    throw new BackupError(`${path} was changed after it was made: its checksum is another. Take another one.`);
  }
  return { header, manifest, changedAt };
}
