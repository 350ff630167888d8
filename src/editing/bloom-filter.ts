const PROBES = 4;

/** Two hashes of a text, as in MurmurHash3 (Austin Appleby, public domain), over its UTF-16 units. */
function hashes(text: string): readonly [one: number, other: number] {
  let one = 0x9747b28c;
  let other = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0xcc9e2d51);
    one = (one << 15) | (one >>> 17);
    other = Math.imul(other ^ unit, 0x1b873593);
    other = (other << 13) | (other >>> 19);
  }
  one ^= one >>> 16;
  other ^= other >>> 15;
  one = Math.imul(one, 0x85ebca6b);
  other = Math.imul(other, 0xc2b2ae35);
  return [(one ^ (one >>> 13)) >>> 0, (other ^ (other >>> 16)) >>> 0];
}

/**
 * A set of texts in a memory of fixed size (Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970): it
 * never denies a text that was added, and with 8 bits a text it takes about one in forty others for one that was.
 */
export class BloomFilter {
  readonly #words: Uint32Array;
  readonly #mask: number;

  /** `bits` is a power of two from 32 to 2^31. */
  constructor(bits: number) {
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  add(text: string): void {
    const [one, other] = hashes(text);
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (one + Math.imul(probe, other)) & this.#mask;
      this.#words[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** False: it was certainly not added. */
  has(text: string): boolean {
    const [one, other] = hashes(text);
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = (one + Math.imul(probe, other)) & this.#mask;
      if ((this.#words[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}
