import type { WorkEnd, WorkFollower } from '../../scheduling/requester.ts';

/** Statements of one name that a request has sent. */
export interface StatementsOfName {
  readonly name: string;
  count: number;
  /** Milliseconds of all of them together, including what ran at the same time. */
  ms: number;
}

/** Adds up the statements of one request by name, for the log of slow questions. */
export class StatementTimes implements WorkFollower {
  readonly #byName = new Map<string, StatementsOfName>();

  statementBegun(name: string): WorkEnd {
    const startedAt = performance.now();
    return () => {
      const of = this.#byName.get(name) ?? { name, count: 0, ms: 0 };
      of.count++;
      of.ms += performance.now() - startedAt;
      this.#byName.set(name, of);
    };
  }

  batchBegun(): ReturnType<WorkFollower['batchBegun']> {
    return { run: (work) => work(), end: () => {} };
  }

  /** The names with the most time, at most so many. */
  longest(most: number): readonly StatementsOfName[] {
    const all = [...this.#byName.values()].sort((a, b) => b.ms - a.ms);
    return all.slice(0, most).map(({ name, count, ms }) => ({ name, count, ms: Math.round(ms * 10) / 10 }));
  }
}
