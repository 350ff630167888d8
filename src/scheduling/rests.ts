import { Questions } from './questions.ts';

/** How long work rests while others ask, in times of what it has worked. */
const REST_FACTOR = 2;
/** Milliseconds of one rest at most: work that was slow once need not wait for long. */
const MAX_REST_MS = 1_000;
/** Milliseconds that questions which are being answered are waited for, after a rest. */
const PATIENCE_MS = 50;

/**
 * Rests between the pieces of long work that no slices divide, such as transactions of an import: none while nobody asks, and
 * otherwise twice as long as the piece took, so that most questions find the database and the processor free.
 */
export class Rests {
  readonly #questions: Questions;
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(questions: Questions, signal?: AbortSignal) {
    this.#questions = questions;
    this.#signal = signal;
  }

  /** Items of the next piece: of a long one `most`, and a tenth of them while others ask. */
  sizeOf(most: number): number {
    return this.#questions.areAsked ? Math.ceil(most / 10) : most;
  }

  /** To be called between two pieces. Rejects with the reason of the signal once that is aborted. */
  async take(): Promise<void> {
    const worked = performance.now() - this.#since;
    if (this.#questions.areAsked) {
      await this.#pause(Math.min(MAX_REST_MS, REST_FACTOR * worked));
      await this.#questions.answered(PATIENCE_MS);
    }
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }

  /** Waits, but not when the signal is aborted. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#signal?.addEventListener('abort', end, { once: true });
      if (this.#signal?.aborted) end();
    });
  }
}

/** For work in a process that answers no questions. */
export const NO_RESTS = new Rests(new Questions());
