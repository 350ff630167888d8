import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { NODE_TYPES } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import { LISTED_PROPERTIES } from '../store/node-summary.ts';
import { IDENTIFIER_BITS, NODE_NUMBERS, NODE_TEXTS, SNAPSHOT_TYPES } from '../store/snapshot.ts';
import type { Part } from './parts.ts';
import { Snapshot } from './snapshot.ts';

/** A snapshot as a file has it: of a state of the store, up to an entry of the change log. */
export interface SavedSnapshot {
  readonly snapshot: Snapshot;
  readonly sequence: number;
}

/** To be raised when columns mean something else than before; their names count by themselves. */
const FORMAT = 2;
const COLUMNS = [FORMAT, NODE_TYPES, LISTED_PROPERTIES, SNAPSHOT_TYPES, NODE_TEXTS, NODE_NUMBERS, IDENTIFIER_BITS];
const MAGIC = `Grappe snapshot ${createHash('sha256').update(JSON.stringify(COLUMNS)).digest('hex').slice(0, 15)}\n`;

/** Where the header begins: behind the magic number and its own length. */
const HEADER_START = MAGIC.length + 4;
/** Bytes that are summed up at once: about a millisecond. */
const SUMMED_AT_ONCE = 1 << 20;
/** Texts that are decoded between two looks at the clock. */
const TEXTS_AT_ONCE = 256;

const ARRAYS = { Int32Array, Float64Array, Uint8Array } as const;

/** How a part stands in the file. Texts are an Int32Array of their lengths in bytes, -1 for a missing one, then the bytes. */
interface PartHeader {
  readonly name: string;
  readonly kind: keyof typeof ARRAYS | 'texts';
  readonly length: number;
  readonly bytes: number;
}

interface FileHeader {
  readonly state: string;
  readonly sequence: number;
  readonly parts: readonly PartHeader[];
}

function textBytes(texts: readonly (string | null)[]): Buffer {
  const lengths = Int32Array.from(texts, (text) => (text === null ? -1 : Buffer.byteLength(text)));
  const all = Buffer.from(texts.map((text) => text ?? '').join(''));
  return Buffer.concat([Buffer.from(lengths.buffer), all]);
}

function encoded(name: string, part: Part): { readonly header: PartHeader; readonly bytes: Buffer } {
  if (Array.isArray(part)) {
    const bytes = textBytes(part);
    return { header: { name, kind: 'texts', length: part.length, bytes: bytes.length }, bytes };
  }
  const array = part as Int32Array | Float64Array | Uint8Array;
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  const kind = array.constructor.name as keyof typeof ARRAYS;
  return { header: { name, kind, length: array.length, bytes: bytes.length }, bytes };
}

/**
 * Writes a snapshot as a file, of which a reader finds all or nothing: its header, its parts, and a checksum of both. What
 * `state` says is what `readSnapshotFile` has to be given.
 */
export async function writeSnapshotFile(
  path: string,
  state: string,
  { snapshot, sequence }: SavedSnapshot,
): Promise<void> {
  const parts = [...snapshot.parts()].map(([name, part]) => encoded(name, part));
  const header: FileHeader = { state, sequence, parts: parts.map((part) => part.header) };
  const text = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(HEADER_START);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(text.length, MAGIC.length);
  const written = `${path}.new`;
  const file = await open(written, 'w', 0o600);
  try {
    let sum = 0;
    for (const bytes of [start, text, ...parts.map((part) => part.bytes)]) {
      sum = crc32(bytes, sum);
      await file.writeFile(bytes);
    }
    const end = Buffer.alloc(4);
    end.writeUInt32LE(sum);
    await file.writeFile(end);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(written, path);
}

/**
 * Reads a snapshot of a state, in slices; null where there is no whole file of this version of the program and of that state.
 */
export async function readSnapshotFile(path: string, state: string, slices: Slices): Promise<SavedSnapshot | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const headerEnd = bytes === null ? null : headerEndOf(bytes);
  if (bytes === null || headerEnd === null || !(await isWhole(bytes, slices))) return null;
  const header = JSON.parse(bytes.toString('utf8', HEADER_START, headerEnd)) as FileHeader;
  if (header.state !== state) return null;
  const parts = new Map<string, Part>();
  let at = headerEnd;
  for (const part of header.parts) {
    parts.set(part.name, await decoded(bytes, at, part, slices));
    at += part.bytes;
  }
  return { snapshot: await Snapshot.of(parts, slices), sequence: header.sequence };
}

/** Where the header ends; null for the file of another version, or none that is one. */
function headerEndOf(bytes: Buffer): number | null {
  if (bytes.length < HEADER_START + 4 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const end = HEADER_START + bytes.readUInt32LE(MAGIC.length);
  return end <= bytes.length - 4 ? end : null;
}

async function isWhole(bytes: Buffer, slices: Slices): Promise<boolean> {
  const end = bytes.length - 4;
  let sum = 0;
  for (let at = 0; at < end; at += SUMMED_AT_ONCE) {
    if (slices.isOver) await slices.next();
    sum = crc32(bytes.subarray(at, Math.min(end, at + SUMMED_AT_ONCE)), sum);
  }
  return sum === bytes.readUInt32LE(end);
}

async function decoded(bytes: Buffer, at: number, { kind, length }: PartHeader, slices: Slices): Promise<Part> {
  if (kind !== 'texts') return arrayAt(bytes, at, kind, length);
  const lengths = arrayAt(bytes, at, 'Int32Array', length);
  const texts: (string | null)[] = [];
  let from = at + lengths.byteLength;
  for (let index = 0; index < length; index++) {
    if (index % TEXTS_AT_ONCE === 0 && slices.isOver) await slices.next();
    const size = lengths[index]!;
    texts.push(size < 0 ? null : bytes.toString('utf8', from, from + size));
    from += Math.max(0, size);
  }
  return texts;
}

/** A copy of numbers in a file: a view of them would keep all of it in memory. */
function arrayAt(
  bytes: Buffer,
  at: number,
  kind: keyof typeof ARRAYS,
  length: number,
): Int32Array | Float64Array | Uint8Array {
  const start = bytes.byteOffset + at;
  return new ARRAYS[kind](bytes.buffer.slice(start, start + length * ARRAYS[kind].BYTES_PER_ELEMENT) as ArrayBuffer);
}
