import { fileURLToPath } from 'node:url';
import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { writeBookkeeping } from '../store/bookkeeping.ts';
import { LoadingMark } from '../store/loading.ts';
import { anyEntity, readMark, writeMark } from '../store/marks.ts';
import type { ImportProgress } from './import-options.ts';
import type { Load } from './load.ts';
import { SEED_AUTHOR } from './seed-author.ts';
import type { SeedUpdate, SeedUpdateOptions } from './seed-update.ts';
import { importCostOf, Workload } from './workload.ts';

/**
 * The contents of a new store: nothing, the poles and clusters, or these and the organisations of the ANR's projects.
 */
export const SEEDS = ['none', 'curated', 'full'] as const;
export type Seed = (typeof SEEDS)[number];

/** The folders of seed/data, the small one with the poles and clusters first. */
const PARTS = {
  none: [],
  curated: ['curated', 'communes'],
  full: ['curated', 'communes', 'anr', 'dgpie'],
} as const satisfies Record<Seed, string[]>;
export type SeedPart = (typeof PARTS)['full'][number];
/** With it all organisations are there that records of earlier seeds were joined with. */
const LAST_PART: SeedPart = 'dgpie';

const DATA = new URL('../../seed/data/', import.meta.url);
/** The mark in the graph that names the imported parts of the seed and, each after a +, the missing ones. */
const MARK = 'seed';
const BEGUN = 'begun';

export interface SeedOptions {
  /** Called with the progress of all parts that are to be imported, together. */
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Called with each part once it is imported; at the start with those that were imported before. */
  readonly onPart?: ((part: SeedPart) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The mark of a store for which some parts were requested, and some are done. */
function markOf(parts: readonly SeedPart[], done: ReadonlySet<string>): string {
  return [BEGUN, ...done, ...parts.filter((part) => !done.has(part)).map((part) => `+${part}`)].join(' ');
}

/** The imported parts that a mark names. */
function partsIn(mark: string): string[] {
  return mark.split(' ').filter((word) => word !== BEGUN && !word.startsWith('+'));
}

/** The folder of a part. */
const folderOf = (part: SeedPart): string => fileURLToPath(new URL(part, DATA));

/** Imports parts one after the other; `onImported` is called with each. Throws if a row is rejected. */
async function importParts(
  engine: GraphEngine,
  parts: readonly SeedPart[],
  load: Load,
  {
    onProgress,
    signal,
    onImported,
  }: Pick<SeedOptions, 'onProgress' | 'signal'> & { onImported: (part: SeedPart) => Promise<void> },
): Promise<void> {
  const { workload } = load;
  // A start that has nothing to import is spared the loading of all that imports.
  const [{ inspectFolder }, { importFolder }] = await Promise.all([import('./folder.ts'), import('./import.ts')]);
  for (const part of parts) workload.expect(importCostOf((await inspectFolder(folderOf(part), null)).files));
  for (const part of parts) {
    const summary = await importFolder(engine, folderOf(part), {
      by: SEED_AUTHOR,
      load,
      signal,
      onProgress: (progress) => onProgress?.({ ...progress, file: `${part}: ${progress.file}` }),
    });
    if (summary.rejected > 0) throw new Error(`${summary.rejected} rows of the seed ${part} were rejected.`);
    if (part === LAST_PART) {
      const { mergeDoubles, seedMerges } = await import('./seed-merges.ts');
      await mergeDoubles(engine, seedMerges(), { signal });
    }
    await onImported(part);
  }
  workload.end();
  onProgress?.({ file: parts.at(-1)!, ...workload.state });
}

/**
 * Imports the seed into an empty store, and resumes where it was interrupted. A store with other data stays as it is.
 * Throws if a row of the seed is rejected.
 */
export async function seedWhenEmpty(engine: GraphEngine, seed: Seed, options: SeedOptions = {}): Promise<void> {
  const { onPart, signal } = options;
  const mark = (await engine.read(readMark, { id: MARK }, { signal }))[0]?.value ?? null;
  const isFilled = mark === null && (await engine.read(anyEntity, {}, { signal })).length > 0;
  const done = new Set<string>(isFilled ? PARTS.full : mark === null ? [] : partsIn(mark));
  const parts = PARTS[seed];
  for (const part of isFilled ? PARTS.full : parts) if (done.has(part)) onPart?.(part);
  const missing = isFilled ? [] : parts.filter((part) => !done.has(part));
  const load: Load = { workload: new Workload(), mark: new LoadingMark('SEED') };
  const write = async (isLoading: boolean): Promise<void> => {
    const value = markOf(parts, done);
    if (value === mark && !isLoading) return;
    await writeBookkeeping(
      engine,
      async (transaction) => {
        await transaction.run(writeMark, { id: MARK, value });
        const run: GraphTransaction['run'] = (...call) => transaction.run(...call);
        if (isLoading) await load.mark.renew(run, { step: 'seed', ...load.workload.state });
      },
      { signal },
    );
  };
  try {
    // The requested seed may differ from that of an earlier start.
    if (!isFilled && (mark !== null || seed !== 'none')) await write(missing.length > 0);
    if (missing.length > 0) {
      const onImported = async (part: SeedPart): Promise<void> => {
        done.add(part);
        await write(missing.some((other) => !done.has(other)));
        onPart?.(part);
      };
      await importParts(engine, missing, load, { ...options, onImported });
    } else {
      // An interrupted import may have left projects whose partnerships are not derived.
      await (await import('../editing/derive.ts')).derivePending(engine, { signal });
    }
  } finally {
    await load.mark.clear(engine);
  }
}

/** Why a store cannot be brought to the seed; the message names the remedy. */
export class NotSeededError extends Error {
  override readonly name = 'NotSeededError';
}

/**
 * Brings a store that was filled with an earlier seed to this one: the parts that it has, and those that are requested.
 * What users changed stays; see `updateSeed`. Rows that cannot be imported are listed in `rejected-<part>.csv`. Throws a
 * NotSeededError for a store that does not hold the seed, or whose first seed is not complete.
 */
export async function updateSeededStore(
  engine: GraphEngine,
  seed: Seed,
  options: SeedUpdateOptions = {},
): Promise<SeedUpdate> {
  const mark = (await engine.read(readMark, { id: MARK }, { signal: options.signal }))[0]?.value ?? null;
  if (mark === null)
    throw new NotSeededError('This store does not hold the seed: import its files into it, or fill an empty one.');
  if (mark.includes('+'))
    throw new NotSeededError('The first seed of this store is not complete: run grappe seed, then update it.');
  const has = new Set<string>([...partsIn(mark), ...PARTS[seed]]);
  const parts = PARTS.full.filter((part) => has.has(part));
  const { updateSeed } = await import('./seed-update.ts');
  const folders = parts.map((part) => ({ folder: folderOf(part), rejectedFile: `rejected-${part}.csv` }));
  const { seedMerges } = await import('./seed-merges.ts');
  const merges = parts.includes(LAST_PART) ? seedMerges() : [];
  const update = await updateSeed(engine, folders, { ...options, merges });
  const value = markOf(parts, new Set(parts));
  if (!options.dryRun && value !== mark) {
    await writeBookkeeping(engine, (transaction) => transaction.run(writeMark, { id: MARK, value }));
  }
  return update;
}
