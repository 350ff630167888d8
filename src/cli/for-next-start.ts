import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { closeKeepingSnapshot, closeWithSnapshot } from '../snapshot/warm-start.ts';

interface ClosingOptions {
  readonly say: (line: string) => void;
  /** Aborted where the work was stopped, or is to end soon: the snapshot is left to the next start. */
  readonly signal: AbortSignal;
  /** Nothing was written: the store, and what is saved beside it, stay as they are. */
  readonly dryRun?: boolean;
}

/**
 * How a command that writes much closes an embedded store: with the snapshot that a server saves when it is stopped, so that the next
 * start need not read the whole graph.
 */
export function closedForNextStart(
  { snapshotBytes }: Pick<Config, 'snapshotBytes'>,
  { say, signal, dryRun = false }: ClosingOptions,
): (engine: GraphEngine) => Promise<void> {
  if (dryRun) return closeKeepingSnapshot;
  return async (engine) => {
    if (signal.aborted) return engine.close();
    const problem = await closeWithSnapshot(engine, { maxBytes: snapshotBytes, signal });
    if (problem === undefined || signal.aborted) return;
    say(`The next start reads the graph again: its snapshot could not be saved. (${(problem as Error).message})`);
  };
}
