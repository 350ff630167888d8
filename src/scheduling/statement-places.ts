import { FairQueue } from './fair-queue.ts';
import { LongQueue } from './long-queue.ts';
import { once } from './once.ts';
import type { Requester } from './requester.ts';

/** Maximum of statements that the database executes. */
export interface StatementBounds {
  /** At one time. */
  readonly statements: number;
  /** Of these, long ones, or of a request that has used much time. Fewer than `statements`. */
  readonly longStatements: number;
}

/** The current use of places. */
export interface PlaceFigures {
  readonly running: number;
  readonly waiting: number;
}

/** Milliseconds of work, with those expected of the statement, up to which a request comes first. */
const FIRST_MS = 50;
/** Milliseconds of work of a request from which its statements are long. */
const LONG_MS = 250;
/** Expected milliseconds from which a statement by itself is long. */
const LONG_STATEMENT_MS = 100;

/** Frees a place. Called when the statement has ended, even if nobody waits for its result. */
export type Leave = () => void;

/** From the shortest work to the longest. */
type Level = 0 | 1 | 2;
const LONG: Level = 2;

/** A waiting statement. */
interface Entry {
  readonly requester: Requester;
  readonly expectedMs: number;
  readonly grant: () => void;
}

function levelOf({ requester, expectedMs }: Entry): Level {
  const total = requester.usedMs + expectedMs;
  if (total >= LONG_MS || expectedMs >= LONG_STATEMENT_MS) return LONG;
  return total < FIRST_MS ? 0 : 1;
}

/**
 * Places for the statements that one database executes. Long work has its own places, so that short work never waits
 * for it: a client with small queries gets answers, whatever others request. In short work clients take turns by
 * statements, and the earliest request of a client goes first; in long work they take turns by requests.
 */
export class StatementPlaces {
  readonly #bounds: StatementBounds;
  /** By level; long work has a queue of its own. */
  readonly #short: readonly FairQueue<Entry>[] = [new FairQueue(), new FairQueue()];
  readonly #long = new LongQueue<Entry>();
  #running = 0;
  #longRunning = 0;

  constructor(bounds: StatementBounds) {
    this.#bounds = bounds;
  }

  get figures(): PlaceFigures {
    return { running: this.#running, waiting: this.#short.reduce((sum, { size }) => sum + size, this.#long.size) };
  }

  /**
   * Resolves when a statement that is expected to take `expectedMs` may begin. Rejects with the reason of the signal if
   * that is aborted before.
   */
  async enter(requester: Requester, expectedMs: number, signal: AbortSignal | undefined): Promise<Leave> {
    signal?.throwIfAborted();
    const { promise: granted, resolve, reject } = Promise.withResolvers<Leave>();
    const entry: Entry = { requester, expectedMs, grant: () => resolve(this.#begin(entry)) };
    this.#wait(entry);
    this.#grant();
    const abort = (): void => {
      const waited = this.#long.remove(entry) || this.#short.some((queue) => queue.remove(requester.client, entry));
      if (waited) reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await granted;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** A statement that does not wait, since many depend on it. It is counted. */
  pass(): Leave {
    this.#running++;
    return once(() => {
      this.#running--;
      this.#grant();
    });
  }

  #wait(entry: Entry): void {
    const { client, arrivedAt } = entry.requester;
    const short = this.#short[levelOf(entry)];
    if (short) short.add(client, entry, arrivedAt);
    else this.#long.add(entry);
  }

  /**
   * Charges the expected time at once: a request that sends many statements together counts as long before the first
   * has ended.
   */
  #begin(entry: Entry): Leave {
    const { requester, expectedMs } = entry;
    const isLong = levelOf(entry) === LONG;
    const begunAt = performance.now();
    requester.usedMs += expectedMs;
    this.#running++;
    if (isLong) this.#longRunning++;
    return once(() => {
      requester.usedMs += performance.now() - begunAt - expectedMs;
      this.#running--;
      if (isLong) this.#longRunning--;
      this.#grant();
    });
  }

  #grant(): void {
    while (this.#running < this.#bounds.statements) {
      const next = this.#next();
      if (next === undefined) return;
      next.grant();
    }
  }

  /** Long work first, up to its number of places: short work would leave it none. */
  #next(): Entry | undefined {
    const [first, second] = this.#short as [FairQueue<Entry>, FairQueue<Entry>];
    for (;;) {
      const long = this.#longRunning < this.#bounds.longStatements ? this.#long.take() : undefined;
      const next = long ?? first.take() ?? second.take();
      if (next === undefined || next === long || levelOf(next) < LONG) return next;
      // Its request has used more since it began to wait.
      this.#wait(next);
    }
  }
}
