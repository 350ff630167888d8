import type { CommittedAddition } from '../changes/addition.ts';

/** What this process has added to the graph, until the snapshot has it. */
export class WaitingAdditions {
  readonly #bySequence = new Map<number, CommittedAddition>();

  add(addition: CommittedAddition): void {
    this.#bySequence.set(addition.sequence, addition);
  }

  /** The one with the last entry of the change log; null where there is none. */
  get last(): CommittedAddition | null {
    return this.#bySequence.get(Math.max(...this.#bySequence.keys())) ?? null;
  }

  /** Those after an entry and up to another, if each of them is there; null where one is not. */
  allBetween(after: number, until: number): readonly CommittedAddition[] | null {
    const additions: CommittedAddition[] = [];
    for (let sequence = after + 1; sequence <= until; sequence++) {
      const addition = this.#bySequence.get(sequence);
      if (!addition) return null;
      additions.push(addition);
    }
    return additions;
  }

  /** Discards those up to an entry. */
  discard(until = Number.POSITIVE_INFINITY): void {
    for (const sequence of this.#bySequence.keys()) if (sequence <= until) this.#bySequence.delete(sequence);
  }
}
