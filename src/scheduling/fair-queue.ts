/** An item that waits, with the order in which those of its client come. */
interface Waiting<Item> {
  readonly item: Item;
  readonly rank: number;
}

/** What waits for several clients: they come in turn, whatever the number of items that each has waiting. */
export class FairQueue<Item> {
  /** The client whose turn is next comes first. */
  readonly #clients = new Map<string, Waiting<Item>[]>();
  #size = 0;

  /** How many items wait. */
  get size(): number {
    return this.#size;
  }

  /** How many items of a client wait. */
  sizeOf(client: string): number {
    return this.#clients.get(client)?.length ?? 0;
  }

  /** Adds an item of a client, behind those of the same client whose rank is not higher. */
  add(client: string, item: Item, rank: number): void {
    const items = this.#clients.get(client) ?? [];
    this.#clients.set(client, items);
    const place = items.findLastIndex((other) => other.rank <= rank) + 1;
    items.splice(place, 0, { item, rank });
    this.#size++;
  }

  /** Takes the next item out, of a client that `admits` lets through; undefined where there is none. */
  take(admits: (client: string) => boolean = () => true): Item | undefined {
    for (const [client, items] of this.#clients) {
      if (!admits(client)) continue;
      this.#clients.delete(client);
      const { item } = items.shift()!;
      // Behind all others.
      if (items.length > 0) this.#clients.set(client, items);
      this.#size--;
      return item;
    }
    return undefined;
  }

  /** Takes an item out of its turn; false where it does not wait. */
  remove(client: string, item: Item): boolean {
    const items = this.#clients.get(client);
    const place = items?.findIndex((other) => other.item === item) ?? -1;
    if (!items || place < 0) return false;
    items.splice(place, 1);
    if (items.length === 0) this.#clients.delete(client);
    this.#size--;
    return true;
  }
}
