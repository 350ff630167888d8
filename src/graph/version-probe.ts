import type { GraphEngine } from './engine.ts';

/**
 * Reads the version of the graph, once for all simultaneous callers, and remembers the newest one. Other reads report
 * the versions that they see.
 */
export class VersionProbe {
  readonly #engine: Pick<GraphEngine, 'version' | 'isShared'>;
  #newest: string | null = null;
  /** When the read of the newest version began, on the clock of performance.now. */
  #seenAt = Number.NEGATIVE_INFINITY;
  #running: Promise<string> | null = null;
  #begunAt = Number.NEGATIVE_INFINITY;
  #next: Promise<string> | null = null;

  constructor(engine: Pick<GraphEngine, 'version' | 'isShared'>) {
    this.#engine = engine;
  }

  /** The latest known version. */
  get newest(): string | null {
    return this.#newest;
  }

  /** The newest version if its read began at the instant or later; else null. */
  since(instant: number): string | null {
    return this.#seenAt >= instant ? this.#newest : null;
  }

  /** The version of the graph, from a read that begins at the instant or later: from one that runs already, if it did. */
  async after(instant: number): Promise<string> {
    return this.since(instant) ?? (this.isAsking(instant) ? this.#running! : this.probe());
  }

  /** Whether a read runs that began at the instant or later. */
  isAsking(instant: number): boolean {
    return this.#running !== null && this.#begunAt >= instant;
  }

  /**
   * The same without waiting, for what is worked out meanwhile from memory of an expected version; null where it is known, or known
   * at once, or most likely another. An error is thrown where the promise is awaited.
   */
  ahead(expected: string | null, instant: number): Promise<string> | null {
    const isKnown = !this.#engine.isShared || this.since(instant) !== null;
    if (isKnown || expected === null || this.#newest !== expected) return null;
    const asked = this.after(instant);
    asked.catch(() => {});
    return asked;
  }

  /** Reports the version of a read that began at `startedAt`. */
  saw(version: string, startedAt: number): void {
    if (startedAt < this.#seenAt) return;
    this.#newest = version;
    this.#seenAt = startedAt;
  }

  /** Discards the known version, after a write of this process. */
  forget(): void {
    this.#seenAt = Number.NEGATIVE_INFINITY;
    this.#newest = null;
  }

  /** The version of the graph, from a read that begins after this call. Calls during a read share the next one. */
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
    const startedAt = performance.now();
    this.#begunAt = startedAt;
    const running = this.#engine
      .version()
      .then((version) => {
        this.saw(version, startedAt);
        return version;
      })
      .finally(() => {
        if (this.#running === running) this.#running = null;
      });
    this.#running = running;
    return running;
  }
}
