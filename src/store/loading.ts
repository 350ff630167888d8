import type { GraphEngine, GraphTransaction } from '../graph/engine.ts';
import { statement } from '../graph/statement.ts';
import type { VersionProbe } from '../graph/version-probe.ts';
import { writeBookkeeping } from './bookkeeping.ts';
import { writeMark } from './marks.ts';

/** What loads into the graph, and how far it has come. */
export interface Loading {
  /** The first seed of an empty graph, or an import of files. */
  readonly what: 'SEED' | 'IMPORT';
  /** What is being done: the file that is read, or what follows from the files. */
  readonly step: string;
  /** Rows that were read. */
  readonly rows: number;
  /** Share of the whole work that is done, from 0 to 1, as estimated. */
  readonly share: number;
}

const ID = 'loading';
/** Milliseconds after which a mark is of a process that ended without a word: longer than one batch may take. */
const STALE_MS = 180_000;
/** Milliseconds for which a process goes by what it last saw, if it has heard of no newer version of the graph since. */
const FRESH_MS = 1_000;
/** Milliseconds that an answer waits for a database to say what loads. */
const LOOK_MS = 400;
/** A mark is taken away once, where it is read with each answer: that may take so many times as long. */
const REMOVALS = 5;

const loadingMark = statement<{ value: string }>(
  'loadingMark',
  /* cypher */ `
  MATCH (mark:Counter {id: '${ID}'})
  RETURN mark.value AS value`,
);

/** Takes a mark away that is as it was read: another load may have written its own since. */
const removeLoadingMark = statement<never>(
  'removeLoadingMark',
  /* cypher */ `
  MATCH (mark:Counter {id: '${ID}'})
  WHERE mark.value = $value
  DELETE mark`,
);

async function remove(engine: GraphEngine, value: string, lookMs = LOOK_MS): Promise<void> {
  await writeBookkeeping(engine, (transaction) => transaction.run(removeLoadingMark, { value }), {
    timeoutMs: REMOVALS * lookMs,
  });
}

/**
 * Tells everybody who reads the graph, by a mark in the graph itself, that something loads. The mark is renewed in the
 * transactions that load, so that it changes only when the graph does; two loads at one time share it.
 */
export class LoadingMark {
  readonly #what: Loading['what'];
  #value: string | null = null;

  constructor(what: Loading['what']) {
    this.#what = what;
  }

  /** Writes the mark within a transaction that loads, as its last statement but the entry in the change log. */
  async renew(run: GraphTransaction['run'], { step, rows, share }: Omit<Loading, 'what'>): Promise<void> {
    const loading: Loading = { what: this.#what, step, rows, share: Math.floor(share * 1_000) / 1_000 };
    this.#value = JSON.stringify({ ...loading, at: Date.now() });
    await run(writeMark, { id: ID, value: this.#value });
  }

  /** Takes the mark away when the load ends, however it ends. A database that does not let it goes on: the mark expires. */
  async clear(engine: GraphEngine): Promise<void> {
    const value = this.#value;
    this.#value = null;
    if (value !== null) await remove(engine, value).catch(() => {});
  }
}

/** Knows what loads into a graph, in any process. The graph is asked when it has changed, and once a second at most. */
export class LoadingWatch {
  readonly #engine: GraphEngine;
  readonly #versions: VersionProbe;
  readonly #lookMs: number;
  readonly #since = Date.now();
  /** The mark as it was last read, and the version of the graph that it is of. */
  #value: string | null = null;
  #version: string | null = null;
  /** When the mark was last read, on the clock of performance.now. */
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | null = null;

  /** `lookMs`: how long an answer waits for the database to say what loads. Default: 400. */
  constructor(engine: GraphEngine, versions: VersionProbe, lookMs = LOOK_MS) {
    this.#engine = engine;
    this.#versions = versions;
    this.#lookMs = lookMs;
  }

  /**
   * What loads now; null when nothing does, or when the database has not said so in time. Never rejects. With `mayBeOld`,
   * what loaded a second ago at the most: an answer to a mutation is of no version, and need not wait for another read.
   */
  async current({ mayBeOld = false }: { readonly mayBeOld?: boolean } = {}): Promise<Loading | null> {
    const freshSince = performance.now() - FRESH_MS;
    const seen = this.#versions.since(freshSince);
    const isKnown = mayBeOld ? this.#lookedAt >= freshSince : seen !== null && seen === this.#version;
    if (!isKnown) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null;
      });
      await this.#looking;
    }
    if (this.#value === null) return null;
    const { at, ...loading } = JSON.parse(this.#value) as Loading & { readonly at: number };
    // Of a store that is no other process's, what was written before this one is of one that has ended.
    const begin = this.#engine.isShared ? Date.now() - STALE_MS : this.#since;
    if (at >= begin) return loading;
    const stale = this.#value;
    this.#value = null;
    await remove(this.#engine, stale, this.#lookMs).catch(() => {});
    return null;
  }

  async #look(): Promise<void> {
    const askedAt = performance.now();
    let version: string | null = null;
    try {
      const options = {
        timeoutMs: this.#lookMs,
        signal: AbortSignal.timeout(this.#lookMs),
        onVersion: (read: string | null) => {
          version = read;
        },
      };
      const [mark] = await this.#engine.read(loadingMark, {}, options);
      this.#value = mark?.value ?? null;
      this.#lookedAt = askedAt;
      if (version !== null) this.#versions.saw(version, askedAt);
    } catch {
      // A database that is busy, as with a load, does not take back what it said before.
      version = null;
    }
    this.#version = version;
  }
}
