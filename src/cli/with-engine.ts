import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { openEngine } from '../graph/open.ts';
import { prepareStore } from '../transfer/store-format.ts';

/**
 * Opens the configured graph for one piece of work, and closes it in any case. It is prepared for this version first, unless
 * the work does that itself.
 */
export async function withEngine<Result>(
  { engine: settings }: Pick<Config, 'engine'>,
  work: (engine: GraphEngine) => Promise<Result>,
  { prepare = prepareStore }: { readonly prepare?: (engine: GraphEngine) => Promise<void> } = {},
): Promise<Result> {
  const engine = await openEngine(settings);
  let result: Result;
  try {
    await engine.ping();
    await prepare(engine);
    result = await work(engine);
  } catch (error) {
    // An error of closing must not hide that of the work.
    await engine.close().catch(() => {});
    throw error;
  }
  await engine.close();
  return result;
}
