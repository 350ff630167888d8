import type { Key } from '../domain/key.ts';
import type { ResultCache } from './result-cache.ts';

/** What a batch was answered, and the version of the graph that all of it is of; null when that is not known. */
export interface Batch<Value> {
  readonly values: readonly (Value | Error)[];
  readonly version: string | null;
}

/** How a request reads what is not cached. */
interface Ways {
  /** Runs a question as part of the batch that is being sent. */
  readonly join: <Result>(question: () => Promise<Result>) => Promise<Result>;
  /** Resolves when the next batch is sent. */
  readonly dispatched: () => Promise<void>;
}

/**
 * One request's way to the cached results. A cached result is used only when the request knows, by a probe or a
 * read that began after it arrived, that the graph is at the result's version. So an answer is never staler than one
 * without a cache, and a request that finds nothing asks nothing more than it would have.
 */
export class CacheReader {
  readonly #results: ResultCache;
  readonly #ways: Ways;
  /** The version that this request has seen the graph at. */
  #version: string | null = null;
  #confirming: Promise<void> | null = null;

  constructor(results: ResultCache, ways: Ways) {
    this.#results = results;
    this.#ways = ways;
  }

  /** A read of this request that began at `askedAt` was of a version. */
  saw(version: string, askedAt: number): void {
    this.#version = version;
    this.#results.versions.saw(version, askedAt);
  }

  /** After a write of this request nothing that was seen before it counts. */
  forget(): void {
    this.#version = null;
    this.#results.versions.forget();
  }

  /**
   * The results of some keys, in their order: those that are cached, and for all others what `load` brings for their
   * indices, which is cached where its version is known. `used` takes the version of each cached result.
   */
  async through<Value>(
    keys: readonly Key[],
    load: (indices: readonly number[]) => Promise<Batch<Value>>,
    used: (version: string) => void,
  ): Promise<(Value | Error)[]> {
    const values = new Array<Value | Error>(keys.length);
    let open = keys.map((_, index) => index);
    this.#version ??= this.#results.assumed;
    for (let round = 0; open.length > 0; round++) {
      // What has to be asked again is asked with the others of the level.
      if (round > 0) await this.#ways.dispatched();
      const expected = this.#version ?? this.#results.versions.newest;
      const isPromising = (index: number): boolean =>
        expected !== null && this.#results.get(keys[index]!)?.version === expected;
      const missing = open.filter((index) => !isPromising(index));
      if (missing.length > 0) {
        const loaded = await load(missing);
        missing.forEach((index, turn) => {
          const value = loaded.values[turn]!;
          values[index] = value;
          if (loaded.version !== null && !(value instanceof Error)) {
            this.#results.set(keys[index]!, loaded.version, value);
          }
        });
        const asked = new Set(missing);
        open = open.filter((index) => !asked.has(index));
      } else if (this.#version === null) {
        await this.#confirm();
      }
      const hits = open.filter((index) => {
        const cached = this.#results.get(keys[index]!);
        if (cached === undefined || cached.version !== this.#version) return false;
        values[index] = cached.value as Value;
        used(cached.version);
        return true;
      });
      this.#results.count(hits.length, missing.length);
      const found = new Set(hits);
      open = open.filter((index) => !found.has(index));
    }
    return values;
  }

  /** Asks which version the graph is at, once for all who wait for it. */
  #confirm(): Promise<void> {
    this.#confirming ??= this.#ways
      .join(() => this.#results.versions.probe())
      .then((version) => {
        this.#version = version;
      })
      .finally(() => {
        this.#confirming = null;
      });
    return this.#confirming;
  }
}
