import { View, type Viewed } from '../changes/view.ts';
import { ClientError } from '../domain/client-error.ts';
import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import type { VersionProbe } from '../graph/version-probe.ts';
import { Slices } from '../scheduling/slices.ts';
import { SEARCHABLE_TYPES, searchableNode, searchableNodesById } from '../store/search.ts';
import { type LoadProgress, searchableNodes } from './load.ts';
import { NameIndex } from './name-index.ts';

/** Maximum of touched nodes that are read again one by one. With more, building the index again is as fast. */
const MAX_NODES = 5_000;
/** Milliseconds that a search waits for the first index: with the rest of a request less than a second. */
const FIRST_WAIT_MS = 400;
/**
 * Milliseconds that a search waits for an index that is built again, as while an import changes thousands of nodes: less
 * than the time limit of a request. Who came back later instead would find another one being built.
 */
const LATER_WAIT_MS = 8_000;
/** Seconds after which a search is tried again: as estimated from the progress, between these two. */
const MIN_RETRY_S = 1;
const MAX_RETRY_S = 30;

/** The index is still being built; the message shows the progress. */
export class IndexNotReadyError extends ClientError {
  override readonly name = 'IndexNotReadyError';

  constructor({ read, total, startedAt }: LoadProgress) {
    const progress = total === 0 ? '' : ` (${read.toLocaleString('en')} of ${total.toLocaleString('en')})`;
    const secondsLeft = read === 0 ? 0 : (((performance.now() - startedAt) / 1_000) * (total - read)) / read;
    const retryAfter = Math.min(MAX_RETRY_S, Math.max(MIN_RETRY_S, Math.ceil(secondsLeft)));
    super(
      'SEARCH_NOT_READY',
      `The names of the graph are still being read${progress}: search again in a few seconds.`,
      { details: { retryAfter }, headers: { 'Retry-After': String(retryAfter) } },
    );
  }
}

const newProgress = (): LoadProgress => ({ read: 0, total: 0, startedAt: performance.now() });

/** How a request searches. */
export interface SearchOptions {
  /** The instant on the clock of performance.now of which the index must be, or later. Default: now. */
  readonly since?: number;
  readonly signal?: AbortSignal;
  /** The processor time of the request: many searches of one wait for their turns. */
  readonly slices?: Slices;
}

/** What was found, and the version of the graph that it is of; null where nobody can tell. */
export interface Searched<Found> {
  readonly found: Found;
  readonly version: string | null;
}

/** The name index of one graph, a view of it: never stale, also of what another process wrote. */
export class NameSearch {
  readonly #engine: GraphEngine;
  readonly #versions: VersionProbe;
  readonly #view: View<NameIndex>;
  /** The progress, while an index is being built. Before, nothing is read. */
  #loading: LoadProgress | null = newProgress();
  #wasBuilt = false;
  /** Whether changes are being applied: the index has only some of them. */
  #isRenewing = false;

  constructor(engine: GraphEngine, versions: VersionProbe) {
    this.#engine = engine;
    this.#versions = versions;
    this.#view = new View(engine, {
      most: MAX_NODES,
      load: (options) => this.#load(options),
      renew: (index, touched, options) => this.#renew(index, touched, options),
    });
  }

  /**
   * What is found in the index as it is at an instant or later, and its version; null where nobody can tell that. The first
   * call builds the index. Throws an IndexNotReadyError if that takes too long (400 ms for the first index, 8 s for later ones);
   * the building continues.
   */
  async find<Found>(
    find: (index: NameIndex) => Found,
    { since = performance.now(), signal, slices = new Slices(signal) }: SearchOptions = {},
  ): Promise<Searched<Found>> {
    const ahead = this.#versions.ahead(this.#view.known?.version ?? null, since);
    if (ahead !== null) {
      const searched = await this.#findAhead(find, ahead, slices);
      if (searched !== null) return searched;
    }
    for (;;) {
      const { content, version, isExact } = await this.#asOfNow(since);
      if (slices.isOver) await slices.start();
      if (!this.#isRenewing) return { found: find(content), version: isExact ? version : null };
    }
  }

  /** Searches while the graph is asked for its version; null where that is another than the index has. */
  async #findAhead<Found>(
    find: (index: NameIndex) => Found,
    ahead: Promise<string>,
    slices: Slices,
  ): Promise<Searched<Found> | null> {
    await slices.next();
    const { known } = this.#view;
    if (known === null || this.#isRenewing) return null;
    const found = find(known.content);
    if ((await ahead) !== known.version) return null;
    return { found, version: known.isExact ? known.version : null };
  }

  async #asOfNow(since: number): Promise<Viewed<NameIndex>> {
    const { promise: givingUp, reject } = Promise.withResolvers<never>();
    // From the first round trip on: a busy database, as after a start, is slow to answer.
    const timer = setInterval(
      () => {
        if (this.#loading !== null) reject(new IndexNotReadyError(this.#loading));
      },
      this.#wasBuilt ? LATER_WAIT_MS : FIRST_WAIT_MS,
    );
    try {
      const version = await Promise.race([this.#versions.after(since), givingUp]);
      return await Promise.race([this.#view.current(version), givingUp]);
    } finally {
      clearInterval(timer);
    }
  }

  /** Builds or updates the index, however long that takes. */
  async prepare(): Promise<void> {
    await this.#view.current(await this.#versions.probe());
  }

  async #renew(index: NameIndex, touched: readonly string[], options: RunOptions): Promise<void> {
    const rows = await this.#engine.read(searchableNodesById, { ids: touched, types: SEARCHABLE_TYPES }, options);
    const found = new Map(rows.map((row) => [row.row[0] as string, searchableNode(row)]));
    this.#isRenewing = true;
    try {
      await new Slices().each(touched, (id) => {
        const node = found.get(id);
        if (node) index.replace(node);
        else index.remove(id);
      });
    } finally {
      this.#isRenewing = false;
    }
  }

  async #load(options: RunOptions): Promise<NameIndex> {
    const progress = newProgress();
    const before = this.#loading;
    this.#loading = progress;
    try {
      const index = await NameIndex.load(searchableNodes(this.#engine, progress, options));
      this.#loading = null;
      this.#wasBuilt = true;
      return index;
    } catch (error) {
      this.#loading = before;
      throw error;
    }
  }
}
