import type { FoundFile } from './folder.ts';

/**
 * Milliseconds that a kilobyte of a file takes on the embedded engine, measured with the seed. On Neo4j all takes longer,
 * and places relatively more.
 */
const MS_PER_KB: Readonly<Record<string, number>> = {
  'territories.csv': 1.9,
  'territory_parts.csv': 2.7,
  'projects.csv': 1.8,
  'participations.csv': 2.1,
};
const USUAL_MS_PER_KB = 1;
/** Milliseconds that deriving the partnerships takes for each kilobyte of participations. */
const DERIVING_MS_PER_KB = 3.8;
/** How much of deriving is the reading of the projects, before the first pair is written. */
export const READING_SHARE = 0.3;
/** What a load has done at the most while it is not over: rules of thumb do not say that it is. */
const ALMOST = 0.999;

const kilobytes = (bytes: number): number => bytes / 1_000;

/** What reading some bytes of a file costs, in milliseconds of a usual machine. */
export function costOfReading(file: string, bytes: number): number {
  return kilobytes(bytes) * (MS_PER_KB[file] ?? USUAL_MS_PER_KB);
}

/** What deriving the partnerships of the participations in some files costs. */
export function costOfDeriving(files: readonly FoundFile[]): number {
  const bytes = files.find(({ format }) => format.file === 'participations.csv')?.bytes ?? 0;
  return kilobytes(bytes) * DERIVING_MS_PER_KB;
}

/** What importing some files costs as a whole; a dry run derives nothing. */
export function costOf(files: readonly FoundFile[], { isDryRun = false } = {}): number {
  const reading = files.reduce((sum, { format, bytes }) => sum + costOfReading(format.file, bytes), 0);
  return isDryRun ? reading : reading + costOfDeriving(files);
}

/** How much of a load is done, of one folder or of several. */
export class Workload {
  #expected = 0;
  #done = 0;
  #isOver = false;
  rows = 0;
  rejected = 0;

  /** Adds work that is to be done, before any is. */
  expect(cost: number): void {
    this.#expected += cost;
  }

  /** Adds work that is done. */
  advance(cost: number): void {
    this.#done += Math.max(0, cost);
  }

  /** Says that the load is over. */
  end(): void {
    this.#isOver = true;
  }

  /** Rows that were read and rejected, and the share that is done, from 0 to 1: 1 only when the load is over. */
  get state(): { readonly rows: number; readonly rejected: number; readonly share: number } {
    const done = this.#expected === 0 ? 0 : Math.min(ALMOST, this.#done / this.#expected);
    return { rows: this.rows, rejected: this.rejected, share: this.#isOver ? 1 : done };
  }
}
