import { setTimeout as pause } from 'node:timers/promises';
import type { GraphEngine } from '../graph/engine.ts';
import { statement } from '../graph/statement.ts';
import { removeMark } from './backup.ts';
import { writeBookkeeping } from './bookkeeping.ts';
import { readMark, writeMark } from './marks.ts';

/** How the marks of documents begin: the time of each follows, in milliseconds since 1970, then its hash. */
export const DOCUMENT_MARK = 'document ';
/** Documents at the most; the oldest go first. */
const MOST = 500;
/** Documents that wait to be written at the most. */
const MOST_WAITING = 50;
/** Milliseconds between two writes, and between two looks at what others have written. */
const WRITE_MS = 10_000;
const LOOK_MS = 1_000;

const documentMarks = statement<{ id: string }>(
  'documentMarks',
  /* cypher */ `
  MATCH (mark:Counter)
  WHERE mark.id STARTS WITH '${DOCUMENT_MARK}'
  RETURN mark.id AS id`,
);

/** The hash in the identifier of a mark. */
const hashOf = (id: string): string => id.slice(id.lastIndexOf(' ') + 1);

/**
 * Documents that clients have registered by their hashes at any server of a graph, in the graph itself: behind a proxy, the
 * next request of a client meets another server. Clients that only read cause these writes, and every write moves the version
 * of the graph: so they are few, whatever clients send.
 */
export class RegisteredDocuments {
  readonly #engine: GraphEngine;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting = new Map<string, string>();
  /** The identifiers of marks by the hashes of their documents, as they were read last. */
  #marks: ReadonlyMap<string, string> = new Map();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | null = null;
  #writing: Promise<void> | null = null;

  /** `onFailure` is called with the error of a write: its documents are registered by their clients again. */
  constructor(engine: GraphEngine, onFailure: (error: unknown) => void = () => {}) {
    this.#engine = engine;
    this.#onFailure = onFailure;
  }

  /** The document of a hash; null for one that no server has, or while the database does not answer. */
  async find(hash: string): Promise<string | null> {
    try {
      const id = this.#marks.get(hash) ?? (await this.#look(hash));
      if (id === undefined) return null;
      const [mark] = await this.#engine.read(readMark, { id });
      return mark?.value ?? null;
    } catch {
      return null;
    }
  }

  /** Has a document written soon, unless too many wait. */
  add(hash: string, document: string): void {
    if (this.#waiting.size >= MOST_WAITING || this.#marks.has(hash)) return;
    this.#waiting.set(hash, document);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  async #look(hash: string): Promise<string | undefined> {
    if (this.#looking === null && performance.now() - this.#lookedAt >= LOOK_MS) {
      this.#lookedAt = performance.now();
      this.#looking = this.#read().finally(() => {
        this.#looking = null;
      });
    }
    await this.#looking;
    return this.#marks.get(hash);
  }

  async #read(): Promise<void> {
    const marks = await this.#engine.read(documentMarks);
    this.#marks = new Map(marks.map(({ id }) => [hashOf(id), id]));
  }

  /** Writes what waits, and then waits itself, so that the next write comes later. */
  async #write(): Promise<void> {
    while (this.#waiting.size > 0) {
      const documents = [...this.#waiting];
      this.#waiting.clear();
      await this.#writeAll(documents).catch(this.#onFailure);
      await pause(WRITE_MS, undefined, { ref: false });
    }
  }

  async #writeAll(documents: readonly (readonly [hash: string, document: string])[]): Promise<void> {
    await writeBookkeeping(this.#engine, async (transaction) => {
      const ids = (await transaction.run(documentMarks)).map(({ id }) => id).sort();
      const known = new Set(ids.map(hashOf));
      const missing = documents.filter(([hash]) => !known.has(hash));
      const now = Date.now();
      for (const [hash, value] of missing) {
        await transaction.run(writeMark, { id: `${DOCUMENT_MARK}${now} ${hash}`, value });
      }
      for (const id of ids.slice(0, Math.max(0, ids.length + missing.length - MOST))) {
        await transaction.run(removeMark, { id });
      }
    });
    await this.#read();
  }
}
