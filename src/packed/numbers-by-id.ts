/** Slots at first: a power of two. */
const FIRST_SLOTS = 1_024;
/** At most this part of the slots is taken: then a free one is near. */
const MAX_LOAD = 0.5;

/**
 * The numbers of identifiers, where identifiers are a list by number: a hash table of numbers alone. A Map of a million strings takes
 * five times the memory, and the garbage collector goes through it.
 */
export class NumbersById {
  readonly #idOf: (number: number) => string;
  /** By hash: one more than a number, 0 where there is none. */
  #slots = new Int32Array(FIRST_SLOTS);
  #size = 0;

  /** `idOf` gives the identifier of a number that was added. */
  constructor(idOf: (number: number) => string) {
    this.#idOf = idOf;
  }

  /** The number of an identifier; -1 where it was not added. */
  find(id: string): number {
    return this.#slots[this.#slotOf(id)]! - 1;
  }

  /** Adds an identifier that was not added yet. */
  add(id: string, number: number): void {
    if (this.#size >= MAX_LOAD * this.#slots.length) this.reserve(2 * this.#size);
    this.#slots[this.#slotOf(id)] = number + 1;
    this.#size++;
  }

  /** Removes an identifier, whose number still has it; false where it was not added. */
  remove(id: string): boolean {
    const mask = this.#slots.length - 1;
    let hole = this.#slotOf(id);
    if (this.#slots[hole] === 0) return false;
    for (let slot = (hole + 1) & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = hashOf(this.#idOf(this.#slots[slot]! - 1)) & mask;
      // An entry that would be found in the hole, too, moves there.
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.#slots[hole] = this.#slots[slot]!;
      hole = slot;
    }
    this.#slots[hole] = 0;
    this.#size--;
    return true;
  }

  get size(): number {
    return this.#size;
  }

  /** Makes room for so many identifiers. */
  reserve(count: number): void {
    const slots = 2 ** Math.ceil(Math.log2(count / MAX_LOAD));
    if (slots <= this.#slots.length) return;
    const before = this.#slots;
    this.#slots = new Int32Array(slots);
    for (const entry of before) if (entry !== 0) this.#slots[this.#slotOf(this.#idOf(entry - 1))] = entry;
  }

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The slot of an identifier: the one that has it, or the one that is free for it. */
  #slotOf(id: string): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(id) & mask;
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry === 0 || this.#idOf(entry - 1) === id) return slot;
      slot = (slot + 1) & mask;
    }
  }
}

/** A hash of a text: FNV-1a by code units, with the last step of MurmurHash3, since the low bits choose the slot. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
