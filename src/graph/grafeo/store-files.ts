import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { keepFilesPrivate } from '../users-rights.ts';

const OTHERS_RIGHTS = 0o077;
const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** Where the parts of an embedded store lie. */
export class StoreFiles {
  readonly folder: string;
  /** The graph as of the last checkpoint. */
  readonly graph: string;
  /** The folder of what was written since. */
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
   * Makes the folder and keeps others out of the files, also those to come: from here on, whatever the process makes is
   * the user's alone. Throws a system's error for what this user may not read and write.
   */
  prepare(): void {
    keepFilesPrivate();
    makeFolder(this.folder);
    accessSync(this.folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const files = [this.graph, this.record, ...this.logFiles()].filter((path) => statOf(path) !== null);
    // A system says best what it does not let us do.
    for (const path of files) closeSync(openSync(path, 'r+'));
    for (const path of files) tighten(path, PRIVATE_FILE);
    tighten(this.log, PRIVATE_FOLDER);
  }

  /** The log's own files; a store that was closed well has none. */
  logFiles(): string[] {
    if (statOf(this.log) === null) return [];
    const entries = readdirSync(this.log, { withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map(({ name }) => join(this.log, name));
  }
}

/** What a system says of a file or a folder; null where there is none. */
export function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

function tighten(path: string, mode: number): void {
  const found = statOf(path);
  if (found === null || (found.mode & OTHERS_RIGHTS) === 0 || found.uid !== process.getuid?.()) return;
  chmodSync(path, mode);
}

/** Makes a folder and those around it. Not by Node's own way, which never ends where a system refuses with ENOENT. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, PRIVATE_FOLDER);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    const around = dirname(resolve(folder));
    if (code !== 'ENOENT' || around === resolve(folder)) throw error;
    makeFolder(around);
    mkdirSync(folder, PRIVATE_FOLDER);
  }
}
