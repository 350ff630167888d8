/** Milliseconds of one slice: short, since a request of somebody else passes through ten turns of the event loop or so. */
const SLICE_MS = 5;
/** Items that are sorted at once: about a millisecond. */
const RUN = 2_000;
/** Items that are merged between two looks at the clock. */
const LOOK = 64;

/** Work that waits for its next slice. */
interface Waiting {
  /** How many slices its request has used. */
  readonly used: number;
  readonly begin: () => void;
}

/**
 * Gives one slice in each turn of the event loop, however many wait: between two slices everything else has its turn. The
 * request that has used least comes first, and every second time the work that has waited longest, so that none starves.
 */
class Turns {
  readonly #waiting: Waiting[] = [];
  #isOldestNext = false;

  wait(used: number): Promise<void> {
    return new Promise((begin) => {
      this.#waiting.push({ used, begin });
      if (this.#waiting.length === 1) setImmediate(this.#give);
    });
  }

  readonly #give = (): void => {
    let next = 0;
    if (!this.#isOldestNext) {
      for (let at = 1; at < this.#waiting.length; at++) {
        if (this.#waiting[at]!.used < this.#waiting[next]!.used) next = at;
      }
    }
    this.#isOldestNext = !this.#isOldestNext;
    const [given] = this.#waiting.splice(next, 1);
    if (this.#waiting.length > 0) setImmediate(this.#give);
    given!.begin();
  };
}

const turns = new Turns();

/**
 * The processor time of one request, in slices of some milliseconds. A loop over thousands asks before each item whether
 * the slice is over, and if so waits for the next one: `if (slices.isOver) await slices.next()`.
 */
export class Slices {
  readonly #signal: AbortSignal | null;
  #endsAt = 0;
  #used = 0;

  /** Once the signal is aborted the work ends, with its reason, where it would wait for its next slice. */
  constructor(signal: AbortSignal | null = null) {
    this.#signal = signal;
  }

  /** Whether others are to have their turn before this work goes on. */
  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  /** Begins a slice at once, for work that goes on where something has come in: few of those come in one turn. */
  begin(): void {
    this.#endsAt = performance.now() + SLICE_MS;
  }

  /** Resolves when the next slice begins. Rejects with the signal's reason once nobody waits for the work any more. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await turns.wait(this.#used++);
    this.#signal?.throwIfAborted();
    this.#endsAt = performance.now() + SLICE_MS;
  }

  /** Does something with each item, in slices. */
  async each<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
    for (const item of items) {
      if (this.isOver) await this.next();
      work(item);
    }
  }

  /** What `work` makes of each item, in their order, in slices. */
  async map<Item, Made>(items: Iterable<Item>, work: (item: Item) => Made): Promise<Made[]> {
    const made: Made[] = [];
    await this.each(items, (item) => void made.push(work(item)));
    return made;
  }

  /** The items sorted into a new list, equal ones in the order in which they came, in slices. */
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

  async #merged<Item>(
    one: readonly Item[],
    other: readonly Item[],
    compare: (a: Item, b: Item) => number,
  ): Promise<Item[]> {
    const merged: Item[] = [];
    let [here, there] = [0, 0];
    while (here < one.length || there < other.length) {
      if (merged.length % LOOK === 0 && this.isOver) await this.next();
      const isHere = there === other.length || (here < one.length && compare(one[here]!, other[there]!) <= 0);
      merged.push(isHere ? one[here++]! : other[there++]!);
    }
    return merged;
  }
}
