import type { Requester } from './requester.ts';

/** Clients of whom it is remembered which turn was theirs last. */
const MOST_CLIENTS = 1_000;

/** Something of a request that waits. */
interface Waiting {
  readonly requester: Requester;
}

/**
 * Long work that waits, request by request: the request that has its turn goes on to its end before the next one begins,
 * since many that each get a little are all late. Clients take turns by requests (start-time fair queueing, Goyal, Vin and
 * Cheng 1996), and requests of one turn come in the order of their arrival.
 */
export class LongQueue<Item extends Waiting> {
  readonly #items = new Set<Item>();
  /** The turn that each request has. */
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
    if (this.#lastTurns.size > MOST_CLIENTS) this.#forgetPast();
  }

  /** Takes the next item out; undefined where none waits. */
  take(): Item | undefined {
    let next: Item | undefined;
    for (const item of this.#items) if (next === undefined || this.#comesBefore(item, next)) next = item;
    if (next === undefined) return undefined;
    this.#items.delete(next);
    this.#now = Math.max(this.#now, this.#turns.get(next.requester)!);
    return next;
  }

  /** Takes an item out of its turn; false where it does not wait. */
  remove(item: Item): boolean {
    return this.#items.delete(item);
  }

  #comesBefore({ requester: one }: Item, { requester: other }: Item): boolean {
    const difference = this.#turns.get(one)! - this.#turns.get(other)!;
    return difference < 0 || (difference === 0 && one.arrivedAt < other.arrivedAt);
  }

  /** A client whose turns are past is as one that comes for the first time. */
  #forgetPast(): void {
    for (const [client, turn] of this.#lastTurns) if (turn < this.#now) this.#lastTurns.delete(client);
  }
}
