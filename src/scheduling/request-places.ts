import { FairQueue } from './fair-queue.ts';
import { once } from './once.ts';
import type { PlaceFigures } from './statement-places.ts';

/** Maximum of requests that are executed at one time, and of those that wait. */
export interface RequestBounds {
  readonly executions: number;
  readonly waiting: number;
  /** The share of both that one client may have, in percent. */
  readonly sharePercent: number;
  /** Maximum of milliseconds that a request waits. */
  readonly waitMs: number;
}

/** A waiting request. */
interface Entry {
  readonly client: string;
  readonly grant: () => void;
}

/** Why a request got no place: its client uses its share, all places are taken, or it has waited too long. */
export const NO_PLACE_REASONS = ['SHARE', 'FULL', 'WAITED'] as const;
export type NoPlaceReason = (typeof NO_PLACE_REASONS)[number];

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
 * Places for requests in execution, and a short queue for more, in which clients take turns. Each client may use only
 * its share of both, so that others get places too.
 */
export class RequestPlaces {
  readonly #executions: number;
  readonly #waiting: number;
  readonly #executionsOfOne: number;
  readonly #waitingOfOne: number;
  readonly #waitMs: number;
  readonly #queue = new FairQueue<Entry>();
  /** Number of requests in execution by client; clients without any are absent. */
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
   * Waits until a request of a client may be executed, and resolves to a function that frees the place. Rejects with a
   * NoPlaceError, or with the reason of the signal if that is aborted before.
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

/** A share of the places: at least one. */
export function shareOf(places: number, percent: number): number {
  return Math.max(1, Math.floor((places * percent) / 100));
}
