import type { Dictionary } from '../snapshot/columns.ts';

/** A source, and how many nodes and relationships of a selected graph name it. */
export interface SourceCount {
  readonly id: string;
  readonly facts: number;
}

/** Counts the facts of each source, by the code of the sources that a fact names together. */
export class CountedSources {
  readonly #dictionary: Dictionary;
  readonly #facts = new Map<number, number>();

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  /** Counts a fact; with code 0 it names no source. */
  add(code: number): void {
    if (code !== 0) this.#facts.set(code, (this.#facts.get(code) ?? 0) + 1);
  }

  /** The sources that most facts name first, then by identifier. */
  get counts(): SourceCount[] {
    const counts = new Map<string, number>();
    for (const [code, facts] of this.#facts) {
      for (const id of this.#dictionary.text(code)!.split(' ')) counts.set(id, (counts.get(id) ?? 0) + facts);
    }
    return [...counts]
      .map(([id, facts]) => ({ id, facts }))
      .sort((a, b) => b.facts - a.facts || (a.id < b.id ? -1 : 1));
  }
}
