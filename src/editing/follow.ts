import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { type ChangeEntry, changesFollowing } from '../store/change.ts';
import { mergedInto } from '../store/node.ts';
import { lastSequence } from '../store/search.ts';

/** What a listener subscribes to. */
export interface Following {
  /** The sequence seen last. Omitted: only what is committed from now on. */
  readonly after?: number | null | undefined;
  /** Only changes that touch one of these nodes, or the survivor of one that was merged away. */
  readonly touching?: readonly string[] | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Changes cannot, or can no longer, be followed from the given sequence. The message is for the client. */
export class FollowError extends Error {
  override readonly name = 'FollowError';
  readonly code: 'BAD_USER_INPUT' | 'CHANGES_FORGOTTEN' | 'SUBSCRIBER_TOO_SLOW';
  /** The sequence from which to go on, if there is one. */
  readonly after: number | null;

  constructor(code: FollowError['code'], message: string, after: number | null = null) {
    super(message);
    this.code = code;
    this.after = after;
  }
}

/** Maximum of nodes in `touching`: that of a list argument. */
export const MAX_TOUCHING = 100;
/**
 * Milliseconds between two reads of the log while there are listeners: changes of other processes arrive within 2 s.
 */
const LOOK_MS = 500;
/** Milliseconds from a change of this process to the next read of the log, so that one read serves a burst. */
const HURRY_MS = 10;
const LOOK_TIMEOUT_MS = 5_000;
/** Entries read at once: those of an import name thousands of nodes each. */
const PAGE = 50;
/** Maximum of cached entries, and of nodes in them, so that listeners that are up to date share one read of the log. */
const MAX_CACHED_ENTRIES = 1_000;
const MAX_CACHED_NODES = 100_000;
/** Entries by which a listener may fall further behind than it ever was least. */
export const MAX_BEHIND = 1_000;
/** Consecutive reads for which a listener may be further behind: a burst of changes does not end a subscription. */
const MAX_LOOKS_BEHIND = 6;
/** Reads after which a missing entry counts as deleted. */
const MAX_MISSES = 6;

const DONE = { done: true, value: undefined } as const;

const isTransient = (error: unknown): boolean =>
  error instanceof GraphError && ['UNAVAILABLE', 'TIMEOUT', 'CONTENTION'].includes(error.code);

function forgotten(after: number): FollowError {
  const message = `The change log no longer holds what came after ${after}: read the graph again, then listen without after.`;
  return new FollowError('CHANGES_FORGOTTEN', message);
}

/** The entries that follow a sequence: one page at most, up to the first gap. */
async function entriesAfter(
  engine: GraphEngine,
  after: number,
  newest: number,
  signal?: AbortSignal,
): Promise<ChangeEntry[]> {
  const until = Math.min(newest, after + PAGE);
  const options = { signal, timeoutMs: LOOK_TIMEOUT_MS };
  const rows = await engine.read(changesFollowing, { after, until }, options);
  // Entries become visible one by one while they are committed: what follows a gap is for the next read.
  const entries = rows.map(({ entry }) => entry);
  const gap = entries.findIndex(({ sequence }, index) => sequence !== after + 1 + index);
  return gap < 0 ? entries : entries.slice(0, gap);
}

/**
 * A listener: stores its position in the log, and at most one page. However slowly a client reads, it costs no more
 * memory. Ends with an error when it is too far behind.
 */
class Listener implements AsyncIterableIterator<ChangeEntry, undefined> {
  readonly #follower: ChangeFollower;
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

  constructor(follower: ChangeFollower, position: number, { touching, signal }: Following) {
    this.#follower = follower;
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
    this.#follower.forget(this);
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
    this.#follower.forget(this);
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
    const { engine, newest } = this.#follower;
    try {
      if (this.#touching && this.#watched === null) this.#watched = await this.#survivors(this.#touching);
      const next = this.#position + 1;
      const cached = this.#page[0]?.sequence === next ? this.#page.shift() : this.#follower.cached(next);
      if (cached) return cached;
      if (next > newest) return null;
      this.#page = await entriesAfter(engine, this.#position, newest, this.#signal);
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
    const options = { signal: this.#signal, timeoutMs: LOOK_TIMEOUT_MS };
    const merged = await this.#follower.engine.read(mergedInto, { ids }, options);
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

/**
 * Follows the change log of one graph for all listeners of this process. Reads the log only while there are listeners.
 */
export class ChangeFollower {
  readonly engine: GraphEngine;
  readonly #listeners = new Set<Listener>();
  /** The latest entries, without a gap. */
  #cached: ChangeEntry[] = [];
  #newest = 0;
  #misses = 0;
  #isLooking = false;
  #hurry: (() => void) | null = null;

  constructor(engine: GraphEngine) {
    this.engine = engine;
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
    if (position < newest - 1 && (await entriesAfter(this.engine, position, newest, signal)).length === 0) {
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

  async #lastSequence(signal?: AbortSignal): Promise<number> {
    const [row] = await this.engine.read(lastSequence, {}, { signal, timeoutMs: LOOK_TIMEOUT_MS });
    return row?.sequence ?? 0;
  }

  async #follow(): Promise<void> {
    this.#isLooking = true;
    let due = performance.now() + LOOK_MS;
    while (this.#listeners.size > 0) {
      await this.#pause(due - performance.now());
      const isDue = performance.now() >= due;
      if (isDue) due = performance.now() + LOOK_MS;
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
      const entries = await entriesAfter(this.engine, this.#newest, newest);
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
