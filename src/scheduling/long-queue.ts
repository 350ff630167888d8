import type { Requester } from './requester.ts';

/** Number of clients from which past turns are dropped. */
const MAX_CLIENTS = 1_000;

/** A waiting item of a request. */
interface Waiting {
  readonly requester: Requester;
}

/**
 * A queue of long work, request by request: one request runs to its end before the next begins, since many that advance
 * together are all late. Clients take turns by requests (start-time fair queueing, Goyal, Vin and Cheng 1996); requests
 * of one turn come in order of arrival.
 */
export class LongQueue<Item extends Waiting> {
  readonly #items = new Set<Item>();
  /** The turn of each request. */
  readonly #turns = new WeakMap<Requester, number>();
  /** The turn of each client's last request. */
  readonly #lastTurns = new Map<string, number>();
  /** The turn of the request that was taken last. */
  #now = 0;

  get size(): number {
    return this.#items.size;
  }

  add(item: Item): void {
    this.#items.add(item);
    const { requester } = item;
    if (this.#turns.has(requester)) return;
    const turn = Math.max(this.#now, (this.#lastTurns.get(requester.client) ?? -1) + 1);
    this.#turns.set(requester, turn);
    this.#lastTurns.set(requester.client, turn);
    if (this.#lastTurns.size > MAX_CLIENTS) this.#forgetPast();
  }

  /** Removes and returns the next item; undefined if none waits. */
  take(): Item | undefined {
    let next: Item | undefined;
    for (const item of this.#items) if (next === undefined || this.#comesBefore(item, next)) next = item;
    if (next === undefined) return undefined;
    this.#items.delete(next);
    this.#now = Math.max(this.#now, this.#turns.get(next.requester)!);
    return next;
  }

  /** Removes an item; false if it is not waiting. */
  remove(item: Item): boolean {
    return this.#items.delete(item);
  }

  #comesBefore({ requester: one }: Item, { requester: other }: Item): boolean {
    const difference = this.#turns.get(one)! - this.#turns.get(other)!;
    return difference < 0 || (difference === 0 && one.arrivedAt < other.arrivedAt);
  }

  /** Drops the clients whose turns are past: they count as new. */
  #forgetPast(): void {
    for (const [client, turn] of this.#lastTurns) if (turn < this.#now) this.#lastTurns.delete(client);
  }
}
