import { setTimeout as pause } from 'node:timers/promises';

/** Maximum of tries of one piece of work. */
const MAX_TRIES = 30;
/** Milliseconds: the first wait; each later one is up to twice as long, at most MAX_WAIT_MS. */
const FIRST_WAIT_MS = 4;
const MAX_WAIT_MS = 300;

/**
 * Runs work until it resolves, fails with another error, or `budgetMs` have passed. Waits between tries grow and vary,
 * so that colliding writers do not collide again.
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  isRetryable: (error: unknown) => boolean,
  budgetMs: number,
  signal?: AbortSignal,
): Promise<Result> {
  const deadline = performance.now() + budgetMs;
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === MAX_TRIES || !isRetryable(error) || performance.now() >= deadline) throw error;
      const ceiling = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
      await pause(ceiling * (0.5 + Math.random() / 2), undefined, signal ? { signal } : {});
    }
  }
}
