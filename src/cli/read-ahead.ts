import type { Logger } from 'pino';
import type { Graph } from '../../schema/graph.ts';

/** Loads the in-memory views of the graph: for a large one that takes seconds, which no request should wait for. */
export async function readAhead({ names, snapshot }: Graph, logger: Logger, signal: AbortSignal): Promise<void> {
  const parts = {
    names: () => names.prepare(),
    snapshot: async () => snapshot?.load(),
  };
  for (const [part, read] of Object.entries(parts)) {
    try {
      await read();
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error, part }, 'a part of the graph could not be loaded ahead of the first request');
    }
  }
}
