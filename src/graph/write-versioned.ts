import type { GraphEngine, RunOptions, WriteTransaction } from './engine.ts';

/**
 * Does work in one transaction, as the engine's `write` does. Resolves to what it gives, and to the version of the graph that its
 * commit made: null where the engine cannot tell.
 */
export async function writeVersioned<Result>(
  engine: GraphEngine,
  work: (transaction: WriteTransaction) => Promise<Result>,
  options: Omit<RunOptions, 'onVersion'>,
): Promise<{ readonly done: Result; readonly version: string | null }> {
  let version: string | null = null;
  const onVersion = (committed: string | null): void => {
    version = committed;
  };
  const done = await engine.write(work, { ...options, onVersion });
  return { done, version };
}
