import { compareHits, type Level, type SearchPosition } from './document.ts';

/** A document with its position in the order of hits. */
export interface RankedHit extends SearchPosition {
  readonly level: Level;
}

/** Collects the best of the offered documents that come after a position, without sorting the others. */
export class BestHits {
  /** The number of offered documents, also those before the position and those dropped. */
  offered = 0;
  readonly #capacity: number;
  readonly #after: SearchPosition | null;
  /** A heap: the worst at the root, no element better than the two below it. */
  readonly #heap: RankedHit[] = [];

  constructor(capacity: number, after: SearchPosition | null) {
    this.#capacity = capacity;
    this.#after = after;
  }

  get isFull(): boolean {
    return this.#heap.length === this.#capacity;
  }

  /** Offers a document. Each document must be offered at most once. */
  offer(level: Level, score: number, popularity: number, id: string): void {
    this.offered++;
    const worst = this.#heap[0];
    if (this.isFull && (worst === undefined || level < worst.level || (level === worst.level && score < worst.score))) {
      return;
    }
    const after = this.#after;
    if (after !== null && (level > after.level || (level === after.level && score > after.score))) return;
    const candidate = { level, score, popularity, id };
    if (after !== null && compareHits(candidate, after) <= 0) return;
    if (!this.isFull) {
      this.#heap.push(candidate);
      this.#rise(this.#heap.length - 1);
    } else if (compareHits(candidate, worst!) < 0) {
      this.#heap[0] = candidate;
      this.#sink(0);
    }
  }

  /** The best, in the order of hits. */
  inOrder(): RankedHit[] {
    return this.#heap.toSorted(compareHits);
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#isWorse(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      let worst = at;
      if (left < this.#heap.length && this.#isWorse(left, worst)) worst = left;
      if (right < this.#heap.length && this.#isWorse(right, worst)) worst = right;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #isWorse(a: number, b: number): boolean {
    return compareHits(this.#heap[a]!, this.#heap[b]!) > 0;
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#heap[b] = first;
  }
}
