import type { Logger } from 'pino';
import type { Graph } from '../../schema/graph.ts';
import { compiler } from '../server/documents/compiled-queries.ts';

/**
 * Loads what a start does without and the first requests should not wait for: the compiler of queries, and the in-memory views
 * of the graph, which for a large one take seconds.
 */
export async function readAhead({ names, snapshot }: Graph, logger: Logger, signal: AbortSignal): Promise<void> {
  const parts = {
    compiler: async () => compiler(),
    names: () => names.prepare(),
    snapshot: async () => snapshot?.load(),
  };
  for (const [part, read] of Object.entries(parts)) {
    try {
      await read();
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error, part }, 'a part could not be loaded ahead of the first request');
    }
  }
}
