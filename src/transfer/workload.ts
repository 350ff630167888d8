import type { FoundFile } from './folder.ts';

/**
 * Milliseconds for a kilobyte of each file on the embedded engine, measured with the seed. Neo4j needs more for all
 * files, and relatively more for territories.
 */
const MS_PER_KB: Readonly<Record<string, number>> = {
  'territories.csv': 1.9,
  'territory_parts.csv': 2.7,
  'projects.csv': 1.8,
  'participations.csv': 2.1,
};
const USUAL_MS_PER_KB = 1;
/** Milliseconds for deriving partnerships, for each kilobyte of participations. */
const DERIVING_MS_PER_KB = 3.8;
/** Share of the derivation that is reading projects, before the first pair is written. */
export const READING_SHARE = 0.3;
/** Maximum share of a load before its end: estimates cannot decide that it is over. */
const ALMOST = 0.999;

const kilobytes = (bytes: number): number => bytes / 1_000;

/** Estimated milliseconds for reading some bytes of a file. */
export function costOfReading(file: string, bytes: number): number {
  return kilobytes(bytes) * (MS_PER_KB[file] ?? USUAL_MS_PER_KB);
}

/** Estimated milliseconds for deriving the partnerships of the participations in some files. */
export function costOfDeriving(files: readonly FoundFile[]): number {
  const bytes = files.find(({ format }) => format.file === 'participations.csv')?.bytes ?? 0;
  return kilobytes(bytes) * DERIVING_MS_PER_KB;
}

/** Estimated milliseconds for importing some files. A dry run derives nothing. */
export function importCostOf(files: readonly FoundFile[], { isDryRun = false } = {}): number {
  const reading = files.reduce((sum, { format, bytes }) => sum + costOfReading(format.file, bytes), 0);
  return isDryRun ? reading : reading + costOfDeriving(files);
}

/** The progress of a load of one or several folders. */
export class Workload {
  #expected = 0;
  #done = 0;
  #isOver = false;
  rows = 0;
  rejected = 0;

  /** Adds work to do, before any is done. */
  expect(cost: number): void {
    this.#expected += cost;
  }

  /** Adds work that is done. */
  advance(cost: number): void {
    this.#done += Math.max(0, cost);
  }

  /** Ends the load. */
  end(): void {
    this.#isOver = true;
  }

  /** Rows read and rejected, and the share that is done, from 0 to 1; 1 only at the end. */
  get state(): { readonly rows: number; readonly rejected: number; readonly share: number } {
    const done = this.#expected === 0 ? 0 : Math.min(ALMOST, this.#done / this.#expected);
    return { rows: this.rows, rejected: this.rejected, share: this.#isOver ? 1 : done };
  }
}
