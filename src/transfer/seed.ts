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
/** The mark that tells, in the graph itself, which parts of the first seed are in, and after a + which are still to come. */
const MARK = 'seed';
const BEGUN = 'begun';

export interface SeedOptions {
  readonly onProgress?: (progress: ImportProgress & { readonly part: SeedPart }) => void;
  /** Hears of each part when it is in; at once of those that were. */
  readonly onPart?: (part: SeedPart) => void;
  readonly signal?: AbortSignal;
}

/** The mark of a store that is to hold some parts and has the first of them. */
function markOf(parts: readonly SeedPart[], done: ReadonlySet<string>): string {
  return [BEGUN, ...done, ...parts.filter((part) => !done.has(part)).map((part) => `+${part}`)].join(' ');
}

/** The parts that are in, as a mark says. */
function partsIn(mark: string): string[] {
  return mark.split(' ').filter((word) => word !== BEGUN && !word.startsWith('+'));
}

/**
 * Fills an empty store, and goes on where an interrupted filling stopped; a store that somebody else filled is left as
 * it is. Rows of the seed that are refused are a mistake of ours and throw.
 */
export async function seedWhenEmpty(engine: GraphEngine, seed: Seed, options: SeedOptions = {}): Promise<void> {
  const { onProgress, onPart, signal } = options;
  const mark = (await engine.read(readMark, { id: MARK }, { signal }))[0]?.value ?? null;
  // An import that was stopped before its end may have left projects whose partnerships are not derived.
  await derivePending(engine);
  if (mark === null && (await engine.read(anyEntity, {}, { signal })).length > 0) {
    for (const part of PARTS.full) onPart?.(part);
    return;
  }
  const done = new Set(mark === null ? [] : partsIn(mark));
  const write = async (): Promise<void> => {
    const value = markOf(PARTS[seed], done);
    if (value === mark) return;
    await engine.write((transaction) => transaction.run(writeMark, { id: MARK, value }), { signal });
  };
  // Another seed may be wanted than when this store was begun.
  if (mark !== null || seed !== 'none') await write();
  for (const part of PARTS[seed]) {
    if (!done.has(part)) {
      const summary = await importFolder(engine, fileURLToPath(new URL(part, DATA)), {
        by: 'seed',
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress: (progress) => onProgress({ ...progress, part }) } : {}),
      });
      if (summary.rejected > 0) throw new Error(`${summary.rejected} rows of the seed ${part} were refused.`);
      done.add(part);
      await write();
    }
    onPart?.(part);
  }
}
