import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphEngine, GraphFiles } from '../graph/engine.ts';
import { Slices } from '../scheduling/slices.ts';
import { CurrentSnapshot } from './current.ts';
import {
  isSnapshotFileOf,
  readSnapshotFile,
  restateSnapshotFile,
  type SavedSnapshot,
  writeSnapshotFile,
} from './file.ts';

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

/** Whether nothing has been written since a graph was opened. */
const isUnchanged = async (engine: GraphEngine, { versionAtOpening }: GraphFiles): Promise<boolean> =>
  (await engine.version()) === versionAtOpening;

/** Closes a graph. If it was only read, what was saved beside it is that of the closed graph again: closing has written its files again. */
export async function closeKeepingSnapshot(engine: GraphEngine): Promise<void> {
  const { files } = engine;
  const before = files && (await isUnchanged(engine, files)) ? files.stateAtOpening : null;
  await engine.close();
  const state = files?.state() ?? null;
  if (!files || before === null || state === null) return;
  // One that cannot be written stays of another state: the work is done all the same, and the next start deletes the file.
  await restateSnapshotFile(pathIn(files), before, state).catch(() => {});
}

/** Whether the snapshot of the graph as it is now was saved before it was opened. */
async function isSaved(engine: GraphEngine, files: GraphFiles): Promise<boolean> {
  const { stateAtOpening } = files;
  if (stateAtOpening === null || !(await isUnchanged(engine, files))) return false;
  return isSnapshotFileOf(pathIn(files), stateAtOpening);
}

/** What closing a graph with its snapshot takes. */
interface ClosingOptions {
  /** Bytes that the snapshot may take; a larger one is not saved. */
  readonly maxBytes: number;
  /** Stops the reading of the graph: then it is closed without a snapshot. */
  readonly signal: AbortSignal;
}

/**
 * Closes a graph, and saves its snapshot where the graph has files, so that the next start is like one after a clean stop. Returns
 * the error of a snapshot that could not be read or saved: the graph is closed all the same, and the next start reads it again.
 */
export async function closeWithSnapshot(engine: GraphEngine, options: ClosingOptions): Promise<unknown> {
  const { files } = engine;
  if (!files || options.maxBytes === 0) {
    await engine.close();
    return undefined;
  }
  let saved: SavedSnapshot | null = null;
  let problem: unknown;
  try {
    if (!(await isSaved(engine, files))) saved = await snapshotOf(engine, files, options);
  } catch (error) {
    problem = error;
  }
  await closeKeepingSnapshot(engine);
  try {
    if (saved) await saveSnapshot(saved, files);
  } catch (error) {
    problem = error;
  }
  return problem;
}

/** The snapshot of a graph as it is now: the one saved before with what has changed since, or one that is read. */
async function snapshotOf(
  engine: GraphEngine,
  files: GraphFiles,
  { maxBytes, signal }: ClosingOptions,
): Promise<SavedSnapshot | null> {
  const current = new CurrentSnapshot(engine, { maxBytes });
  if (!(await restoreSnapshot(current, files))) await current.load({ signal });
  return current.saved(await engine.version());
}
