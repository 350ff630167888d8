import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { openEngine } from '../graph/open.ts';
import { SCHEMA_RULES } from '../store/rules.ts';

/** Opens the configured graph with its constraints for one piece of work, and closes it in any case. */
export async function withEngine<Result>(
  { engine: settings }: Pick<Config, 'engine'>,
  work: (engine: GraphEngine) => Promise<Result>,
): Promise<Result> {
  const engine = await openEngine(settings);
  let result: Result;
  try {
    await engine.ping();
    await engine.ensureSchema(SCHEMA_RULES);
    result = await work(engine);
  } catch (error) {
    // An error of closing must not hide that of the work.
    await engine.close().catch(() => {});
    throw error;
  }
  await engine.close();
  return result;
}
