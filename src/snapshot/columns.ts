import type { Day } from '../domain/partial-date.ts';
import type { Parameters } from '../graph/statement.ts';
import type { Days } from '../store/in-memory.ts';
import type { PartsOf } from './parts.ts';

/** From so many items on a column grows by less at once: what it has beyond its items is memory for nothing. */
const LONG = 1 << 20;
const LONG_GROWTH = 1.125;

type NumericArray = Int32Array | Float64Array | Uint8Array;

/** A typed array that grows: what is read is always the first `length` items of `items`. */
export class Column<Items extends NumericArray> {
  items: Items;
  length = 0;
  readonly #make: (length: number) => Items;

  constructor(make: (length: number) => Items, capacity = 16) {
    this.#make = make;
    this.items = make(capacity);
  }

  push(value: number): void {
    if (this.length === this.items.length) this.#grow();
    this.items[this.length++] = value;
  }

  get bytes(): number {
    return this.items.byteLength;
  }

  save(parts: PartsOf, name: string): void {
    parts.set(name, this.items.subarray(0, this.length) as Items);
  }

  restore(parts: PartsOf, name: string): void {
    this.items = parts.get(name);
    this.length = this.items.length;
  }

  #grow(): void {
    const factor = this.items.length < LONG ? 1.5 : LONG_GROWTH;
    const grown = this.#make(Math.ceil(this.items.length * factor) + 1);
    grown.set(this.items as never);
    this.items = grown;
  }
}

export const int32 = (capacity?: number): Column<Int32Array> =>
  new Column((length) => new Int32Array(length), capacity);
export const float64 = (capacity?: number): Column<Float64Array> =>
  new Column((length) => new Float64Array(length), capacity);
export const uint8 = (capacity?: number): Column<Uint8Array> =>
  new Column((length) => new Uint8Array(length), capacity);

/** Texts of which there are few, by small numbers; 0 stands for null. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #texts: (string | null)[] = [null];

  /** The number of a text; a new text gets the next one. */
  code(text: string | null | undefined): number {
    if (text === null || text === undefined) return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#texts.length;
    this.#codes.set(text, code);
    this.#texts.push(text);
    return code;
  }

  /** The number of a text that is in use; -1 for any other. */
  find(text: string): number {
    return this.#codes.get(text) ?? -1;
  }

  text(code: number): string | null {
    return this.#texts[code]!;
  }

  save(parts: PartsOf, name: string): void {
    parts.set(name, this.#texts.slice(1));
  }

  restore(parts: PartsOf, name: string): void {
    for (const text of parts.get<readonly string[]>(name)) this.code(text);
  }
}

/** The texts of a snapshot by their codes. */
export interface Dictionaries {
  /** Dates, and what else nodes have. */
  readonly dictionary: Dictionary;
  /** Roles and kinds of relationships: so few that a byte holds their codes. */
  readonly kinds: Dictionary;
}

/** The sources of a fact as one text; many facts have the same. Identifiers have no spaces. */
export const joinedSources = (sources: readonly string[] | null | undefined): string | null =>
  sources == null || sources.length === 0 ? null : sources.join(' ');

/** The day numbers of a date: what is valid on one of its days holds at it. */
export interface DayNumbers {
  readonly first: number;
  readonly last: number;
}

const DAYS_OF_MONTH = 31;
const MONTHS = 12;

/** A whole day as a number; later days have larger ones. Not a count of days: every month has 31. */
export function dayNumber(day: Day): number {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  return (year * MONTHS + month - 1) * DAYS_OF_MONTH + date - 1;
}

/** The days that two parameters name. */
export const daysIn = (parameters: Parameters, { first, last }: Days): DayNumbers => ({
  first: dayNumber(parameters[first] as string),
  last: dayNumber(parameters[last] as string),
});
