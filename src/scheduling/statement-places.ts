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
  /** Of one client: fewer than `statements`, so that another finds a place at once. Default: no limit. */
  readonly statementsOfOne?: number;
  /**
   * Of one client, while others ask too and its next statement is not among the shortest: so few that its work does not slow
   * theirs down by much. Default: as above.
   */
  readonly statementsBesideOthers?: number;
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

/** Milliseconds after its last statement for which a client counts as one that asks. */
const ASKS_MS = 1_000;
/** More than any time of arrival: short work of a higher level comes after all of a lower one. */
const LEVEL_RANK = 1e15;

/** Frees a place. Called when the statement has ended, even if nobody waits for its result. */
export type Leave = () => void;

/** From the shortest work to the longest. */
type Level = 0 | 1 | 2;
const LONG: Level = 2;

/** A client, and when it has asked last. */
interface Asked {
  readonly client: string;
  readonly at: number;
}

/** A waiting statement. */
interface Entry {
  readonly requester: Requester;
  /** What the statement is expected to take, as is known when this is called. */
  readonly expected: () => number;
  /** Frees its place; null as long as it waits. */
  leave: Leave | null;
  onBegun: (leave: Leave) => void;
}

function levelOf({ requester, expected }: Entry): Level {
  const expectedMs = expected();
  const total = requester.usedMs + expectedMs;
  if (total >= LONG_MS || expectedMs >= LONG_STATEMENT_MS) return LONG;
  return total < FIRST_MS ? 0 : 1;
}

/**
 * Places for the statements that one database executes. Long work has its own places, so that short work never waits
 * for it: a client with small queries gets answers, whatever others request. In short work clients take turns by
 * statements, and of one client the shortest level and the earliest request go first; in long work they take turns by requests.
 * A client has only some of the places, and fewer while others ask too: then one is free when a short statement of another
 * arrives, and the database does not divide its processors among many.
 */
export class StatementPlaces {
  readonly #bounds: StatementBounds;
  readonly #short = new FairQueue<Entry>();
  readonly #long = new LongQueue<Entry>();
  #running = 0;
  #longRunning = 0;
  /** Running statements by client; clients without any are absent. */
  readonly #runningOf = new Map<string, number>();
  /** The client that has asked last, and the one that has asked last of all others, with the times. */
  #newest: Asked | null = null;
  #other: Asked | null = null;

  constructor(bounds: StatementBounds) {
    this.#bounds = bounds;
  }

  get figures(): PlaceFigures {
    return { running: this.#running, waiting: this.#short.size + this.#long.size };
  }

  /**
   * Resolves when a statement that is expected to take so many milliseconds may begin. Rejects with the reason of the signal if
   * that is aborted before.
   */
  async enter(requester: Requester, expected: () => number, signal: AbortSignal | undefined): Promise<Leave> {
    signal?.throwIfAborted();
    this.#note(requester.client);
    const entry: Entry = { requester, expected, leave: null, onBegun: () => {} };
    this.#wait(entry);
    this.#grant();
    if (entry.leave) return entry.leave;
    const { promise: granted, resolve, reject } = Promise.withResolvers<Leave>();
    entry.onBegun = resolve;
    const abort = (): void => {
      const waited = this.#long.remove(entry) || this.#short.remove(requester.client, entry);
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
    const level = levelOf(entry);
    if (level === LONG) this.#long.add(entry);
    else this.#short.add(client, entry, level * LEVEL_RANK + arrivedAt);
  }

  /**
   * Charges the expected time at once: a request that sends many statements together counts as long before the first
   * has ended.
   */
  #begin(entry: Entry): Leave {
    const { requester, expected } = entry;
    const expectedMs = expected();
    const isLong = levelOf(entry) === LONG;
    const begunAt = performance.now();
    requester.usedMs += expectedMs;
    this.#running++;
    this.#count(requester.client, 1);
    if (isLong) this.#longRunning++;
    return once(() => {
      requester.usedMs += performance.now() - begunAt - expectedMs;
      this.#running--;
      this.#count(requester.client, -1);
      this.#note(requester.client);
      if (isLong) this.#longRunning--;
      this.#grant();
    });
  }

  #grant(): void {
    while (this.#running < this.#bounds.statements) {
      const next = this.#next();
      if (next === undefined) return;
      next.leave = this.#begin(next);
      next.onBegun(next.leave);
    }
  }

  #count(client: string, change: 1 | -1): void {
    const running = (this.#runningOf.get(client) ?? 0) + change;
    if (running > 0) this.#runningOf.set(client, running);
    else this.#runningOf.delete(client);
  }

  #note(client: string): void {
    if (this.#newest?.client !== client) this.#other = this.#newest;
    this.#newest = { client, at: performance.now() };
  }

  /** Whether a client has places left. Where it has not, one of its own statements is running, and its end is waited for. */
  #mayBegin(client: string, entry: Entry): boolean {
    const { statements, statementsOfOne = statements, statementsBesideOthers = statementsOfOne } = this.#bounds;
    const running = this.#runningOf.get(client) ?? 0;
    const level = levelOf(entry);
    // What has become long goes to the queue of long work, and holds up nothing here.
    if (running < statementsBesideOthers || level === LONG) return true;
    if (running >= statementsOfOne) return false;
    const other = this.#newest?.client === client ? this.#other : this.#newest;
    return level === 0 || other === null || performance.now() - other.at > ASKS_MS;
  }

  /** Long work first, up to its number of places: short work would leave it none. */
  #next(): Entry | undefined {
    for (;;) {
      const long = this.#longRunning < this.#bounds.longStatements ? this.#long.take() : undefined;
      const next = long ?? this.#short.take((client, entry) => this.#mayBegin(client, entry));
      if (next === undefined || next === long || levelOf(next) < LONG) return next;
      // Its request has used more since it began to wait.
      this.#wait(next);
    }
  }
}
