import type { GrafeoDB } from '@grafeo-db/js';
import { diskFullProblem, fileProblem, isDiskFull, isFileFailure } from '../../domain/file-problem.ts';
import type { GraphEngine, Salvaged } from '../engine.ts';
import { GraphError } from '../errors.ts';
import { CommitRecord } from './commit-record.ts';
import { GrafeoEngine } from './engine.ts';
import { graphError, saysFull } from './errors.ts';
import { StoreFiles, statOf } from './store-files.ts';

/** The location of the embedded store. */
export interface GrafeoSettings {
  /** A folder, created if missing. The store is one file in it, with a log of writes beside it. */
  readonly folder: string;
  /** Open a store whose log of writes is damaged or cut with what remains, instead of failing. */
  readonly salvage?: boolean;
}

type Grafeo = typeof import('@grafeo-db/js');

/** At this size the log of writes is merged into the file, so that it does not grow for ever. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_INTERVAL_MS = 5 * 60_000;

const ELSEWHERE = 'give the store another folder with GRAPPE_DATA';
const RESTORE = `put the folder back from a copy, or ${ELSEWHERE} and import an export into it`;
const SALVAGE = '"grappe salvage" goes on with what is left';

function unusable(message: string, cause?: unknown): GraphError {
  return new GraphError('UNUSABLE', message, { cause });
}

/** The error of a store that ends before an acknowledged commit. */
function lacking({ folder, record }: StoreFiles, found: number, last: number): GraphError {
  const acknowledged = `commit ${last} was acknowledged (${statOf(record)?.mtime.toISOString() ?? 'unknown when'})`;
  return unusable(
    `The store in ${folder} lacks changes that were acknowledged: it ends at commit ${found}, and ${acknowledged}. Its files were cut, taken away or replaced by older ones. Nothing was changed: ${RESTORE}; ${SALVAGE}.`,
  );
}

/** The error at opening with its remedy. */
function openingError(error: unknown, { folder, graph, log }: StoreFiles): unknown {
  if (isFileFailure(error)) {
    const code = isDiskFull(error) ? 'STORAGE_FULL' : 'UNUSABLE';
    return new GraphError(code, fileProblem(error, ELSEWHERE), { cause: error });
  }
  const failure = graphError(error);
  if (failure === error || !(failure instanceof GraphError)) return error;
  const { message } = error as Error;
  if (failure.code === 'LOCKED') {
    const remedy = 'stop it, or give this one a folder of its own with GRAPPE_DATA';
    return new GraphError('LOCKED', `Another process holds ${graph}: ${remedy}.`, { cause: error });
  }
  if (saysFull(message)) {
    return new GraphError('STORAGE_FULL', diskFullProblem(folder, ELSEWHERE), { cause: error });
  }
  const words = message.replace(/^Database error: /, '');
  const isOfLog = message.includes('GRAFEO-S002') && message.includes(log);
  return isOfLog
    ? unusable(`The log of writes of the store in ${folder} is damaged: ${RESTORE}; ${SALVAGE}. (${words})`, error)
    : unusable(`The store in ${folder} is damaged, or none of Grappe's: ${RESTORE}. (${words})`, error);
}

/** The last acknowledged commit, which the store must have; 0 for a new one. */
function lastRecorded({ record }: StoreFiles): number {
  const last = CommitRecord.lastIn(record);
  if (last !== null) return last;
  throw unusable(`${record} is damaged, and with it the proof that nothing was lost: ${RESTORE}; ${SALVAGE}.`);
}

/**
 * Rejects a store that lacks acknowledged commits before it is opened for writing, which would cut its log for good.
 * Only a log can be too short: a properly closed store has none, and is checked once it is open.
 */
function checkBefore(grafeo: Grafeo, files: StoreFiles, last: number): void {
  if (statOf(files.graph) === null) throw lacking(files, 0, last);
  if (files.logFiles().length === 0) return;
  const database = grafeo.GrafeoDB.openReadOnly(files.graph);
  const found = Number(database.currentEpoch());
  database.close();
  if (found < last) throw lacking(files, found, last);
}

function openChecked(grafeo: Grafeo, files: StoreFiles, salvage: boolean): GrafeoEngine {
  files.prepare();
  const last = salvage ? 0 : lastRecorded(files);
  const stateAtOpening = salvage ? null : files.state();
  if (last > 0) checkBefore(grafeo, files, last);
  let database: GrafeoDB | undefined;
  try {
    database = grafeo.GrafeoDB.create(files.graph, salvage ? { walSalvage: true } : undefined);
    const found = Number(database.currentEpoch());
    if (found < last) throw lacking(files, found, last);
    database.setCheckpointTriggers({ walBytes: CHECKPOINT_BYTES, intervalMs: CHECKPOINT_INTERVAL_MS });
    return new GrafeoEngine(database, CommitRecord.begin(files.record, found), { files, stateAtOpening });
  } catch (error) {
    database?.close();
    throw error;
  }
}

async function loadGrafeo(): Promise<Grafeo> {
  try {
    // Its native loader is CommonJS: only the default export has its names.
    return (await import('@grafeo-db/js')).default as unknown as Grafeo;
  } catch (error) {
    throw new GraphError(
      'UNSUPPORTED',
      `The embedded engine has no binary for ${process.platform}-${process.arch}: set NEO4J_URI to use a Neo4j instead.`,
      { cause: error },
    );
  }
}

/**
 * Opens the embedded store, and creates it if it does not exist. Throws a GraphError whose message names the remedy:
 * LOCKED if another process uses it, UNUSABLE if it is damaged, cut short or may not be written, STORAGE_FULL, or
 * UNSUPPORTED if this platform has no binary of the engine.
 */
export async function openGrafeo({ folder, salvage = false }: GrafeoSettings): Promise<GraphEngine> {
  const grafeo = await loadGrafeo();
  const files = new StoreFiles(folder);
  try {
    return openChecked(grafeo, files, salvage);
  } catch (error) {
    throw openingError(error, files);
  }
}

/** Opens a damaged store with what remains and closes it, so that the next opening accepts it as it is. */
export async function salvageGrafeo(settings: GrafeoSettings): Promise<Salvaged> {
  const { record } = new StoreFiles(settings.folder);
  const acknowledged = CommitRecord.lastIn(record);
  const engine = await openGrafeo({ ...settings, salvage: true });
  await engine.close();
  return { found: CommitRecord.lastIn(record) ?? 0, acknowledged };
}
