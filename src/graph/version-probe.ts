import type { GraphEngine } from './engine.ts';

/**
 * Asks which version the graph is at, once for all who ask at the same time, and remembers the newest answer. It also hears
 * of versions that other reads have told.
 */
export class VersionProbe {
  readonly #engine: GraphEngine;
  #newest: string | null = null;
  /** When the question began that told the newest version, on performance.now's clock. */
  #seenAt = Number.NEGATIVE_INFINITY;
  #running: Promise<string> | null = null;
  #next: Promise<string> | null = null;

  constructor(engine: GraphEngine) {
    this.#engine = engine;
  }

  /** The version that was seen last. */
  get newest(): string | null {
    return this.#newest;
  }

  /** The newest version if the question that told it began at an instant or later; else null. */
  since(instant: number): string | null {
    return this.#seenAt >= instant ? this.#newest : null;
  }

  /** A read that began at `askedAt` was of a version. */
  saw(version: string, askedAt: number): void {
    if (askedAt < this.#seenAt) return;
    this.#newest = version;
    this.#seenAt = askedAt;
  }

  /** After a write of this process nothing that was seen before counts. */
  forget(): void {
    this.#seenAt = Number.NEGATIVE_INFINITY;
    this.#newest = null;
  }

  /** The version of the graph, by a question that begins after this call. Calls while one is under way share the next. */
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
