/** Until when a piece of work is waited for. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** What it fails with when they are over. */
  readonly late: () => Error;
  /** Called when the work is left while it still runs. */
  readonly onAbandoned?: ((running: Promise<unknown>) => void) | undefined;
}

/** Waits for work until it ends, is aborted (it rejects with the signal's reason) or is late; the work itself goes on. */
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
    // Nobody waits for it any more, and a late failure must not bring the process down.
    running.catch(() => {});
  }
}
