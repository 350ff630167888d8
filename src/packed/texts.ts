/** Bytes for which memory is allocated at first. */
const FIRST_CAPACITY = 1_024;
/** Where a text may begin and end at the most: starts are 32-bit numbers. */
const MOST_BYTES = 2 ** 31 - 1;
/** Of the letters that JavaScript counts, none takes more bytes. */
const MOST_BYTES_OF_LETTER = 3;
/** The share of bytes that no text has any more from which on the others are moved together. */
const MAX_WASTE = 0.25;
/** The length of a missing text. */
const MISSING = -1;

/** What texts consist of, to be saved: their bytes, where each begins, and how many bytes it has; -1 for a missing one. */
export interface TextArrays {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
}

/**
 * Texts by dense numbers, as UTF-8 in one array outside of the heap of objects: a text takes its bytes and eight more, and the
 * garbage collector never looks at it. Their order by bytes is that of the engines, by code points.
 */
export class Texts {
  #bytes = Buffer.alloc(FIRST_CAPACITY);
  #used = 0;
  #wasted = 0;
  #starts = new Int32Array(FIRST_CAPACITY);
  #lengths = new Int32Array(FIRST_CAPACITY);
  #size = 0;

  /** How many there are, the missing ones among them. */
  get size(): number {
    return this.#size;
  }

  /** Appends a text, null for a missing one. */
  push(text: string | null): void {
    if (this.#size === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#lengths = grown(this.#lengths);
    }
    const number = this.#size++;
    this.#lengths[number] = MISSING;
    this.#write(number, text);
  }

  /** Puts another text in the place of one. */
  set(number: number, text: string | null): void {
    this.#wasted += Math.max(0, this.#lengths[number]!);
    this.#write(number, text);
  }

  get(number: number): string | null {
    const length = this.#lengths[number]!;
    if (length === MISSING) return null;
    const start = this.#starts[number]!;
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** How a text compares with another one, given as bytes; a missing one as the empty text. */
  compare(number: number, other: Buffer): number {
    const start = this.#starts[number]!;
    return this.#bytes.compare(other, 0, other.length, start, start + Math.max(0, this.#lengths[number]!));
  }

  /** Whether a text that is not missing begins with another one, given as bytes. */
  startsWith(number: number, beginning: Buffer): boolean {
    const start = this.#starts[number]!;
    return (
      this.#lengths[number]! >= beginning.length &&
      this.#bytes.compare(beginning, 0, beginning.length, start, start + beginning.length) === 0
    );
  }

  get bytes(): number {
    return this.#bytes.byteLength + this.#starts.byteLength + this.#lengths.byteLength;
  }

  /** What they consist of, as views: to be read before they change. */
  get arrays(): TextArrays {
    if (this.#wasted > MAX_WASTE * this.#used) this.#pack();
    return {
      bytes: new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#used),
      starts: this.#starts.subarray(0, this.#size),
      lengths: this.#lengths.subarray(0, this.#size),
    };
  }

  /** Takes the arrays of other texts for its own, in place of what it had. */
  take({ bytes, starts, lengths }: TextArrays): void {
    this.#bytes = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
    this.#used = bytes.byteLength;
    this.#starts = starts as Int32Array<ArrayBuffer>;
    this.#lengths = lengths as Int32Array<ArrayBuffer>;
    this.#size = this.#starts.length;
    this.#wasted = this.#lengths.reduce((left, length) => left - Math.max(0, length), this.#used);
  }

  #write(number: number, text: string | null): void {
    this.#lengths[number] = MISSING;
    if (text === null) return;
    this.#reserve(MOST_BYTES_OF_LETTER * text.length);
    this.#starts[number] = this.#used;
    this.#lengths[number] = this.#bytes.write(text, this.#used);
    this.#used += this.#lengths[number]!;
  }

  #reserve(count: number): void {
    if (this.#used + count <= this.#bytes.length) return;
    if (this.#wasted > MAX_WASTE * this.#used) this.#pack();
    if (this.#used + count > MOST_BYTES) throw new RangeError('Texts take more than 2 GiB together.');
    const larger = Buffer.alloc(Math.min(MOST_BYTES, Math.ceil(1.25 * (this.#used + count))));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  /** Moves the texts together, so that no byte is wasted. */
  #pack(): void {
    const packed = Buffer.alloc(this.#used - this.#wasted);
    let at = 0;
    for (let number = 0; number < this.#size; number++) {
      const [start, length] = [this.#starts[number]!, Math.max(0, this.#lengths[number]!)];
      this.#bytes.copy(packed, at, start, start + length);
      this.#starts[number] = at;
      at += length;
    }
    this.#bytes = packed;
    this.#used = at;
    this.#wasted = 0;
  }
}

function grown(items: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.ceil(1.25 * items.length) + FIRST_CAPACITY);
  larger.set(items);
  return larger;
}
