import type { GraphEngine } from '../graph/engine.ts';
import type { ChangeEntry } from '../store/changelog.ts';
import { FollowError, type Following, forgotten, MAX_TOUCHING } from './following.ts';
import { Listener, type LogCache, MAX_MISSES, pageAfter, READ_TIMEOUT_MS } from './listener.ts';
import { newestSequence } from './log.ts';

/**
 * Milliseconds between two reads of the log while there are listeners: changes of other processes arrive within 2 s.
 */
const LOOK_MS = 500;
/** Milliseconds from a change of this process to the next read of the log, so that one read serves a burst. */
const HURRY_MS = 10;
/** Maximum of cached entries, and of nodes in them, so that listeners that are up to date share one read of the log. */
const MAX_CACHED_ENTRIES = 1_000;
const MAX_CACHED_NODES = 100_000;

/**
 * Follows the change log of one graph for all listeners of this process. Reads the log only while there are listeners.
 */
export class ChangeFollower implements LogCache {
  readonly engine: GraphEngine;
  readonly #lookMs: number;
  readonly #listeners = new Set<Listener>();
  /** The latest entries, without a gap. */
  #cached: ChangeEntry[] = [];
  #newest = 0;
  #misses = 0;
  #isLooking = false;
  #hurry: (() => void) | null = null;

  /** `lookMs` is the time between two reads of the log. */
  constructor(engine: GraphEngine, lookMs = LOOK_MS) {
    this.engine = engine;
    this.#lookMs = lookMs;
  }

  /** The newest entry that listeners may read. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * Resolves to an iterator of every entry after `after`, or after this moment, once and in order. Rejects with a
   * FollowError if the log does not reach back that far.
   */
  async listen(following: Following): Promise<AsyncIterableIterator<ChangeEntry, undefined>> {
    const { after = null, touching, signal } = following;
    if (touching && (touching.length === 0 || touching.length > MAX_TOUCHING)) {
      const message = `touching names ${touching.length} nodes: name 1 to ${MAX_TOUCHING}, or leave it out to hear of everything.`;
      throw new FollowError('BAD_USER_INPUT', message);
    }
    const newest = await this.#lastSequence(signal);
    const position = after ?? newest;
    if (position < 0 || position > newest) {
      const message = `after: ${position} is no sequence of the change log, which ends at ${newest}.`;
      throw new FollowError('BAD_USER_INPUT', message);
    }
    // A gap before the newest entry alone decides nothing: the entry may be in the process of being committed.
    if (position < newest - 1 && (await pageAfter(this.engine, position, newest, signal)).length === 0) {
      throw forgotten(position);
    }
    signal?.throwIfAborted();
    const listener = new Listener(this, position, following);
    this.#listeners.add(listener);
    if (!this.#isLooking) {
      this.#skipTo(newest);
      void this.#follow();
    }
    return listener;
  }

  forget(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  cached(sequence: number): ChangeEntry | undefined {
    const [first] = this.#cached;
    return first && this.#cached[sequence - first.sequence];
  }

  #lastSequence(signal?: AbortSignal): Promise<number> {
    return newestSequence((statement, parameters) =>
      this.engine.read(statement, parameters, { signal, timeoutMs: READ_TIMEOUT_MS }),
    );
  }

  async #follow(): Promise<void> {
    this.#isLooking = true;
    let due = performance.now() + this.#lookMs;
    while (this.#listeners.size > 0) {
      await this.#pause(due - performance.now());
      const isDue = performance.now() >= due;
      if (isDue) due = performance.now() + this.#lookMs;
      // If the database is unavailable, listeners wait and miss nothing.
      if (this.#listeners.size > 0) await this.#look(isDue).catch(() => {});
      if (isDue) for (const listener of this.#listeners) listener.wake();
    }
    this.#isLooking = false;
  }

  /** Waits until the next read is due, or `hurry` is called. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const due = setTimeout(resolve, Math.max(0, Math.ceil(milliseconds))).unref();
      this.#hurry = () => {
        this.#hurry = null;
        clearTimeout(due);
        setTimeout(resolve, HURRY_MS).unref();
      };
    });
  }

  /** Reads the log soon: this process has changed the graph. */
  hurry(): void {
    this.#hurry?.();
  }

  /** Reads new entries. Only scheduled reads detect missing entries and slow listeners, hurried ones do not. */
  async #look(isDue: boolean): Promise<void> {
    const newest = await this.#lastSequence();
    if (newest < this.#newest) return this.#restart(newest);
    for (const listener of this.#listeners) listener.checkPace(this.#newest, isDue);
    // Too much to cache: listeners read it themselves.
    if (newest - this.#newest > MAX_CACHED_ENTRIES) this.#skipTo(newest);
    while (this.#newest < newest) {
      const entries = await pageAfter(this.engine, this.#newest, newest);
      const last = entries.at(-1);
      if (!last) {
        if (isDue && ++this.#misses > MAX_MISSES) this.#skipTo(newest);
        return;
      }
      this.#misses = 0;
      this.#cache(entries);
      this.#newest = last.sequence;
      for (const listener of this.#listeners) listener.wake();
    }
  }

  #cache(entries: readonly ChangeEntry[]): void {
    this.#cached.push(...entries);
    let nodes = 0;
    let first = this.#cached.length;
    while (first > 0 && this.#cached.length - first < MAX_CACHED_ENTRIES) {
      nodes += this.#cached[first - 1]!.touched?.length ?? 0;
      if (nodes > MAX_CACHED_NODES) break;
      first--;
    }
    this.#cached = this.#cached.slice(first);
  }

  #skipTo(newest: number): void {
    this.#misses = 0;
    this.#cached = [];
    this.#newest = newest;
  }

  /** The log was replaced by an older one, for example from a backup: the entries after it are unknown. */
  #restart(newest: number): void {
    this.#skipTo(newest);
    for (const listener of this.#listeners) {
      if (listener.isBeyond(newest)) listener.fail(forgotten(listener.position));
    }
  }
}
