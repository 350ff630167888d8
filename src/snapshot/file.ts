import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { NODE_TYPES } from '../domain/vocabulary.ts';
import type { Slices } from '../scheduling/slices.ts';
import type { CommitCounts } from '../store/bookkeeping.ts';
import { LISTED_PROPERTIES } from '../store/node-summary.ts';
import { IDENTIFIER_BITS, NODE_NUMBERS, NODE_TEXTS, SNAPSHOT_TYPES } from '../store/snapshot.ts';
import type { Part } from './parts.ts';
import { Snapshot } from './snapshot.ts';

/** A snapshot as a file has it: of a state of the store, after so many commits. */
export interface SavedSnapshot {
  readonly snapshot: Snapshot;
  readonly commits: CommitCounts;
}

/** To be raised when columns mean something else than before; their names count by themselves. */
const FORMAT = 5;
const COLUMNS = [FORMAT, NODE_TYPES, LISTED_PROPERTIES, SNAPSHOT_TYPES, NODE_TEXTS, NODE_NUMBERS, IDENTIFIER_BITS];
const MAGIC = `Grappe snapshot ${createHash('sha256').update(JSON.stringify(COLUMNS)).digest('hex').slice(0, 15)}\n`;

/** Where the header begins: behind the magic number, its own length and its checksum. */
const HEADER_START = MAGIC.length + 8;
/** Spaces behind the header: another state, which takes some digits more, finds room. */
const ROOM = 64;
/** Bytes of the checksum of all parts, at the end. */
const END_BYTES = 4;
/** Bytes that are read and summed up at once: about a millisecond. */
const READ_AT_ONCE = 1 << 20;
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
  readonly commits: CommitCounts;
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

/** What a file begins with: what it is, then its header. */
function beginning(header: string): Buffer {
  const text = Buffer.from(header);
  const start = Buffer.alloc(HEADER_START);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(text.length, MAGIC.length);
  start.writeUInt32LE(crc32(text), MAGIC.length + 4);
  return Buffer.concat([start, text]);
}

/**
 * Writes a snapshot as a file, of which a reader finds all or nothing: its header, its parts, and a checksum of each. What
 * `state` says is what `readSnapshotFile` has to be given.
 */
export async function writeSnapshotFile(
  path: string,
  state: string,
  { snapshot, commits }: SavedSnapshot,
): Promise<void> {
  const parts = [...snapshot.parts()].map(([name, part]) => encoded(name, part));
  const header: FileHeader = { state, commits, parts: parts.map((part) => part.header) };
  const text = JSON.stringify(header);
  const written = `${path}.new`;
  const file = await open(written, 'w', 0o600);
  try {
    await file.writeFile(beginning(text.padEnd(text.length + ROOM)));
    let sum = 0;
    for (const { bytes } of parts) {
      sum = crc32(bytes, sum);
      await file.writeFile(bytes);
    }
    const end = Buffer.alloc(END_BYTES);
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

/** Does work with a file that has the snapshot of a state; null where there is no such file of this version of the program. */
async function withFileOf<Result>(
  path: string,
  state: string,
  flags: 'r' | 'r+',
  work: (file: FileHandle, found: FoundHeader) => Promise<Result>,
): Promise<Result | null> {
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const found = await headerOf(file);
    return found?.header.state === state ? await work(file, found) : null;
  } finally {
    await file.close();
  }
}

/** Reads a snapshot of a state, in slices; null where there is no whole file of this version of the program and of that state. */
export function readSnapshotFile(path: string, state: string, slices: Slices): Promise<SavedSnapshot | null> {
  return withFileOf(path, state, 'r', async (file, found) => {
    const parts = await partsOf(file, found, slices);
    return parts && { snapshot: await Snapshot.of(parts, slices), commits: found.header.commits };
  });
}

/** Whether a file says that it has the snapshot of a state. Its parts are not read. */
export const isSnapshotFileOf = async (path: string, state: string): Promise<boolean> =>
  (await withFileOf(path, state, 'r', async () => true)) ?? false;

/**
 * Makes a file that has the snapshot of one state that of another, of which it is known that the graph is the same. Files of other
 * states are left as they are, and so is one whose header has no room.
 */
export async function restateSnapshotFile(path: string, from: string, to: string): Promise<void> {
  await withFileOf(path, from, 'r+', async (file, { header, end }) => {
    const bytes = beginning(JSON.stringify({ ...header, state: to }).padEnd(end - HEADER_START));
    // One that is written in part fails its checksum.
    if (bytes.length === end) await file.write(bytes, 0, bytes.length, 0);
  });
}

/** A header, and where the parts begin. */
interface FoundHeader {
  readonly header: FileHeader;
  readonly end: number;
}

/** The header of a file that has as many bytes as it says; null for one of another version, or none that is one. */
async function headerOf(file: FileHandle): Promise<FoundHeader | null> {
  const start = Buffer.alloc(HEADER_START);
  const { bytesRead } = await file.read(start, 0, HEADER_START, 0);
  if (bytesRead < HEADER_START || start.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const { size } = await file.stat();
  const end = HEADER_START + start.readUInt32LE(MAGIC.length);
  if (end + END_BYTES > size) return null;
  const text = Buffer.alloc(end - HEADER_START);
  await file.read(text, 0, text.length, HEADER_START);
  if (crc32(text) !== start.readUInt32LE(MAGIC.length + 4)) return null;
  const header = JSON.parse(text.toString()) as FileHeader;
  const bytes = header.parts.reduce((sum, part) => sum + part.bytes, 0);
  return end + bytes + END_BYTES === size ? { header, end } : null;
}

/** The parts of a file, each read into an array of its own; null where they are not those that were written. */
async function partsOf(
  file: FileHandle,
  { header, end }: FoundHeader,
  slices: Slices,
): Promise<Map<string, Part> | null> {
  const parts = new Map<string, Part>();
  let at = end;
  let sum = 0;
  for (const part of header.parts) {
    const bytes = Buffer.from(new ArrayBuffer(part.bytes));
    for (let from = 0; from < bytes.length; from += READ_AT_ONCE) {
      if (slices.isOver) await slices.next();
      const count = Math.min(READ_AT_ONCE, bytes.length - from);
      const { bytesRead } = await file.read(bytes, from, count, at + from);
      if (bytesRead < count) return null;
      sum = crc32(bytes.subarray(from, from + count), sum);
    }
    parts.set(part.name, await decoded(bytes, part, slices));
    at += part.bytes;
  }
  const last = Buffer.alloc(END_BYTES);
  await file.read(last, 0, END_BYTES, at);
  return sum === last.readUInt32LE() ? parts : null;
}

async function decoded(bytes: Buffer, { kind, length }: PartHeader, slices: Slices): Promise<Part> {
  if (kind !== 'texts') return new ARRAYS[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset, length);
  const lengths = new Int32Array(bytes.buffer, bytes.byteOffset, length);
  const texts: (string | null)[] = [];
  let from = lengths.byteLength;
  for (let index = 0; index < length; index++) {
    if (index % TEXTS_AT_ONCE === 0 && slices.isOver) await slices.next();
    const size = lengths[index]!;
    texts.push(size < 0 ? null : bytes.toString('utf8', from, from + size));
    from += Math.max(0, size);
  }
  return texts;
}
