import type { GraphEngine } from '../graph/engine.ts';
import { GraphError } from '../graph/errors.ts';
import { type ChangeEntry, changesFollowing } from '../store/change.ts';
import { mergedInto } from '../store/node.ts';
import { lastSequence } from '../store/search.ts';

/** What somebody wants to hear of. */
export interface Following {
  /** The sequence seen last; without one, what is committed from now on. */
  readonly after?: number | null | undefined;
  /** Only changes that touch one of these; of a record merged away, its survivor too. */
  readonly touching?: readonly string[] | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Changes can not, or no longer, be followed from there; the message is for whoever follows. */
export class FollowError extends Error {
  override readonly name = 'FollowError';
  readonly code: 'BAD_USER_INPUT' | 'CHANGES_FORGOTTEN' | 'SUBSCRIBER_TOO_SLOW';
  /** From where to go on; null where there is no such place. */
  readonly after: number | null;

  constructor(code: FollowError['code'], message: string, after: number | null = null) {
    super(message);
    this.code = code;
    this.after = after;
  }
}

/** Nodes that one may listen for at the most: as many as a list of an argument may name. */
export const MAX_TOUCHING = 100;
/** Milliseconds between two looks at the log while anybody listens: changes of other processes are to arrive within 2 s. */
const LOOK_MS = 500;
/** Milliseconds after a change of this process in which it is looked for: others of a burst come with it. */
const HURRY_MS = 10;
const LOOK_TIMEOUT_MS = 5_000;
/** Entries that are read at once: an import's name thousands of nodes each. */
const PAGE = 50;
/** What is kept for listeners who are up to date, so that all of them read the log once: entries, and nodes in them. */
const KEPT_ENTRIES = 1_000;
const KEPT_NODES = 100_000;
/** Entries by which a listener may fall behind where it once was. */
export const MAX_BEHIND = 1_000;
/** Looks, one after the other, for which it may be so: a burst of changes is no reason to leave somebody behind. */
const MAX_LOOKS_BEHIND = 6;
/** Looks after which an entry that should be there, and is not, is known to be gone. */
const MAX_MISSES = 6;

const DONE = { done: true, value: undefined } as const;

const isTransient = (error: unknown): boolean =>
  error instanceof GraphError && ['UNAVAILABLE', 'TIMEOUT', 'CONTENTION'].includes(error.code);

function forgotten(after: number): FollowError {
  const message = `The change log no longer holds what came after ${after}: read the graph anew, then listen without after.`;
  return new FollowError('CHANGES_FORGOTTEN', message);
}

/** The entries that follow a sequence, a page at the most, up to the first that is not there. */
async function entriesAfter(
  engine: GraphEngine,
  after: number,
  newest: number,
  signal?: AbortSignal,
): Promise<ChangeEntry[]> {
  const until = Math.min(newest, after + PAGE);
  const options = { signal, timeoutMs: LOOK_TIMEOUT_MS };
  const rows = await engine.read(changesFollowing, { after, until }, options);
  // Entries become visible one by one while they are committed: what stands behind a gap is for the next look.
  const entries = rows.map(({ entry }) => entry);
  const gap = entries.findIndex(({ sequence }, place) => sequence !== after + 1 + place);
  return gap < 0 ? entries : entries.slice(0, gap);
}

/**
 * One who listens: holds a place in the log and nothing else, so that however slowly it takes its entries, it costs no
 * memory. Ends by itself when it has fallen too far behind.
 */
class Listener implements AsyncIterableIterator<ChangeEntry, undefined> {
  readonly #follower: ChangeFollower;
  readonly #touching: readonly string[] | null;
  readonly #signal: AbortSignal | undefined;
  /** The sequence seen last. */
  #position: number;
  #page: ChangeEntry[] = [];
  /** The nodes listened for, with the survivors of those that were merged; null when it must be read again. */
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

  /** Looks again at what there is. */
  wake(): void {
    this.#wake?.();
  }

  /** Compares its place with what it could have read since the last look; looks that were due are counted. */
  judge(newest: number, isDue: boolean): void {
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

  /** Whether the log ends before what was seen already. */
  isBeyond(newest: number): boolean {
    return this.#position > newest;
  }

  get position(): number {
    return this.#position;
  }

  /** The entry after its place; null when it is to look again later. */
  async #upcoming(): Promise<ChangeEntry | null> {
    const { engine, newest } = this.#follower;
    try {
      if (this.#touching && this.#watched === null) this.#watched = await this.#survivors(this.#touching);
      const next = this.#position + 1;
      const kept = this.#page[0]?.sequence === next ? this.#page.shift() : this.#follower.kept(next);
      if (kept) return kept;
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
    // It may be the one by which a record listened for was merged into another.
    this.#watched = null;
    return true;
  }
}

/** Follows the change log of one graph for all who listen in this process: it looks only while somebody does. */
export class ChangeFollower {
  readonly engine: GraphEngine;
  readonly #listeners = new Set<Listener>();
  /** Entries without a gap, the last of which is the newest. */
  #kept: ChangeEntry[] = [];
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
   * Begins to listen: what it resolves to gives every entry after `after`, or after this moment, once and in order, until
   * it is left. Rejects with a FollowError when the log does not reach back that far.
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
    // Of the newest entry alone it cannot be told yet: it may still be on its way.
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

  kept(sequence: number): ChangeEntry | undefined {
    const [first] = this.#kept;
    return first && this.#kept[sequence - first.sequence];
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
      // A database that is away comes back, and the log with it: listeners miss nothing by waiting.
      if (this.#listeners.size > 0) await this.#look(isDue).catch(() => {});
      if (isDue) for (const listener of this.#listeners) listener.wake();
    }
    this.#isLooking = false;
  }

  /** Waits until the next look is due, or somebody hurries. */
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

  /** Looks soon: this process has changed the graph. */
  hurry(): void {
    this.#hurry?.();
  }

  /** Reads what is new. Whether something is missing, or somebody too slow, is told by looks that are due, not by hurried ones. */
  async #look(isDue: boolean): Promise<void> {
    const newest = await this.#lastSequence();
    if (newest < this.#newest) return this.#beginAnew(newest);
    for (const listener of this.#listeners) listener.judge(this.#newest, isDue);
    // Listeners read for themselves what is too much to keep.
    if (newest - this.#newest > KEPT_ENTRIES) this.#skipTo(newest);
    while (this.#newest < newest) {
      const entries = await entriesAfter(this.engine, this.#newest, newest);
      const last = entries.at(-1);
      if (!last) {
        if (isDue && ++this.#misses > MAX_MISSES) this.#skipTo(newest);
        return;
      }
      this.#misses = 0;
      this.#keep(entries);
      this.#newest = last.sequence;
      for (const listener of this.#listeners) listener.wake();
    }
  }

  #keep(entries: readonly ChangeEntry[]): void {
    this.#kept.push(...entries);
    let nodes = 0;
    let first = this.#kept.length;
    while (first > 0 && this.#kept.length - first < KEPT_ENTRIES) {
      nodes += this.#kept[first - 1]!.touched?.length ?? 0;
      if (nodes > KEPT_NODES) break;
      first--;
    }
    this.#kept = this.#kept.slice(first);
  }

  #skipTo(newest: number): void {
    this.#misses = 0;
    this.#kept = [];
    this.#newest = newest;
  }

  /** The log was replaced by an older one, as from a backup: nobody can know what those entries were. */
  #beginAnew(newest: number): void {
    this.#skipTo(newest);
    for (const listener of this.#listeners) {
      if (listener.isBeyond(newest)) listener.fail(forgotten(listener.position));
    }
  }
}
