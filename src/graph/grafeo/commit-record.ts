import { closeSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';

/** Digits that a number of a commit is written with: as many as the greatest has, so that each takes the same bytes. */
const DIGITS = 20;

/**
 * A small file beside the store that names the last commit which was acknowledged. The engine takes a log of writes that
 * was cut for one that ends there: only who knows how far it reached can tell. Written in place, without waiting for the
 * disk, as the log is: a process that is killed loses neither.
 */
export class CommitRecord {
  readonly #file: number;
  #last: number;

  private constructor(file: number, last: number) {
    this.#file = file;
    this.#last = last;
  }

  /** The last commit that a file names; 0 where there is no file, null where it names none. */
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

  /** Begins a record, in the place of an older one. */
  static begin(path: string, last: number): CommitRecord {
    // Whoever is killed meanwhile leaves one or the other.
    writeFileSync(`${path}.new`, lineOf(last), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return new CommitRecord(openSync(path, 'r+'), last);
  }

  /** Notes a commit, before anybody hears that it was made. */
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
