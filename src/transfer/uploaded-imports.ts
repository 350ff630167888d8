import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommittedAddition } from '../changes/addition.ts';
import { ClientError } from '../domain/client-error.ts';
import type { GraphEngine } from '../graph/engine.ts';
import { questions } from '../scheduling/questions.ts';
import { Rests } from '../scheduling/rests.ts';
import { CsvFileError } from './csv.ts';
import { FILES } from './files.ts';
import type { ImportProgress, ImportSummary } from './import-options.ts';

/** Folders that are filled or imported at a time. */
const MAX_FOLDERS = 4;
/** Bytes of one folder at the most. */
const MAX_BYTES = 4 * 2 ** 30;
/** Milliseconds after which a folder that nobody uses is deleted. */
const IDLE_MS = 15 * 60_000;
/** The same of a folder whose client has left while it was imported: it may come back to run it again. */
const LEFT_MS = 60_000;
/** Milliseconds between two reports of progress. */
const REPORT_MS = 250;

const NAMES = new Set(FILES.map(({ file }) => file));
const REJECTED = 'rejected.csv';

/** What an import reports: its progress now and then, and its summary at the end. */
export type ImportReport = { readonly progress: ImportProgress } | { readonly summary: ImportSummary };

interface Folder {
  readonly path: string;
  /** Bytes of each file. */
  readonly sizes: Map<string, number>;
  /** The work that uses it now; null: none. */
  use: Use | null;
  expiry: NodeJS.Timeout;
}

/** A piece of work that uses a folder. */
interface Use {
  /** Asks it to stop, as soon as it can. */
  readonly stopping: AbortController;
  readonly ended: PromiseWithResolvers<void>;
}

/** What published lists are matched with: pages of rows, and at last that there are no more. */
export type MatchedPage = { readonly rows: readonly object[] } | { readonly end: true };

const notFound = (id: string): ClientError =>
  new ClientError(
    'NOT_FOUND',
    `There is no import "${id}": it was ended, or nobody used it for a quarter of an hour.`,
    {
      status: 404,
    },
  );

const wasEnded = (id: string): ClientError =>
  new ClientError(
    'CONFLICT',
    `The import "${id}" was ended while it ran. What it wrote is complete: import it again.`,
    {
      status: 409,
    },
  );

function overloaded(message: string): ClientError {
  return new ClientError('OVERLOADED', message, { status: 503, headers: { 'Retry-After': '5' } });
}

/**
 * Imports of folders that clients of a running server send file by file. One import writes at a time. All errors that a
 * client can correct are ClientErrors.
 */
export class UploadedImports {
  readonly #engine: GraphEngine;
  readonly #onAddition: ((addition: CommittedAddition) => void) | undefined;
  readonly #folders = new Map<string, Folder>();
  #isImporting = false;

  /** `onAddition` is called with all that a batch of rows did, if it only added records. */
  constructor(engine: GraphEngine, onAddition?: (addition: CommittedAddition) => void) {
    this.#engine = engine;
    this.#onAddition = onAddition;
  }

  /** Makes an empty folder, and returns the identifier of its import. */
  async begin(): Promise<string> {
    if (this.#folders.size >= MAX_FOLDERS) {
      throw overloaded(`${MAX_FOLDERS} imports are open: end one, or try again later.`);
    }
    const id = randomBytes(16).toString('hex');
    const path = join(tmpdir(), `grappe-import-${id}`);
    // Before anything is waited for, so that others who begin now are counted.
    this.#folders.set(id, { path, sizes: new Map(), use: null, expiry: this.#expiry(id, IDLE_MS) });
    try {
      await mkdir(path, { mode: 0o700 });
    } catch (error) {
      this.#folders.delete(id);
      throw error;
    }
    return id;
  }

  #expiry(id: string, ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#delete(id), ms).unref();
  }

  async #delete(id: string): Promise<void> {
    const folder = this.#folders.get(id);
    if (folder === undefined || folder.use !== null) return;
    this.#folders.delete(id);
    clearTimeout(folder.expiry);
    await rm(folder.path, { recursive: true, force: true });
  }

  /** Uses a folder for one piece of work; nothing else may use it meanwhile. */
  async #using<Result>(id: string, work: (folder: Folder) => Promise<Result>): Promise<Result> {
    const folder = this.#take(id);
    try {
      return await work(folder);
    } finally {
      this.#giveBack(id, folder);
    }
  }

  #take(id: string): Folder & { readonly use: Use } {
    const folder = this.#folders.get(id);
    if (folder === undefined) throw notFound(id);
    if (folder.use !== null) {
      throw new ClientError('CONFLICT', `The import "${id}" is in use: wait for its answer.`, { status: 409 });
    }
    const use = { stopping: new AbortController(), ended: Promise.withResolvers<void>() };
    clearTimeout(folder.expiry);
    return Object.assign(folder, { use });
  }

  #giveBack(id: string, folder: Folder, ms = IDLE_MS): void {
    const { use } = folder;
    folder.use = null;
    folder.expiry = this.#expiry(id, ms);
    use!.ended.resolve();
  }

  /** Adds a piece of a file behind the `offset` bytes that are there; at 0 the file begins again. Returns its size. */
  write(id: string, file: string, offset: number, piece: Uint8Array): Promise<number> {
    return this.#using(id, async ({ path, sizes }) => {
      if (!NAMES.has(file)) {
        throw new ClientError(
          'BAD_REQUEST',
          `"${file}" is no file of an import: send any of ${[...NAMES].join(', ')}.`,
          {
            status: 400,
          },
        );
      }
      const size = sizes.get(file) ?? 0;
      if (offset !== 0 && offset !== size) {
        const message = `${file} has ${size} bytes: go on with offset=${size}, or begin again with offset=0.`;
        throw new ClientError('CONFLICT', message, { status: 409, details: { size } });
      }
      const others = [...sizes].reduce((sum, [name, bytes]) => sum + (name === file ? 0 : bytes), 0);
      if (others + offset + piece.length > MAX_BYTES) {
        const message = `The files of one import may have ${MAX_BYTES.toLocaleString('en')} bytes: import them in parts.`;
        throw new ClientError('BODY_TOO_LARGE', message, { status: 413, details: { maximum: MAX_BYTES } });
      }
      const handle = await open(join(path, file), offset === 0 ? 'w' : 'a');
      try {
        await handle.writeFile(piece);
      } finally {
        await handle.close();
      }
      sizes.set(file, offset + piece.length);
      return offset + piece.length;
    });
  }

  /**
   * Imports the files that were sent, and reports until it is done; who stops reading stops the import behind its present
   * batch. What was written stays: the same import, run again, goes on from there. Throws a ClientError for files that
   * cannot be imported at all.
   */
  async *run(
    id: string,
    { dryRun, by, signal }: { readonly dryRun: boolean; readonly by: string | null; readonly signal: AbortSignal },
  ): AsyncGenerator<ImportReport> {
    if (this.#isImporting) throw overloaded('Another import is running: try again when it is done.');
    const folder = this.#take(id);
    this.#isImporting = true;
    const { stopping } = folder.use;
    let idleMs = LEFT_MS;
    let latest: ImportProgress | undefined;
    // A start that imports nothing is spared the loading of all that imports.
    const stopped = AbortSignal.any([signal, stopping.signal]);
    const done = import('./import.ts').then(({ importFolder }) =>
      importFolder(this.#engine, folder.path, {
        ...{ dryRun, by, rejectedFile: join(folder.path, REJECTED), onAddition: this.#onAddition },
        ...{ signal: stopped, rests: new Rests(questions, stopped) },
        onProgress: (progress) => {
          latest = progress;
        },
      }),
    );
    try {
      for (;;) {
        const summary = await Promise.race([done, pause(REPORT_MS)]);
        if (summary !== undefined) {
          idleMs = IDLE_MS;
          yield { summary };
          return;
        }
        if (latest !== undefined) yield { progress: latest };
      }
    } catch (error) {
      if (!signal.aborted) idleMs = IDLE_MS;
      if (error instanceof CsvFileError) throw new ClientError('BAD_USER_INPUT', error.message, { status: 400 });
      if (stopping.signal.aborted) throw wasEnded(id);
      throw error;
    } finally {
      stopping.abort();
      await done.catch(() => {});
      this.#isImporting = false;
      this.#giveBack(id, folder, idleMs);
    }
  }

  /**
   * What the records of published lists are matched with (docs/connectors.md), for a client that reads a list and sends what
   * it means for this graph: organisations, or networks.
   */
  async *matched(what: 'organisations' | 'networks', signal: AbortSignal): AsyncGenerator<MatchedPage> {
    const { graphOf } = await import('./connectors/matched-graph.ts');
    for await (const rows of graphOf(this.#engine)[what](signal)) yield { rows };
    yield { end: true };
  }

  /** The rows that the last run of an import rejected, as CSV; null if it rejected none. */
  rejected(id: string): Promise<Uint8Array | null> {
    return this.#using(id, ({ path }) => readFile(join(path, REJECTED)).catch(() => null));
  }

  /** Deletes what was sent; an import that is running is stopped first, behind its present batch. What was imported stays. */
  async end(id: string): Promise<void> {
    const folder = this.#folders.get(id);
    if (folder === undefined) throw notFound(id);
    folder.use?.stopping.abort();
    await folder.use?.ended.promise;
    await this.#delete(id);
  }

  /** Deletes all that was sent; for the end of the process, when no import is running. */
  async close(): Promise<void> {
    await Promise.all([...this.#folders.keys()].map((id) => this.#delete(id)));
  }
}
