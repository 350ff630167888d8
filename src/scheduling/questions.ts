/** Milliseconds of a request for which other work lets it go first: one that takes longer shares the processor with it. */
const YOUNG_MS = 100;
/** Milliseconds after the last question for which more of them are expected. */
const ASKED_MS = 1_000;

/** A question that is being answered. */
interface Question {
  readonly begunAt: number;
}

/** The questions that a process answers: work that nobody waits for lets them go first. */
export class Questions {
  /** In the order in which they began. */
  readonly #answering = new Set<Question>();
  #lastAt = Number.NEGATIVE_INFINITY;
  #onNone: (() => void)[] = [];

  /** Notes that a question has arrived. Returns a function that notes its answer; later calls have no effect. */
  begin(): () => void {
    const question = { begunAt: performance.now() };
    this.#lastAt = question.begunAt;
    this.#discardOld();
    this.#answering.add(question);
    return () => {
      if (!this.#answering.delete(question) || this.isAnswering) return;
      for (const resolve of this.#onNone.splice(0)) resolve();
    };
  }

  /** Whether a question is being answered that has begun a moment ago. */
  get isAnswering(): boolean {
    this.#discardOld();
    return this.#answering.size > 0;
  }

  /** Whether somebody has asked in the last second. */
  get areAsked(): boolean {
    return performance.now() - this.#lastAt < ASKED_MS;
  }

  /** Resolves when no question is being answered that has begun a moment ago, or after some milliseconds. */
  answered(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isAnswering) return resolve();
      const timer = setTimeout(resolve, timeoutMs);
      this.#onNone.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Those that take long are no longer waited for; nor are those whose client has left. */
  #discardOld(): void {
    const since = performance.now() - YOUNG_MS;
    for (const question of this.#answering) {
      if (question.begunAt > since) return;
      this.#answering.delete(question);
    }
  }
}

/** The questions of this process, whose event loop all work shares. */
export const questions = new Questions();
