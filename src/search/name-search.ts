import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { longRead } from '../graph/page.ts';
import {
  lastSequence,
  SEARCHABLE_TYPES,
  type SearchableNode,
  searchableNode,
  searchableNodesAfter,
  searchableNodesById,
  touchedAfter,
} from '../store/search.ts';
import { NameIndex } from './name-index.ts';

/** Entries of the change log that are followed one by one; after more the index is built anew, which is as fast. */
const MAX_ENTRIES = 200;
/** Nodes that are read again one by one, for the same reason. */
const MAX_NODES = 5_000;
/** The first load reads the whole graph. */
const LOAD_TIMEOUT_MS = 120_000;
/** Rows of a page of that load: an engine without sorted indexes sorts a whole type for each page, so they are few. */
const LOAD_PAGE = 10_000;

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
  #state: State | null = null;
  #catchingUp: Promise<State> | null = null;

  constructor(engine: GraphEngine) {
    this.#engine = engine;
  }

  /** The index as of now, or later. The first call builds it. */
  async current(signal?: AbortSignal): Promise<NameIndex> {
    const version = await this.#engine.version({ signal });
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
    return NameIndex.load(this.#allNodes(options));
  }

  async *#allNodes(options: RunOptions): AsyncGenerator<SearchableNode> {
    for (const type of SEARCHABLE_TYPES) {
      const pages = longRead(
        this.#engine,
        searchableNodesAfter[type],
        ({ sortKey }) => sortKey,
        '',
        {},
        {
          ...options,
          pageSize: LOAD_PAGE,
        },
      );
      for await (const rows of pages) for (const row of rows) yield searchableNode(row);
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
