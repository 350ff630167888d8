import type { Key } from '../domain/key.ts';
import type { Progress } from '../measures/progress.ts';

/** The computations under way in this process, by what they are computed of. */
export class Computations {
  readonly #underWay = new Map<Key, Set<Progress>>();

  /** Runs a computation, which is listed until it ends. */
  async run<Value>(of: Key, progress: Progress, work: () => Promise<Value>): Promise<Value> {
    const all = this.#underWay.get(of) ?? new Set();
    this.#underWay.set(of, all.add(progress));
    try {
      return await work();
    } finally {
      all.delete(progress);
      if (all.size === 0 && this.#underWay.get(of) === all) this.#underWay.delete(of);
    }
  }

  /** Those of one selection, the first that began first. */
  of(key: Key): readonly Progress[] {
    return [...(this.#underWay.get(key) ?? [])];
  }
}
