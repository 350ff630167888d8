/** A waiting item, with its rank among those of its client. */
interface Waiting<Item> {
  readonly item: Item;
  readonly rank: number;
}

/** A queue in which clients take turns, regardless of the number of items that each has waiting. */
export class FairQueue<Item> {
  /** The client whose turn is next is first. */
  readonly #clients = new Map<string, Waiting<Item>[]>();
  #size = 0;

  /** Number of waiting items. */
  get size(): number {
    return this.#size;
  }

  /** Number of waiting items of a client. */
  sizeOf(client: string): number {
    return this.#clients.get(client)?.length ?? 0;
  }

  /** Adds an item of a client, after its items of the same or a lower rank. */
  add(client: string, item: Item, rank: number): void {
    const items = this.#clients.get(client) ?? [];
    this.#clients.set(client, items);
    const index = items.findLastIndex((other) => other.rank <= rank) + 1;
    items.splice(index, 0, { item, rank });
    this.#size++;
  }

  /** Removes and returns the next item that `admits` accepts, of each client its first; undefined if there is none. */
  take(admits: (client: string, item: Item) => boolean = () => true): Item | undefined {
    for (const [client, items] of this.#clients) {
      if (!admits(client, items[0]!.item)) continue;
      this.#clients.delete(client);
      const { item } = items.shift()!;
      // After all others.
      if (items.length > 0) this.#clients.set(client, items);
      this.#size--;
      return item;
    }
    return undefined;
  }

  /** Removes an item; false if it is not waiting. */
  remove(client: string, item: Item): boolean {
    const items = this.#clients.get(client);
    const index = items?.findIndex((other) => other.item === item) ?? -1;
    if (!items || index < 0) return false;
    items.splice(index, 1);
    if (items.length === 0) this.#clients.delete(client);
    this.#size--;
    return true;
  }
}
