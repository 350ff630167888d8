/** A column, or texts of which some may be missing. */
export type Part = Int32Array | Float64Array | Uint8Array | readonly (string | null)[];

/** What a snapshot consists of, by name: what it is saved as, and made of again. */
export type Parts = ReadonlyMap<string, Part>;

/** The parts of something by a prefix of their names. */
export class PartsOf {
  readonly #parts: Map<string, Part>;
  readonly #prefix: string;

  constructor(parts: Map<string, Part>, prefix = '') {
    this.#parts = parts;
    this.#prefix = prefix;
  }

  /** The parts of a part of it. */
  of(name: string): PartsOf {
    return new PartsOf(this.#parts, `${this.#prefix}${name}.`);
  }

  set(name: string, part: Part): void {
    this.#parts.set(this.#prefix + name, part);
  }

  /** A part of the kind that was set. Throws an Error where there is none of that name. */
  get<Kind extends Part>(name: string): Kind {
    const part = this.#parts.get(this.#prefix + name);
    if (part === undefined) throw new Error(`A saved snapshot lacks its part ${this.#prefix}${name}.`);
    return part as Kind;
  }
}
