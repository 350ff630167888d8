import type { Key } from '../domain/key.ts';
import type { Hold } from '../measures/cache.ts';
import type { Progress } from '../measures/progress.ts';

/** A computation under way. */
export interface Computation {
  readonly progress: Progress;
  /** Waits for it as a request does: it goes on until the last has left. */
  readonly hold: Hold;
}

/** The computations under way in this process, by what they are computed of. */
export class Computations {
  readonly #underWay = new Map<Key, Set<Computation>>();

  /** Runs a computation, which is listed until it ends. */
  async run<Value>(of: Key, computation: Computation, work: () => Promise<Value>): Promise<Value> {
    const all = this.#underWay.get(of) ?? new Set();
    this.#underWay.set(of, all.add(computation));
    try {
      return await work();
    } finally {
      all.delete(computation);
      if (all.size === 0 && this.#underWay.get(of) === all) this.#underWay.delete(of);
    }
  }

  /** Those of one selection, the first that began first. */
  of(key: Key): readonly Computation[] {
    return [...(this.#underWay.get(key) ?? [])];
  }
}
