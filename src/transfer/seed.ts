import { fileURLToPath } from 'node:url';
import { derivePending } from '../editing/derive.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { anyEntity, readMark, writeMark } from '../store/write.ts';
import { type ImportProgress, importFolder } from './import.ts';

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

const DATA = new URL('../../seed/data/', import.meta.url);
/** The mark in the graph that names the imported parts of the seed and, each after a +, the missing ones. */
const MARK = 'seed';
const BEGUN = 'begun';

export interface SeedOptions {
  readonly onProgress?: (progress: ImportProgress & { readonly part: SeedPart }) => void;
  /** Called with each part once it is imported; at the start with those that were imported before. */
  readonly onPart?: (part: SeedPart) => void;
  readonly signal?: AbortSignal;
}

/** The mark of a store for which some parts were requested, and some are done. */
function markOf(parts: readonly SeedPart[], done: ReadonlySet<string>): string {
  return [BEGUN, ...done, ...parts.filter((part) => !done.has(part)).map((part) => `+${part}`)].join(' ');
}

/** The imported parts that a mark names. */
function partsIn(mark: string): string[] {
  return mark.split(' ').filter((word) => word !== BEGUN && !word.startsWith('+'));
}

/**
 * Imports the seed into an empty store, and resumes where it was interrupted. A store with other data stays as it is.
 * Throws if a row of the seed is rejected.
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
  // The requested seed may differ from that of an earlier start.
  if (mark !== null || seed !== 'none') await write();
  for (const part of PARTS[seed]) {
    if (!done.has(part)) {
      const summary = await importFolder(engine, fileURLToPath(new URL(part, DATA)), {
        by: 'seed',
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress: (progress) => onProgress({ ...progress, part }) } : {}),
      });
      if (summary.rejected > 0) throw new Error(`${summary.rejected} rows of the seed ${part} were rejected.`);
      done.add(part);
      await write();
    }
    onPart?.(part);
  }
}
