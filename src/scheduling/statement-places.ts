import { FairQueue } from './fair-queue.ts';
import { LongQueue } from './long-queue.ts';
import { once } from './once.ts';
import type { Requester } from './requester.ts';

/** How many statements the database works at. */
export interface StatementBounds {
  /** At one time. */
  readonly statements: number;
  /** Of them, those that are long or of a request that has used much already; fewer than `statements`. */
  readonly longStatements: number;
}

/** What a bound on places looks like from outside. */
export interface PlaceFigures {
  readonly running: number;
  readonly waiting: number;
}

/** Milliseconds of work, this statement's expected ones included, up to which a request comes before all others. */
const FIRST_MS = 50;
/** Milliseconds beyond which it is long. */
const LONG_MS = 250;
/** Milliseconds beyond which a statement by itself is long. */
const LONG_STATEMENT_MS = 100;

/** Gives a place back: when the statement has ended, whoever still waits for it. */
export type Leave = () => void;

/** From the shortest work to the longest. */
type Level = 0 | 1 | 2;
const LONG: Level = 2;

/** A statement that waits. */
interface Entry {
  readonly requester: Requester;
  readonly expectedMs: number;
  readonly grant: () => void;
}

function levelOf({ requester, expectedMs }: Entry): Level {
  const inAll = requester.usedMs + expectedMs;
  if (inAll >= LONG_MS || expectedMs >= LONG_STATEMENT_MS) return LONG;
  return inAll < FIRST_MS ? 0 : 1;
}

/**
 * Places for statements at work in one database. Short work never waits behind long work, which has places of its own:
 * whoever asks little is answered, whatever the others ask for. Among short work clients take turns by statements, and of
 * one client the request that came first goes on; among long work they take turns by requests.
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
   * Resolves when a statement that is expected to take so many milliseconds may begin. Rejects with the signal's reason
   * when that is aborted before.
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

  /** A statement that waits for nobody, since many depend on it; it is counted all the same. */
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

  /** Charges what is expected at once: a request that sends many together is known by it before the first has ended. */
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

  /** Long work first, as far as it has places: short work would leave it none. */
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
