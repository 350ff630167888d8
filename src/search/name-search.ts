import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { lastSequence, SEARCHABLE_TYPES, searchableNode, searchableNodesById, touchedAfter } from '../store/search.ts';
import { type LoadProgress, searchableNodes } from './load.ts';
import { NameIndex } from './name-index.ts';

/** Entries of the change log that are followed one by one; after more the index is built anew, which is as fast. */
const MAX_ENTRIES = 200;
/** Nodes that are read again one by one, for the same reason. */
const MAX_NODES = 5_000;
/** For one statement of a load: the longest names all nodes of a type. */
const LOAD_TIMEOUT_MS = 120_000;
/** Milliseconds that a search waits for an index that is being built: less than a request has. */
const MAX_WAIT_MS = 8_000;

/** The index is still being built, and goes on being built; the message says how far it is. */
export class IndexNotReadyError extends Error {
  override readonly name = 'IndexNotReadyError';

  constructor({ read, total }: LoadProgress) {
    const far = total === 0 ? '' : ` (${read.toLocaleString('en')} of ${total.toLocaleString('en')})`;
    super(`The names of the graph are still being read${far}: search again in a few seconds.`);
  }
}

interface State {
  readonly index: NameIndex;
  /** The graph version that the index holds; null when it is to be compared by the change log alone. */
  readonly version: string;
  readonly sequence: number;
}

/**
 * The name index of one graph, kept in step by the change log: a search first compares the graph's version with the
 * index's and reads again what the entries since then touched. So nothing is polled and nothing is stale, also of what
 * another process wrote.
 */
export class NameSearch {
  readonly #engine: GraphEngine;
  readonly #waitMs: number;
  #state: State | null = null;
  #catchingUp: Promise<State> | null = null;
  /** While an index is being built. */
  #loading: LoadProgress | null = null;

  constructor(engine: GraphEngine, { waitMs = MAX_WAIT_MS }: { readonly waitMs?: number } = {}) {
    this.#engine = engine;
    this.#waitMs = waitMs;
  }

  /**
   * The index as of now, or later. The first call builds it. Throws an IndexNotReadyError when that takes longer than a
   * reader should wait for it; it goes on, for those who ask again.
   */
  async current(signal?: AbortSignal): Promise<NameIndex> {
    const version = await this.#engine.version({ signal });
    if (this.#state?.version === version) return this.#state.index;
    const { promise: givingUp, reject } = Promise.withResolvers<never>();
    const timer = setInterval(() => {
      if (this.#loading !== null) reject(new IndexNotReadyError(this.#loading));
    }, this.#waitMs);
    try {
      return await Promise.race([this.#asOf(version), givingUp]);
    } finally {
      clearInterval(timer);
    }
  }

  /** Builds the index, or brings it up to now, however long that takes. */
  async prepare(): Promise<void> {
    await this.#asOf(await this.#engine.version());
  }

  async #asOf(version: string): Promise<NameIndex> {
    for (;;) {
      if (this.#state?.version === version) return this.#state.index;
      const before = this.#catchingUp;
      // One that began before this question may have read an older graph: it is waited for, and then looked at again.
      if (before) await before.catch(() => {});
      if (this.#state?.version === version) return this.#state.index;
      if (this.#catchingUp && this.#catchingUp !== before) continue;
      this.#catchingUp ??= this.#catchUp(version).finally(() => {
        this.#catchingUp = null;
      });
      return (await this.#catchingUp).index;
    }
  }

  /** Reads begin after the version was told, and so see at least that version. */
  async #catchUp(version: string): Promise<State> {
    const options: RunOptions = { timeoutMs: LOAD_TIMEOUT_MS };
    const [newest] = await this.#engine.read(lastSequence, {}, options);
    const sequence = newest?.sequence ?? 0;
    const index = (await this.#followed(sequence, options)) ?? (await this.#load(options));
    this.#state = { index, version, sequence };
    return this.#state;
  }

  /** The standing index, brought up to a sequence; null when it is better built anew. */
  async #followed(until: number, options: RunOptions): Promise<NameIndex | null> {
    if (!this.#state || until < this.#state.sequence || until - this.#state.sequence > MAX_ENTRIES) return null;
    const { index, sequence: after } = this.#state;
    if (until === after) return index;
    const entries = await this.#engine.read(touchedAfter, { after, until }, options);
    const touched = [...new Set(entries.flatMap((entry) => entry.touched))];
    if (entries.length < until - after || touched.length > MAX_NODES) return null;
    const rows = await this.#engine.read(searchableNodesById, { ids: touched, types: SEARCHABLE_TYPES }, options);
    const found = new Map(rows.map((row) => [row.row[0] as string, searchableNode(row)]));
    for (const id of touched) {
      const node = found.get(id);
      if (node) index.replace(node);
      else index.remove(id);
    }
    return index;
  }

  async #load(options: RunOptions): Promise<NameIndex> {
    const progress = { read: 0, total: 0 };
    this.#loading = progress;
    try {
      return await NameIndex.load(searchableNodes(this.#engine, progress, options));
    } finally {
      this.#loading = null;
    }
  }
}

const searches = new WeakMap<GraphEngine, NameSearch>();

/** The one name search of a graph in this process. */
export function nameSearchOf(engine: GraphEngine): NameSearch {
  const known = searches.get(engine);
  if (known) return known;
  const made = new NameSearch(engine);
  searches.set(engine, made);
  return made;
}
