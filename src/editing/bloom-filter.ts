const PROBES = 4;

/** The two hashes of a text, each a number of 32 bits. */
export interface Hashes {
  readonly one: number;
  readonly other: number;
}

/** As in MurmurHash3 (Austin Appleby, public domain), over its UTF-16 units. */
export function hashesOf(text: string): Hashes {
  let one = 0x9747b28c;
  let other = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0xcc9e2d51);
    one = (one << 15) | (one >>> 17);
    other = Math.imul(other ^ unit, 0x1b873593);
    other = (other << 13) | (other >>> 19);
  }
  return { one: mixed(one, 0x85ebca6b), other: mixed(other, 0xc2b2ae35) };
}

/** Every bit depends on every one before. */
function mixed(bits: number, factor: number): number {
  const half = Math.imul(bits ^ (bits >>> 16), factor);
  return (half ^ (half >>> 13)) >>> 0;
}

/** The hashes of two parts in their order, from those of the parts, which are so computed once for several wholes. */
export function joined(first: Hashes, second: Hashes): Hashes {
  return {
    one: mixed(Math.imul(first.one, 0x1b873593) ^ second.one, 0xcc9e2d51),
    other: mixed(Math.imul(first.other, 0xcc9e2d51) ^ second.other, 0x1b873593),
  };
}

/**
 * A set of texts, by their hashes, in a memory of fixed size (Bloom, "Space/time trade-offs in hash coding with allowable
 * errors", 1970): it never denies one that was added, and with 8 bits each it takes about one in forty others for one
 * that was.
 */
export class BloomFilter {
  readonly #words: Uint32Array;
  readonly #mask: number;

  /** `bits` is a power of two from 32 to 2^31. */
  constructor(bits: number) {
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  add({ one, other }: Hashes): void {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (one + Math.imul(probe, other)) & this.#mask;
      this.#words[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** False: it was certainly not added. */
  has({ one, other }: Hashes): boolean {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (one + Math.imul(probe, other)) & this.#mask;
      if ((this.#words[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}
