import { editsOfOthers } from '../changes/edits-of-others.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { LoadingMark } from '../store/loading.ts';
import { inspectFolder } from './folder.ts';
import { importFolder } from './import.ts';
import type { ImportProgress } from './import-options.ts';
import type { Load } from './load.ts';
import { SEED_AUTHOR } from './seed-author.ts';
import { mergeDoubles, type SeedMerge } from './seed-merges.ts';
import { importCostOf, Workload } from './workload.ts';

/** A folder of the seed, and the file that lists what could not be brought into the store. */
export interface SeedFolder {
  readonly folder: string;
  readonly rejectedFile: string | null;
}

/** Options of an update. */
export interface SeedUpdateOptions {
  /** Records of earlier seeds that stood twice, to be merged first: two records cannot have one identifier of a registry. */
  readonly merges?: readonly SeedMerge[];
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

/** What an update did. */
export interface SeedUpdate {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Records that stood twice and are one now, or identifiers of such records that are remembered. */
  readonly merged: number;
  /** Records of the seed that users have changed or deleted since: they stay as users left them. */
  readonly left: readonly string[];
}

/** The change log does not reach back to the seed: what users changed cannot be distinguished from what the seed wrote. */
export class UnknownEditsError extends Error {
  override readonly name = 'UnknownEditsError';
}

/**
 * Brings a store that was filled with an earlier seed to the one in some folders. Records that nobody but the seed has
 * changed become what the folders say, new ones are created. A record that a user changed, created or deleted stays as it
 * is, as a whole, and is listed. Records that stood twice are merged. What the folders no longer have stays too. Throws an UnknownEditsError, with nothing
 * written, if the change log was trimmed.
 */
export async function updateSeed(
  engine: GraphEngine,
  folders: readonly SeedFolder[],
  { merges = [], dryRun = false, signal, onProgress }: SeedUpdateOptions = {},
): Promise<SeedUpdate> {
  const edited = await editsOfOthers(engine, SEED_AUTHOR, signal);
  if (edited === null) {
    throw new UnknownEditsError(
      'Entries of the change log have been deleted (GRAPPE_KEEP_CHANGES_DAYS), so that nobody knows what users changed since the seed. Export what you need and fill an empty store.',
    );
  }
  const load: Load = { workload: new Workload(), mark: new LoadingMark('SEED') };
  for (const { folder, rejectedFile } of folders) {
    load.workload.expect(importCostOf((await inspectFolder(folder, rejectedFile)).files, { isDryRun: dryRun }));
  }
  const total = { created: 0, updated: 0, unchanged: 0, rejected: 0 };
  const isEdited = ({ merged, into }: SeedMerge): boolean => edited.has(merged) || edited.has(into);
  const left = new Set(merges.filter(isEdited).map(({ merged }) => merged));
  const doubles = await mergeDoubles(
    engine,
    merges.filter((each) => !isEdited(each)),
    { dryRun, signal },
  );
  for (const id of doubles.refused) left.add(id);
  try {
    for (const { folder, rejectedFile } of folders) {
      const summary = await importFolder(engine, folder, {
        ...{ by: SEED_AUTHOR, load, dryRun, signal, rejectedFile, onProgress },
        leaves: (ids) => {
          const known = ids.filter((id) => edited.has(id));
          for (const id of known) left.add(id);
          return known.length > 0;
        },
      });
      for (const count of ['created', 'updated', 'unchanged', 'rejected'] as const) total[count] += summary[count];
    }
  } finally {
    if (!dryRun) await load.mark.clear(engine);
  }
  load.workload.end();
  return { ...total, merged: doubles.merged, left: [...left].sort() };
}
