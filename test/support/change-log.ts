import { entriesBetween, newestSequence } from '../../src/changes/log.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import type { Ask } from '../../src/store/ask.ts';
import type { ChangeEntry } from '../../src/store/changelog.ts';

/** All entries of the change log, in order. */
export async function wholeLog(engine: GraphEngine): Promise<ChangeEntry[]> {
  const ask: Ask = (statement, parameters) => engine.read(statement, parameters);
  return entriesBetween(ask, 0, await newestSequence(ask));
}
