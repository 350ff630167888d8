import { readFileSync } from 'node:fs';
import { type MergeRow, restoreMerges } from '../editing/restore.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { CsvScanner } from './csv-scanner.ts';
import { SEED_AUTHOR } from './seed-author.ts';

const FILE = new URL('../../seed/data/merges.csv', import.meta.url);

/** A record of an earlier seed that stood twice: its identifier finds the one that it was joined with. */
export type SeedMerge = Pick<MergeRow, 'merged' | 'into' | 'name'>;

/** The records that stood twice in earlier seeds: the rows of a file `merged,into,name`. */
export function seedMerges(): SeedMerge[] {
  const scanner = new CsvScanner(',');
  const [, ...rows] = [...scanner.push(readFileSync(FILE, 'utf8')), ...scanner.end()];
  return rows.map((row) => {
    if (!('cells' in row)) throw new Error(`seed/data/merges.csv, line ${row.line}: ${row.problem}.`);
    const [merged, into, name] = row.cells as [string, string, string];
    return { merged, into, name };
  });
}

/** What merging did: records merged, or identifiers remembered; and those that could not be merged. */
interface Merged {
  readonly merged: number;
  readonly refused: readonly string[];
}

/**
 * Merges the records of earlier seeds that stood twice. Where the record is not there, which is so in a new store, its
 * identifier is remembered, so that it finds the other. What is merged already stays.
 */
export async function mergeDoubles(
  engine: GraphEngine,
  merges: readonly SeedMerge[],
  { dryRun = false, signal }: { readonly dryRun?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Merged> {
  if (merges.length === 0) return { merged: 0, refused: [] };
  const rows = merges.map((row, index) => ({ line: index + 2, row }));
  const options = {
    ...{ by: SEED_AUTHOR, action: 'merge doubles of the seed', isDryRun: dryRun },
    // An earlier seed gave them those of two records of a registry; the rows of this one tell the right one.
    identifiers: 'those of the survivor stay',
  } as const;
  const { created, problems } = await restoreMerges(engine, rows, options, signal);
  return { merged: created, refused: problems.map(({ line }) => merges[line - 2]!.merged) };
}
