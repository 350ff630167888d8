import { LRUCache } from 'lru-cache';
import type { GraphEngine } from '../graph/engine.ts';

/** How much is kept of what was read, and how old it may be. */
export interface KeptSettings {
  /** Bytes that results may take in all, as estimated. */
  readonly bytes: number;
  /** Milliseconds for which the graph is taken to be as it was last seen; 0: never, every request asks. */
  readonly stalenessMs: number;
}

/** One result of a loader, and the state of the graph that it is of. */
export interface KeptResult {
  readonly version: string;
  readonly value: unknown;
}

/** A kept result of which is known that the graph is still in its state. */
export interface ConfirmedResult<Value> {
  readonly version: string;
  readonly value: Value;
  /** How often the graph was asked to know it: once, or not at all where it is presumed. */
  readonly probes: number;
}

/** How often results were found, for whoever runs the server. */
export interface KeptFigures {
  readonly hits: number;
  readonly misses: number;
  readonly entries: number;
  readonly bytes: number;
}

/** Items of a list that are looked at to estimate its size: rows of one list are alike. */
const SAMPLE = 4;
/** What V8 needs for a string's head, for an object, and for each of its fields or items. */
const STRING_BYTES = 24;
const OBJECT_BYTES = 40;
const FIELD_BYTES = 12;

/** About how many bytes a value takes in memory. */
export function estimatedBytes(value: unknown): number {
  if (typeof value === 'string') return STRING_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    const sample = value.slice(0, SAMPLE);
    const bytes = sample.reduce<number>((sum, item) => sum + estimatedBytes(item), 0);
    return OBJECT_BYTES + value.length * (FIELD_BYTES + (sample.length === 0 ? 0 : bytes / sample.length));
  }
  let bytes = OBJECT_BYTES;
  for (const key in value) bytes += FIELD_BYTES + estimatedBytes((value as Record<string, unknown>)[key]);
  return bytes;
}

/**
 * Results of loaders that outlive their request, each under the version of the graph that it is of. They are right for
 * whoever has seen, after his question came, that the graph is still at that version. Everybody who may read may read
 * everything, so that it does not matter who asked first.
 */
export class KeptResults {
  readonly #engine: GraphEngine;
  readonly #stalenessMs: number;
  readonly #results: LRUCache<string, KeptResult>;
  #newest: string | null = null;
  /** When the question was put that told the newest version. */
  #seenAt = Number.NEGATIVE_INFINITY;
  #running: Promise<string> | null = null;
  #next: Promise<string> | null = null;
  #hits = 0;
  #misses = 0;

  constructor(engine: GraphEngine, { bytes, stalenessMs }: KeptSettings) {
    this.#engine = engine;
    this.#stalenessMs = stalenessMs;
    this.#results = new LRUCache({
      maxSize: bytes,
      // One result that would push out all others is not worth it.
      maxEntrySize: Math.max(1, Math.floor(bytes / 8)),
      sizeCalculation: ({ version, value }, key) =>
        Math.ceil(estimatedBytes(value) + key.length + version.length + OBJECT_BYTES),
    });
  }

  get figures(): KeptFigures {
    return { hits: this.#hits, misses: this.#misses, entries: this.#results.size, bytes: this.#results.calculatedSize };
  }

  /** The version that was seen last: what is kept under it will most likely be right. */
  get newest(): string | null {
    return this.#newest;
  }

  /** The newest version, when it was seen so lately that the operator takes it for the present one. */
  get presumed(): string | null {
    return performance.now() - this.#seenAt < this.#stalenessMs ? this.#newest : null;
  }

  get(key: string): KeptResult | undefined {
    return this.#results.get(key);
  }

  /**
   * A result by which a question may be answered that came before this call; null where none is kept, or none of the
   * present state of the graph. The graph is asked only where it has most likely not changed.
   */
  async confirmed<Value>(key: string): Promise<ConfirmedResult<Value> | null> {
    const found = this.#results.get(key);
    const { presumed } = this;
    if (found === undefined || found.version !== (presumed ?? this.#newest)) return null;
    // A graph that does not answer is told of by whoever reads it next.
    const version = presumed ?? (await this.probe().catch(() => null));
    if (version !== found.version) return null;
    this.count(1, 0);
    return { version, value: found.value as Value, probes: presumed === null ? 1 : 0 };
  }

  /** Keeps a result under the version that its reading ended with. */
  keep(key: string, version: string, value: unknown): void {
    this.#results.set(key, { version, value });
  }

  /** Counts what a batch found and what it had to ask for. */
  count(hits: number, misses: number): void {
    this.#hits += hits;
    this.#misses += misses;
  }

  /** A question that was put at `askedAt`, on performance.now's clock, has told the version. */
  saw(version: string, askedAt: number): void {
    if (askedAt < this.#seenAt) return;
    this.#newest = version;
    this.#seenAt = askedAt;
  }

  /** After a write of this process nothing is presumed. */
  presumeNothing(): void {
    this.#seenAt = Number.NEGATIVE_INFINITY;
    this.#newest = null;
  }

  /**
   * The version of the graph, told by a probe that begins after this call. Those who ask while one is under way share
   * the next one.
   */
  probe(): Promise<string> {
    if (!this.#running) return this.#begin();
    this.#next ??= this.#running.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  #begin(): Promise<string> {
    this.#next = null;
    const askedAt = performance.now();
    const running = this.#engine
      .version()
      .then((version) => {
        this.saw(version, askedAt);
        return version;
      })
      .finally(() => {
        if (this.#running === running) this.#running = null;
      });
    this.#running = running;
    return running;
  }
}
