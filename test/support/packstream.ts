/** A message of Bolt: its tag and its fields. */
export interface Message {
  readonly tag: number;
  readonly fields: readonly unknown[];
}

/** As much of PackStream as the messages of a driver need: https://neo4j.com/docs/bolt/current/packstream/ */
export function pack(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xc0]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === 'number') {
    if (value >= -16 && value < 128) return Buffer.from([value & 0xff]);
    const bytes = Buffer.alloc(5, 0xca);
    bytes.writeInt32BE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([sized(0x80, 0xd0, text.length), text]);
  }
  if (Array.isArray(value)) return Buffer.concat([sized(0x90, 0xd4, value.length), ...value.map(pack)]);
  const entries = Object.entries(value as object);
  return Buffer.concat([sized(0xa0, 0xd8, entries.length), ...entries.flat().map(pack)]);
}

/** The marker of something that has a size: one byte where it is small, else two or three. */
function sized(tiny: number, marker: number, size: number): Buffer {
  if (size < 16) return Buffer.from([tiny + size]);
  return size < 256 ? Buffer.from([marker, size]) : Buffer.from([marker + 1, size >> 8, size & 0xff]);
}

export function packMessage(tag: number, ...fields: unknown[]): Buffer {
  return Buffer.concat([Buffer.from([0xb0 + fields.length, tag]), ...fields.map(pack)]);
}

export function unpackMessage(bytes: Buffer): Message {
  let at = 2;
  const integer = (size: number): number => {
    at += size;
    return size === 8 ? Number(bytes.readBigInt64BE(at - 8)) : bytes.readIntBE(at - size, size);
  };
  const length = (size: number): number => {
    at += size;
    return bytes.readUIntBE(at - size, size);
  };
  const text = (size: number): string => {
    at += size;
    return bytes.toString('utf8', at - size, at);
  };
  const list = (size: number): unknown[] => Array.from({ length: size }, unpack);
  const map = (size: number): object =>
    Object.fromEntries(Array.from({ length: size }, () => [unpack(), unpack()]) as [string, unknown][]);
  function unpack(): unknown {
    const marker = bytes[at++]!;
    if (marker < 0x80) return marker;
    if (marker < 0x90) return text(marker - 0x80);
    if (marker < 0xa0) return list(marker - 0x90);
    if (marker < 0xb0) return map(marker - 0xa0);
    if (marker >= 0xf0) return marker - 0x100;
    if (marker >= 0xc8 && marker <= 0xcb) return integer(2 ** (marker - 0xc8));
    if (marker >= 0xd0 && marker <= 0xd2) return text(length(2 ** (marker - 0xd0)));
    if (marker >= 0xd4 && marker <= 0xd6) return list(length(2 ** (marker - 0xd4)));
    if (marker >= 0xd8 && marker <= 0xda) return map(length(2 ** (marker - 0xd8)));
    return { 192: null, 194: false, 195: true }[marker];
  }
  return { tag: bytes[1]!, fields: list(bytes[0]! - 0xb0) };
}
