import { fileURLToPath } from 'node:url';
import { derivePending } from '../editing/derive.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { anyEntity, readMark, writeMark } from '../store/write.ts';
import { type ImportProgress, importFolder } from './import.ts';

/** What an empty store is filled with: nothing, the poles and clusters, or these and the ANR's twenty thousand organisations. */
export const SEEDS = ['none', 'curated', 'full'] as const;
export type Seed = (typeof SEEDS)[number];

/** The folders of seed/data, the small one that a first answer needs before the larger ones. */
const PARTS = {
  none: [],
  curated: ['curated', 'communes'],
  full: ['curated', 'communes', 'anr'],
} as const satisfies Record<Seed, string[]>;
export type SeedPart = (typeof PARTS)['full'][number];

const DATA = new URL('../../seed/data/', import.meta.url);
/** The mark that tells, in the graph itself, which parts of the first seed are in. */
const MARK = 'seed';

export interface SeedOptions {
  readonly onProgress?: (progress: ImportProgress & { readonly part: SeedPart }) => void;
  /** Hears of each part when it is in; at once of those that were. */
  readonly onPart?: (part: SeedPart) => void;
  readonly signal?: AbortSignal;
}

/** The parts that are in, as the mark says; null when this store was never seeded. */
async function partsIn(engine: GraphEngine, signal: AbortSignal | undefined): Promise<string[] | null> {
  const [mark] = await engine.read(readMark, { id: MARK }, { signal });
  return mark ? mark.value.split(' ') : null;
}

/**
 * Fills an empty store, and goes on where an interrupted filling stopped; a store that somebody else filled is left as
 * it is. Rows of the seed that are refused are a mistake of ours and throw.
 */
export async function seedWhenEmpty(engine: GraphEngine, seed: Seed, options: SeedOptions = {}): Promise<void> {
  const { onProgress, onPart, signal } = options;
  const marked = await partsIn(engine, signal);
  // An import that was stopped before its end may have left projects whose partnerships are not derived.
  await derivePending(engine);
  if (marked === null && (await engine.read(anyEntity, {}, { signal })).length > 0) {
    for (const part of PARTS.full) onPart?.(part);
    return;
  }
  const done = new Set(marked ?? []);
  if (marked === null && seed !== 'none') {
    await engine.write((transaction) => transaction.run(writeMark, { id: MARK, value: 'begun' }), { signal });
    done.add('begun');
  }
  for (const part of PARTS[seed]) {
    if (!done.has(part)) {
      const summary = await importFolder(engine, fileURLToPath(new URL(part, DATA)), {
        by: 'seed',
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress: (progress) => onProgress({ ...progress, part }) } : {}),
      });
      if (summary.rejected > 0) throw new Error(`${summary.rejected} rows of the seed ${part} were refused.`);
      done.add(part);
      const value = [...done].join(' ');
      await engine.write((transaction) => transaction.run(writeMark, { id: MARK, value }), { signal });
    }
    onPart?.(part);
  }
}
