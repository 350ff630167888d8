/** How long to wait for a piece of work. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** The error after that time. */
  readonly late: () => Error;
  /** Called if the waiting ends while the work still runs. */
  readonly onAbandoned?: ((running: Promise<unknown>) => void) | undefined;
}

/**
 * Waits for work until it ends, is aborted (rejects with the reason of the signal) or is late. The work itself
 * continues.
 */
export async function inTime<Result>(running: Promise<Result>, patience: Patience): Promise<Result> {
  const { signal, timeoutMs, late, onAbandoned } = patience;
  const { promise: left, reject } = Promise.withResolvers<never>();
  const abandon = (reason: unknown): void => {
    onAbandoned?.(running);
    reject(reason);
  };
  const abort = (): void => abandon(signal?.reason);
  const timer = setTimeout(() => abandon(late()), timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    return await Promise.race([running, left]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // A later failure must not end the process.
    running.catch(() => {});
  }
}
