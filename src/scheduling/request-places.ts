import { FairQueue } from './fair-queue.ts';
import { once } from './once.ts';
import type { PlaceFigures } from './statement-places.ts';

/** How many requests are executed at one time, and how many may wait for it. */
export interface RequestBounds {
  readonly executions: number;
  readonly waiting: number;
  /** Of both, how many one client may have, in percent. */
  readonly sharePercent: number;
  /** Milliseconds that a request may wait. */
  readonly waitMs: number;
}

/** A request that waits. */
interface Entry {
  readonly client: string;
  readonly grant: () => void;
}

/** Why a request got no place: its client has its share already, all places are taken, or it has waited too long. */
export type NoPlaceReason = 'SHARE' | 'FULL' | 'WAITED';

/** A request that got no place. Nothing of it was executed. */
export class NoPlaceError extends Error {
  override readonly name = 'NoPlaceError';
  readonly reason: NoPlaceReason;

  constructor(reason: NoPlaceReason) {
    super(`A request got no place: ${reason}.`);
    this.reason = reason;
  }
}

/**
 * Places for requests in execution. Beyond them a short queue in which clients take turns; of both, each client may have
 * its share and no more, so that there is something left for the others.
 */
export class RequestPlaces {
  readonly #executions: number;
  readonly #waiting: number;
  readonly #executionsOfOne: number;
  readonly #waitingOfOne: number;
  readonly #waitMs: number;
  readonly #queue = new FairQueue<Entry>();
  /** Requests in execution, by client; none of clients without any. */
  readonly #running = new Map<string, number>();
  #total = 0;

  constructor({ executions, waiting, sharePercent, waitMs }: RequestBounds) {
    this.#executions = executions;
    this.#waiting = waiting;
    this.#executionsOfOne = shareOf(executions, sharePercent);
    this.#waitingOfOne = shareOf(waiting, sharePercent);
    this.#waitMs = waitMs;
  }

  get figures(): PlaceFigures {
    return { running: this.#total, waiting: this.#queue.size };
  }

  /**
   * Resolves to what gives the place back when a request of a client may be executed. Rejects with a NoPlaceError, or
   * with the signal's reason when that is aborted before.
   */
  async enter(client: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#total >= this.#executions || !this.#hasShareLeft(client)) await this.#wait(client, signal);
    else this.#begin(client);
    return once(() => this.#leave(client));
  }

  async #wait(client: string, signal: AbortSignal | undefined): Promise<void> {
    if (this.#queue.sizeOf(client) >= this.#waitingOfOne) throw new NoPlaceError('SHARE');
    if (this.#queue.size >= this.#waiting) throw new NoPlaceError('FULL');
    const { promise: granted, resolve, reject } = Promise.withResolvers<void>();
    const entry: Entry = { client, grant: resolve };
    const giveUp = (reason: unknown): void => {
      if (this.#queue.remove(client, entry)) reject(reason);
    };
    const abort = (): void => giveUp(signal?.reason);
    const timer = setTimeout(() => giveUp(new NoPlaceError('WAITED')), this.#waitMs);
    signal?.addEventListener('abort', abort, { once: true });
    this.#queue.add(client, entry, 0);
    try {
      await granted;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  #hasShareLeft(client: string): boolean {
    return (this.#running.get(client) ?? 0) < this.#executionsOfOne;
  }

  #begin(client: string): void {
    this.#total++;
    this.#running.set(client, (this.#running.get(client) ?? 0) + 1);
  }

  #leave(client: string): void {
    this.#total--;
    const others = this.#running.get(client)! - 1;
    if (others > 0) this.#running.set(client, others);
    else this.#running.delete(client);
    this.#grant();
  }

  #grant(): void {
    while (this.#total < this.#executions) {
      const next = this.#queue.take((client) => this.#hasShareLeft(client));
      if (next === undefined) return;
      this.#begin(next.client);
      next.grant();
    }
  }
}

/** At least one, or a client could have none. */
export function shareOf(places: number, percent: number): number {
  return Math.max(1, Math.floor((places * percent) / 100));
}
