import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';

/** Digits of a commit number: as many as the greatest has, so that all take the same number of bytes. */
const DIGITS = 20;

/**
 * A small file beside the store with the number of the last acknowledged commit. The engine cannot distinguish a log of
 * writes that was cut from one that ends there: this number can. Like the log, it is written in place without waiting
 * for the disk: a killed process loses neither.
 */
export class CommitRecord {
  readonly #file: number;
  #last: number;

  private constructor(file: number, last: number) {
    this.#file = file;
    this.#last = last;
  }

  /** The last commit that a file names; 0 if there is no file, null if the file names none. */
  static lastIn(path: string): number | null {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
    const digits = /^commit (\d+)\n$/.exec(text)?.[1];
    return digits === undefined ? null : Number(digits);
  }

  /** Begins a record that replaces an older one. */
  static begin(path: string, last: number): CommitRecord {
    // A process that is killed here leaves the old file or the new one.
    writeFileSync(`${path}.new`, lineOf(last), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return new CommitRecord(openSync(path, 'r+'), last);
  }

  /** Records a commit, before it is acknowledged. */
  note(commit: number): void {
    if (commit <= this.#last) return;
    writeSync(this.#file, lineOf(commit), 0);
    this.#last = commit;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function lineOf(commit: number): string {
  return `commit ${String(commit).padStart(DIGITS, '0')}\n`;
}
