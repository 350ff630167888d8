import { indexEntries } from '../changes/index-log.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { longRead } from '../graph/long-read.ts';
import { actorsAfter, miscountedActors } from '../store/check.ts';
import { recount } from '../store/counts.ts';
import { logChange } from './change.ts';
import { type DeriveProgress, rebuildPartnerships } from './derive.ts';

/** What a rebuild did: projects derived, and actors whose counts were corrected. */
export interface Rebuilt {
  readonly projects: number;
  readonly corrected: number;
}

/**
 * Derives everything again: PROJECT partnerships from participations, and the counts of each actor. Writes only
 * differences.
 */
export async function rebuildDerived(engine: GraphEngine, onProgress?: DeriveProgress): Promise<Rebuilt> {
  const projects = await rebuildPartnerships(engine, onProgress);
  let corrected = 0;
  for await (const actors of longRead(engine, actorsAfter, ({ id }) => id, '')) {
    const ids = (await engine.read(miscountedActors, { ids: actors.map(({ id }) => id) })).map(({ id }) => id).sort();
    if (ids.length === 0) continue;
    await engine.write(async (transaction) => {
      await transaction.run(recount, { ids });
      await logChange(transaction, { by: null, action: 'rebuild counts' }, ids, new Date().toISOString());
    });
    corrected += ids.length;
  }
  await indexEntries(engine);
  return { projects, corrected };
}
