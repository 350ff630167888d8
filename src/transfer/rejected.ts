import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { chmod, open, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { usersRights } from '../graph/users-rights.ts';
import { writtenFile } from './written-file.ts';

/** A row that was not imported, and the reason. */
export interface Rejection {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

/** Writes rejected.csv row by row. Without any rejection, an older file is deleted. */
export class RejectedFile {
  readonly #path: string | null;
  #stream: WriteStream | undefined;
  #failure: Error | undefined;
  count = 0;

  constructor(path: string | null) {
    this.#path = path;
  }

  /** Finds out, before anything is imported, whether the file can be written: throws the system's error if not. */
  async check(): Promise<void> {
    if (this.#path === null) return;
    const existing = await stat(this.#path).catch(() => null);
    await (await open(this.#path, 'a')).close();
    if (existing === null) await rm(this.#path);
  }

  async add({ file, line, column, reason }: Rejection): Promise<void> {
    this.count++;
    if (this.#failure) throw this.#failure;
    if (this.#path === null) return;
    if (!this.#stream) {
      this.#stream = writtenFile(this.#path);
      // The next call of add or close throws it.
      this.#stream.on('error', (error) => {
        this.#failure = error;
      });
      this.#stream.write('file,line,column,reason\r\n');
    }
    // A reason quotes the cell: one that begins with = must not run in a spreadsheet.
    const safe = stringify([[file, String(line), column, reason]], {
      record_delimiter: 'windows',
      escape_formulas: true,
    });
    if (!this.#stream.write(safe)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    if (this.#stream) {
      if (this.#failure) throw this.#failure;
      this.#stream.end();
      await finished(this.#stream);
      const rights = usersRights();
      if (rights !== null) await chmod(this.#path!, rights.file);
    } else if (this.#path !== null) await rm(this.#path, { force: true });
  }
}
