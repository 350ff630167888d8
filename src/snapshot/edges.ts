import { DAWN, type Day, DUSK } from '../domain/partial-date.ts';
import type { EdgeRow } from '../store/snapshot.ts';
import { type Dictionaries, type Dictionary, dayNumber, float64, int32, joinedSources, uint8 } from './columns.ts';
import type { PartsOf } from './parts.ts';

/** The days of a relationship without a period, which others have written: it is valid on none, as for the statements. */
const [AFTER_ALL, BEFORE_ALL] = [dayNumber(DUSK) + 1, dayNumber(DAWN) - 1];

const firstDayOf = (day: Day | null): number => (day === null ? AFTER_ALL : dayNumber(day));
const lastDayOf = (day: Day | null): number => (day === null ? BEFORE_ALL : dayNumber(day));

/** The relationships of one type, in columns, by edge number. A removed edge keeps its number; no list holds it. */
export class Edges {
  readonly #dictionary: Dictionary;
  readonly #kinds: Dictionary;
  readonly from: ReturnType<typeof int32>;
  readonly to: ReturnType<typeof int32>;
  readonly validFrom: ReturnType<typeof int32>;
  readonly validTo: ReturnType<typeof int32>;
  /** Role or kind, by its code. */
  readonly kind: ReturnType<typeof uint8>;
  readonly since: ReturnType<typeof int32>;
  readonly until: ReturnType<typeof int32>;
  /** The sources of an edge together, by the code of their joined text. */
  readonly sources: ReturnType<typeof int32>;
  /** Only of partnerships; empty columns for other types. */
  readonly strength: ReturnType<typeof float64>;
  readonly projectCount: ReturnType<typeof int32>;
  readonly #isMeasured: boolean;

  constructor({ dictionary, kinds }: Dictionaries, isMeasured: boolean) {
    this.#dictionary = dictionary;
    this.#kinds = kinds;
    this.#isMeasured = isMeasured;
    this.from = int32();
    this.to = int32();
    this.validFrom = int32();
    this.validTo = int32();
    this.kind = uint8();
    this.since = int32();
    this.until = int32();
    this.sources = int32();
    this.strength = float64();
    this.projectCount = int32();
  }

  /** How many numbers are given. */
  get size(): number {
    return this.from.length;
  }

  /** Adds an edge and returns its number. */
  add(from: number, to: number, row: EdgeRow): number {
    const [, validFrom, validTo, kind, since, until, strength, projectCount, sources] = row;
    this.from.push(from);
    this.to.push(to);
    this.validFrom.push(firstDayOf(validFrom));
    this.validTo.push(lastDayOf(validTo));
    this.kind.push(this.#kinds.code(kind));
    this.since.push(this.#dictionary.code(since));
    this.until.push(this.#dictionary.code(until));
    this.sources.push(this.#dictionary.code(joinedSources(sources)));
    if (this.#isMeasured) {
      this.strength.push(strength ?? 0);
      this.projectCount.push(projectCount ?? 0);
    }
    return this.size - 1;
  }

  /** Whether an edge says what a row says, between the same two nodes. */
  equals(edge: number, from: number, to: number, row: EdgeRow): boolean {
    const [, validFrom, validTo, kind, since, until, strength, projectCount, sources] = row;
    return (
      this.from.items[edge] === from &&
      this.to.items[edge] === to &&
      this.validFrom.items[edge] === firstDayOf(validFrom) &&
      this.validTo.items[edge] === lastDayOf(validTo) &&
      this.kind.items[edge] === this.#kinds.code(kind) &&
      this.since.items[edge] === this.#dictionary.code(since) &&
      this.until.items[edge] === this.#dictionary.code(until) &&
      this.sources.items[edge] === this.#dictionary.code(joinedSources(sources)) &&
      (!this.#isMeasured ||
        (this.strength.items[edge] === (strength ?? 0) && this.projectCount.items[edge] === (projectCount ?? 0)))
    );
  }

  /** A text of an edge; its role or kind is `kind`. */
  text(edge: number, name: 'kind' | 'since' | 'until'): string | null {
    const dictionary = name === 'kind' ? this.#kinds : this.#dictionary;
    return dictionary.text(this[name].items[edge]!);
  }

  /** Whether an edge is valid on some day between two day numbers. */
  isValid(edge: number, first: number, last: number): boolean {
    return this.validFrom.items[edge]! <= last && this.validTo.items[edge]! >= first;
  }

  save(parts: PartsOf): void {
    for (const [name, column] of this.#columns) column.save(parts, name);
  }

  restore(parts: PartsOf): void {
    for (const [name, column] of this.#columns) column.restore(parts, name);
  }

  get #columns() {
    const { from, to, validFrom, validTo, kind, since, until, sources, strength, projectCount } = this;
    return Object.entries({ from, to, validFrom, validTo, kind, since, until, sources, strength, projectCount });
  }

  get bytes(): number {
    return this.#columns.reduce((sum, [, column]) => sum + column.bytes, 0);
  }
}
