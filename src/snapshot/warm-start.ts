import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphFiles } from '../graph/engine.ts';
import { Slices } from '../scheduling/slices.ts';
import type { CurrentSnapshot } from './current.ts';
import { readSnapshotFile, type SavedSnapshot, writeSnapshotFile } from './file.ts';

const pathIn = ({ folder }: GraphFiles): string => join(folder, 'graph.snapshot');

/**
 * Brings back the snapshot that was saved when the graph was closed. False where there is none of the graph as it was opened; a
 * file that does not fit is deleted.
 */
export async function restoreSnapshot(current: CurrentSnapshot, files: GraphFiles): Promise<boolean> {
  const { stateAtOpening, versionAtOpening } = files;
  const saved = stateAtOpening && (await readSnapshotFile(pathIn(files), stateAtOpening, Slices.inBackground()));
  if (saved && (await current.restore(saved, versionAtOpening))) return true;
  await rm(pathIn(files), { force: true });
  return false;
}

/** Saves a snapshot of the graph as it was when it was closed, for the next start. */
export async function saveSnapshot(saved: SavedSnapshot, files: GraphFiles): Promise<void> {
  const state = files.state();
  if (state !== null) await writeSnapshotFile(pathIn(files), state, saved);
}
