import type { Config } from '../config.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { openEngine } from '../graph/open.ts';
import { SCHEMA_RULES } from '../store/rules.ts';

/** Opens the configured graph for one piece of work, with its schema rules made, and closes it whatever comes. */
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
    // Whatever comes of closing it must not hide why the work failed.
    await engine.close().catch(() => {});
    throw error;
  }
  await engine.close();
  return result;
}
