import { LRUCache } from 'lru-cache';
import type { Key } from '../domain/key.ts';
import type { VersionProbe } from '../graph/version-probe.ts';

/** How much of what was read is cached, and how old it may be. */
export interface CacheSettings {
  /** Bytes that results may take in all, as estimated. */
  readonly bytes: number;
  /** Milliseconds for which the graph is taken to be as it was last seen; 0: never, every request asks. */
  readonly stalenessMs: number;
}

/** One result of a loader, and the state of the graph that it is of. */
export interface CachedResult {
  readonly version: string;
  readonly value: unknown;
}

/** A cached result of which is known that the graph is still in its state. */
export interface ValidatedResult<Value> {
  readonly version: string;
  readonly value: Value;
  /** How often the graph was asked to know it: once, or not at all where it is assumed. */
  readonly probes: number;
}

/** How often results were found, for those who run the server. */
export interface CacheFigures {
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
 * a request that has seen, after it came, that the graph is still at that version. Everybody who may read may read
 * everything, so that it does not matter who asked first.
 */
export class ResultCache {
  readonly versions: VersionProbe;
  readonly #stalenessMs: number;
  readonly #results: LRUCache<Key, CachedResult>;
  #hits = 0;
  #misses = 0;

  constructor(versions: VersionProbe, { bytes, stalenessMs }: CacheSettings) {
    this.versions = versions;
    this.#stalenessMs = stalenessMs;
    this.#results = new LRUCache({
      maxSize: bytes,
      // One result that would push out all others is not worth it.
      maxEntrySize: Math.max(1, Math.floor(bytes / 8)),
      sizeCalculation: ({ version, value }, key) =>
        Math.ceil(estimatedBytes(value) + key.length + version.length + OBJECT_BYTES),
    });
  }

  get figures(): CacheFigures {
    return { hits: this.#hits, misses: this.#misses, entries: this.#results.size, bytes: this.#results.calculatedSize };
  }

  /** The newest version, when it was seen so lately that the operator takes it for the present one. */
  get assumed(): string | null {
    return this.#stalenessMs > 0 ? this.versions.since(performance.now() - this.#stalenessMs) : null;
  }

  get(key: Key): CachedResult | undefined {
    return this.#results.get(key);
  }

  /**
   * A result by which a question may be answered that came before this call; null where none is cached, or none of the
   * present state of the graph. The graph is asked only where it has most likely not changed.
   */
  async validated<Value>(key: Key): Promise<ValidatedResult<Value> | null> {
    const found = this.#results.get(key);
    const { assumed } = this;
    if (found === undefined || found.version !== (assumed ?? this.versions.newest)) return null;
    // That a graph does not answer is reported by the next read.
    const version = assumed ?? (await this.versions.probe().catch(() => null));
    if (version !== found.version) return null;
    this.count(1, 0);
    return { version, value: found.value as Value, probes: assumed === null ? 1 : 0 };
  }

  /** Keeps a result under the version that its reading ended with. */
  set(key: Key, version: string, value: unknown): void {
    this.#results.set(key, { version, value });
  }

  /** Counts what a batch found and what it had to ask for. */
  count(hits: number, misses: number): void {
    this.#hits += hits;
    this.#misses += misses;
  }
}
