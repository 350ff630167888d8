import type { Logger } from 'pino';
import type { Graph } from '../../schema/graph.ts';
import type { GraphFiles } from '../graph/engine.ts';
import { compiler } from '../server/documents/compiled-queries.ts';
import { restoreSnapshot } from '../snapshot/warm-start.ts';

/** What a start reads ahead with. */
interface ReadAheadOptions {
  /** The files of the graph, beside which a snapshot may be saved. */
  readonly files?: GraphFiles | undefined;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Loads what a start does without and the first requests should not wait for: the compiler of queries, and the in-memory views
 * of the graph, which for a large one take seconds.
 */
export async function readAhead(
  { names, snapshot }: Graph,
  { files, logger, signal }: ReadAheadOptions,
): Promise<void> {
  let isRestored = false;
  const parts = {
    'saved snapshot': async () => {
      isRestored = snapshot !== null && files !== undefined && (await restoreSnapshot(snapshot, files));
    },
    compiler: async () => compiler(),
    names: () => names.prepare(),
    snapshot: async () => isRestored || snapshot?.load(),
  };
  const sayWhereTooLarge = (): void => {
    if (snapshot?.state !== 'too large') return;
    const megabytes = Math.round(snapshot.maxBytes / 1_048_576);
    logger.warn(
      { megabytes },
      'the graph does not fit into GRAPPE_SNAPSHOT_MB: the database answers what would be read from memory, and subgraphs and measures are off',
    );
  };
  for (const [part, read] of Object.entries(parts)) {
    try {
      await read();
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: error, part }, 'a part could not be loaded ahead of the first request');
    }
  }
  sayWhereTooLarge();
}
