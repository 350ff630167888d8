import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import type { Ask } from '../store/ask.ts';
import type { ChangeEntry } from '../store/changelog.ts';
import { mergedInto } from '../store/node.ts';
import { FollowError, type Following, forgotten } from './following.ts';
import { entriesWithoutGap } from './log.ts';

export const READ_TIMEOUT_MS = 5_000;
/** Entries read at once: those of an import name thousands of nodes each. */
const PAGE = 50;
/** Entries by which a listener may fall further behind than it ever was least. */
export const MAX_BEHIND = 1_000;
/** Consecutive reads for which a listener may be further behind: a burst of changes does not end a subscription. */
const MAX_LOOKS_BEHIND = 6;
/** Reads after which a missing entry counts as deleted. */
export const MAX_MISSES = 6;

const DONE = { done: true, value: undefined } as const;

const isTransient = (error: unknown): boolean =>
  error instanceof GraphError && ['UNAVAILABLE', 'TIMEOUT', 'CONTENTION'].includes(error.code);

/** The entries that follow a sequence: one page at most, up to the first gap. */
export function pageAfter(
  engine: GraphEngine,
  after: number,
  newest: number,
  signal?: AbortSignal,
): Promise<ChangeEntry[]> {
  const options = { signal, timeoutMs: READ_TIMEOUT_MS };
  const ask: Ask = (statement, parameters) => engine.read(statement, parameters, options);
  return entriesWithoutGap(ask, after, Math.min(newest, after + PAGE));
}

/** What listeners of one process share: the latest entries of the log. */
export interface LogCache {
  readonly engine: GraphEngine;
  /** The newest entry that listeners may read. */
  readonly newest: number;
  cached(sequence: number): ChangeEntry | undefined;
  /** Called when a listener has ended. */
  forget(listener: Listener): void;
}

/**
 * A listener: stores its position in the log, and at most one page. However slowly a client reads, it costs no more
 * memory. Ends with an error when it is too far behind.
 */
export class Listener implements AsyncIterableIterator<ChangeEntry, undefined> {
  readonly #cache: LogCache;
  readonly #touching: readonly string[] | null;
  readonly #signal: AbortSignal | undefined;
  /** The sequence seen last. */
  #position: number;
  #page: ChangeEntry[] = [];
  /** The nodes in `touching`, with the survivors of those that were merged; null if it must be read again. */
  #watched: ReadonlySet<string> | null = null;
  #misses = 0;
  #leastBehind = Number.POSITIVE_INFINITY;
  #looksBehind = 0;
  #failure: FollowError | null = null;
  #isEnded = false;
  #wake: (() => void) | null = null;

  constructor(cache: LogCache, position: number, { touching, signal }: Following) {
    this.#cache = cache;
    this.#position = position;
    this.#touching = touching ?? null;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#leave, { once: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ChangeEntry, undefined>> {
    while (!this.#isEnded) {
      if (this.#failure) {
        this.#leave();
        throw this.#failure;
      }
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const entry = await this.#upcoming();
      if (entry === null) await woken;
      else {
        this.#position = entry.sequence;
        if (this.#concerns(entry)) return { done: false, value: entry };
      }
    }
    return DONE;
  }

  async return(): Promise<IteratorResult<ChangeEntry, undefined>> {
    this.#leave();
    return DONE;
  }

  readonly #leave = (): void => {
    this.#isEnded = true;
    this.#page = [];
    this.#signal?.removeEventListener('abort', this.#leave);
    this.#cache.forget(this);
    this.wake();
  };

  /** Makes a waiting `next` look for an entry again. */
  wake(): void {
    this.#wake?.();
  }

  /** Checks how far the listener is behind. Only scheduled reads count, not hurried ones. */
  checkPace(newest: number, isDue: boolean): void {
    if (newest < this.#position) return;
    const behind = newest - this.#position;
    this.#leastBehind = Math.min(this.#leastBehind, behind);
    if (!isDue) return;
    this.#looksBehind = behind > this.#leastBehind + MAX_BEHIND ? this.#looksBehind + 1 : 0;
    if (this.#looksBehind < MAX_LOOKS_BEHIND) return;
    const message = `You are ${behind.toLocaleString('en')} changes behind, and more come in than you take: listen again with after: ${this.#position}.`;
    this.fail(new FollowError('SUBSCRIBER_TOO_SLOW', message, this.#position));
  }

  fail(failure: FollowError): void {
    this.#failure = failure;
    this.#cache.forget(this);
    this.wake();
  }

  /** Whether the log ends before the position of the listener. */
  isBeyond(newest: number): boolean {
    return this.#position > newest;
  }

  get position(): number {
    return this.#position;
  }

  /** The entry after the position; null if there is none yet. */
  async #upcoming(): Promise<ChangeEntry | null> {
    const { engine, newest } = this.#cache;
    try {
      if (this.#touching && this.#watched === null) this.#watched = await this.#survivors(this.#touching);
      const next = this.#position + 1;
      const cached = this.#page[0]?.sequence === next ? this.#page.shift() : this.#cache.cached(next);
      if (cached) return cached;
      if (next > newest) return null;
      this.#page = await pageAfter(engine, this.#position, newest, this.#signal);
    } catch (error) {
      if (this.#isEnded || isTransient(error)) return null;
      this.#leave();
      throw error;
    }
    const entry = this.#page.shift();
    this.#misses = entry ? 0 : this.#misses + 1;
    if (this.#misses > MAX_MISSES) this.fail(forgotten(this.#position));
    return entry ?? null;
  }

  async #survivors(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const options = { signal: this.#signal, timeoutMs: READ_TIMEOUT_MS };
    const merged = await this.#cache.engine.read(mergedInto, { ids }, options);
    return new Set([...ids, ...merged.map(({ into }) => into)]);
  }

  #concerns({ touched }: ChangeEntry): boolean {
    if (this.#watched === null) return true;
    const watched = this.#watched;
    if (!(touched ?? []).some((id) => watched.has(id))) return false;
    // This change may have merged a watched record into another.
    this.#watched = null;
    return true;
  }
}
