import type { CommittedAddition } from '../changes/addition.ts';
import type { Rests } from '../scheduling/rests.ts';
import type { Load } from './load.ts';

/** The progress of an import. */
export interface ImportProgress {
  /** The file being read, or the step after the last file. */
  readonly file: string;
  readonly rows: number;
  /** Estimated share of the work that is done. It never decreases, and is 1 only at the end. */
  readonly share: number;
  readonly rejected: number;
}

export interface ImportOptions {
  /** Check everything, write nothing. */
  readonly dryRun?: boolean;
  /** Path of the file that lists the rejected rows; null: none. */
  readonly rejectedFile?: string | null;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Called with all that a batch of rows did, if it only added records: what is in memory of the graph need not be read again. */
  readonly onAddition?: ((addition: CommittedAddition) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Those between two transactions, which are smaller while others ask. Default: none. */
  readonly rests?: Rests;
  /** The author, for the change log. */
  readonly by?: string | null;
  /** Whether a row about these records is left out: it is neither imported nor rejected. */
  readonly leaves?: (ids: readonly string[]) => boolean;
  /** Pairs of partners derived in one transaction. Default: 10,000. */
  readonly pairsAtOnce?: number;
  /** The load that it is a part of, which expects its work already; its own when left out. */
  readonly load?: Load;
}

/** The result of an import, in records: nodes and relationships together. */
export interface ImportSummary {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly rows: number;
  readonly rejected: number;
  readonly files: readonly string[];
  /** Remarks about the folder: files and columns that were not read, separators other than commas. */
  readonly notes: readonly string[];
}
