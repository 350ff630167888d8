import { insertSorted } from './insert-sorted.ts';
import { questions } from './questions.ts';
import { turns } from './turns.ts';

/** Milliseconds of one slice: short, since another request passes through about ten turns of the event loop. */
const SLICE_MS = 5;
/** Of work in the background while others ask: a question that arrives meanwhile waits for its end. */
const SLICE_BESIDE_QUESTIONS_MS = 1;
/** Items that are sorted at once: about a millisecond. */
const RUN = 2_000;
/** Items that are merged between two reads of the clock. */
const CLOCK_INTERVAL = 64;

/** Whether work is of a question, or in the background: of what nobody waits for at a screen, such as imports and files. */
type Priority = 'question' | 'background';

/**
 * The processor time of one request, in slices of some milliseconds. A loop over thousands of items checks before each
 * one whether the slice is over, and then waits for the next slice: `if (slices.isOver) await slices.next()`.
 */
export class Slices {
  readonly #signal: AbortSignal | null;
  /** The client of the request; null for work of the server itself. */
  readonly #client: string | null;
  /** In the background, questions go first, and slices beside them are short. */
  priority: Priority;
  #endsAt = 0;
  #used = 0;

  /** Once the signal is aborted, waiting for the next slice rejects with its reason. */
  constructor(signal: AbortSignal | null = null, client: string | null = null, priority: Priority = 'question') {
    this.#signal = signal;
    this.#client = client;
    this.priority = priority;
  }

  /** For work behind all questions. */
  static inBackground(signal: AbortSignal | null = null): Slices {
    return new Slices(signal, null, 'background');
  }

  /** Whether other work must have its turn before this work continues. */
  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  /** Begins a slice at once, for work that continues when data has arrived: little arrives in one turn. */
  begin(): void {
    const isBeside = this.priority === 'background' && questions.areAsked;
    this.#endsAt = performance.now() + (isBeside ? SLICE_BESIDE_QUESTIONS_MS : SLICE_MS);
  }

  /** Begins a slice: at once where no other work has one in this turn of the event loop, else when its turn comes. */
  async start(): Promise<void> {
    if (this.priority === 'question' && turns.take(this.#client)) this.begin();
    else await this.next();
  }

  /** Resolves when the next slice begins. Rejects with the reason of the signal once that is aborted. */
  async next(): Promise<void> {
    this.#signal?.throwIfAborted();
    await (this.priority === 'background' ? turns.waitBehind() : turns.wait(this.#client, this.#used++));
    this.#signal?.throwIfAborted();
    this.begin();
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
