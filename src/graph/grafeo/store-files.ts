import { accessSync, chmodSync, closeSync, constants, openSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { keepFilesPrivate } from '../users-rights.ts';
import { CommitRecord } from './commit-record.ts';

const OTHERS_RIGHTS = 0o077;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** The files of an embedded store. */
export class StoreFiles {
  readonly folder: string;
  /** The graph as of the last checkpoint. */
  readonly graph: string;
  /** The folder of the log of writes since then. */
  readonly log: string;
  /** The number of the last acknowledged commit. */
  readonly record: string;

  constructor(folder: string) {
    this.folder = folder;
    this.graph = join(folder, 'graph.grafeo');
    this.log = `${this.graph}.wal`;
    this.record = `${this.graph}.commits`;
  }

  /**
   * Creates the folder and makes all files private: from now on, only the user may access what the process creates.
   * Throws the system error for a file that this user may not read and write.
   */
  prepare(): void {
    keepFilesPrivate();
    makeFolder(this.folder, PRIVATE_FOLDER);
    accessSync(this.folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const files = [this.graph, this.record, ...this.logFiles()].filter((path) => statOf(path) !== null);
    // Opening a file gives the best system error.
    for (const path of files) closeSync(openSync(path, 'r+'));
    for (const path of files) tighten(path, PRIVATE_FILE);
    tighten(this.log, PRIVATE_FOLDER);
  }

  /**
   * What distinguishes the graph from what it was and will be, while it is closed: the commit that it ends at, and its file's
   * size and time, in milliseconds as programs that copy files keep it. Null where a log of writes goes beyond it.
   */
  state(): string | null {
    const graph = statOf(this.graph);
    const last = CommitRecord.lastIn(this.record);
    if (graph === null || last === null || this.logFiles().length > 0) return null;
    return `commit ${last}, file of ${graph.size} bytes, of ${Math.round(graph.mtimeMs)}`;
  }

  /** The files of the log. A properly closed store has none. */
  logFiles(): string[] {
    if (statOf(this.log) === null) return [];
    const entries = readdirSync(this.log, { withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map(({ name }) => join(this.log, name));
  }
}

/** The status of a file or a folder; null if it does not exist. */
export function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

function tighten(path: string, mode: number): void {
  const found = statOf(path);
  if (found === null || (found.mode & OTHERS_RIGHTS) === 0 || found.uid !== process.getuid?.()) return;
  chmodSync(path, mode);
}
