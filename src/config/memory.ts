import type { Reader } from './reader.ts';

/** What is stored in memory, and how much of the past in the store. */
export interface MemorySettings {
  /** Limits of the result cache; 0 bytes: no cache. */
  readonly cache: { readonly bytes: number; readonly stalenessMs: number };
  /** Maximum of bytes of the snapshot in memory; 0: it is not loaded. */
  readonly snapshotBytes: number;
  /** Entries that the change log may have before the oldest are deleted; 0: any number. */
  readonly keepChanges: number;
  /** Days after which entries of the change log are deleted; 0: never. */
  readonly keepChangesDays: number;
}

/** A quarter of the memory that the process may still use, at most 4 GiB. */
function defaultSnapshotMb(): number {
  return Math.min(4_096, Math.floor(process.availableMemory() / 4 / 1_048_576));
}

/** Reads them. */
export function memorySettings(reader: Reader): MemorySettings {
  return {
    cache: Object.freeze({
      bytes: reader.integer('GRAPPE_CACHE_MB', 64, 0, 100_000) * 1_048_576,
      stalenessMs: reader.integer('GRAPPE_CACHE_STALENESS_MS', 0, 0, 3_600_000),
    }),
    snapshotBytes: reader.integer('GRAPPE_SNAPSHOT_MB', defaultSnapshotMb(), 0, 1_000_000) * 1_048_576,
    keepChanges: reader.integer('GRAPPE_KEEP_CHANGES', 1_000_000, 0, 1_000_000_000),
    keepChangesDays: reader.integer('GRAPPE_KEEP_CHANGES_DAYS', 0, 0, 36_500),
  };
}
