import { insertSorted } from './insert-sorted.ts';

/** Milliseconds of one slice: short, since another request passes through about ten turns of the event loop. */
const SLICE_MS = 5;
/** Of work that nobody waits for, such as reading a graph after a start: a question beside it took 16 ms with slices of 5. */
const BACKGROUND_SLICE_MS = 1;
/** Slices that are remembered: half a second of them. */
const LATELY = 100;
/** Items that are sorted at once: about a millisecond. */
const RUN = 2_000;
/** Items that are merged between two reads of the clock. */
const CLOCK_INTERVAL = 64;

/** Work that is waiting for its next slice. */
interface Waiting {
  /** The client of its request; null for work of the server itself. */
  readonly client: string | null;
  /** Number of slices that its request has used. */
  readonly used: number;
  readonly begin: () => void;
}

/**
 * Gives one slice in each turn of the event loop, regardless of how many wait, so that everything else runs between two
 * slices. The client that has had the fewest slices lately comes first, of one client the request that has used least; every
 * second time the work that has waited longest, so that none starves.
 */
class Turns {
  readonly #waiting: Waiting[] = [];
  #isOldestNext = false;
  /** Slices that clients have had lately, and their sum. */
  readonly #had = new Map<string, number>();
  #sum = 0;
  #isTaken = false;

  /** Takes the slice of this turn of the event loop; false where another work has it. */
  take(): boolean {
    if (this.#isTaken || this.#waiting.length > 0) return false;
    this.#isTaken = true;
    setImmediate(() => {
      this.#isTaken = false;
    });
    return true;
  }

  wait(client: string | null, used: number): Promise<void> {
    return new Promise((begin) => {
      this.#waiting.push({ client, used, begin });
      if (this.#waiting.length === 1) setImmediate(this.#give);
    });
  }

  #comesBefore(one: Waiting, other: Waiting): boolean {
    const had = ({ client, used }: Waiting): number => (client === null ? used : (this.#had.get(client) ?? 0));
    const difference = had(one) - had(other);
    return difference < 0 || (difference === 0 && one.used < other.used);
  }

  #count(client: string | null): void {
    if (this.#sum++ >= LATELY) {
      this.#had.clear();
      this.#sum = 1;
    }
    if (client !== null) this.#had.set(client, (this.#had.get(client) ?? 0) + 1);
  }

  readonly #give = (): void => {
    let next = 0;
    if (!this.#isOldestNext) {
      for (let at = 1; at < this.#waiting.length; at++) {
        if (this.#comesBefore(this.#waiting[at]!, this.#waiting[next]!)) next = at;
      }
    }
    this.#isOldestNext = !this.#isOldestNext;
    const [given] = this.#waiting.splice(next, 1);
    this.#count(given!.client);
    if (this.#waiting.length > 0) setImmediate(this.#give);
    given!.begin();
  };
}

const turns = new Turns();

/**
 * The processor time of one request, in slices of some milliseconds. A loop over thousands of items checks before each
 * one whether the slice is over, and then waits for the next slice: `if (slices.isOver) await slices.next()`.
 */
export class Slices {
  readonly #signal: AbortSignal | null;
  /** The client of the request; null for work of the server itself. */
  readonly #client: string | null;
  readonly #sliceMs: number;
  #endsAt = 0;
  #used = 0;

  /** Once the signal is aborted, waiting for the next slice rejects with its reason. */
  constructor(signal: AbortSignal | null = null, client: string | null = null, sliceMs = SLICE_MS) {
    this.#signal = signal;
    this.#client = client;
    this.#sliceMs = sliceMs;
  }

  /** For work that no request waits for: its slices are short. */
  static inBackground(): Slices {
    return new Slices(null, null, BACKGROUND_SLICE_MS);
  }

  /** Whether other work must have its turn before this work continues. */
  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  /** Begins a slice at once, for work that continues when data has arrived: little arrives in one turn. */
  begin(): void {
    this.#endsAt = performance.now() + this.#sliceMs;
  }

  /** Begins a slice: at once where no other work has one in this turn of the event loop, else when its turn comes. */
  async start(): Promise<void> {
    if (turns.take()) this.begin();
    else await this.next();
  }

  /** Resolves when the next slice begins. Rejects with the reason of the signal once that is aborted. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await turns.wait(this.#client, this.#used++);
    this.#signal?.throwIfAborted();
    this.#endsAt = performance.now() + this.#sliceMs;
  }

  /** Does something with each item, in slices. */
  async each<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
    for (const item of items) {
      if (this.isOver) await this.next();
      work(item);
    }
  }

  /** The result of `work` for each item, in their order, in slices. */
  async map<Item, Result>(items: Iterable<Item>, work: (item: Item) => Result): Promise<Result[]> {
    const results: Result[] = [];
    await this.each(items, (item) => void results.push(work(item)));
    return results;
  }

  /** The items sorted into a new list, in slices. The sort is stable. */
  async sorted<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Promise<Item[]> {
    let runs: Item[][] = [];
    for (let start = 0; start < items.length; start += RUN) {
      if (this.isOver) await this.next();
      runs.push(items.slice(start, start + RUN).sort(compare));
    }
    while (runs.length > 1) {
      const merged: Item[][] = [];
      for (let at = 0; at < runs.length; at += 2) {
        const [one, other] = [runs[at]!, runs[at + 1]];
        merged.push(other ? await this.#merged(one, other, compare) : one);
      }
      runs = merged;
    }
    return runs[0] ?? [];
  }

  /** The first `count` items, one or more, of those sorted; in slices. */
  async first<Item>(items: readonly Item[], count: number, compare: (a: Item, b: Item) => number): Promise<Item[]> {
    if (items.length <= count) return this.sorted(items, compare);
    const first: Item[] = [];
    for (let at = 0; at < items.length; at++) {
      if (at % CLOCK_INTERVAL === 0 && this.isOver) await this.next();
      const item = items[at]!;
      if (first.length < count || compare(first[count - 1]!, item) > 0) insertSorted(first, item, compare, count);
    }
    return first;
  }

  async #merged<Item>(
    one: readonly Item[],
    other: readonly Item[],
    compare: (a: Item, b: Item) => number,
  ): Promise<Item[]> {
    const merged: Item[] = [];
    let [here, there] = [0, 0];
    while (here < one.length || there < other.length) {
      if (merged.length % CLOCK_INTERVAL === 0 && this.isOver) await this.next();
      const isHere = there === other.length || (here < one.length && compare(one[here]!, other[there]!) <= 0);
      merged.push(isHere ? one[here++]! : other[there++]!);
    }
    return merged;
  }
}
