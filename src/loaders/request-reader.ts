import DataLoader from 'dataloader';
import { compactKey, type Key, keyWithin } from '../domain/key.ts';
import type { GraphEngine } from '../graph/engine.ts';
import type { Parameters, Statement } from '../graph/statement.ts';
import type { VersionProbe } from '../graph/version-probe.ts';
import type { Requester } from '../scheduling/requester.ts';
import { Slices } from '../scheduling/slices.ts';
import { answerTo } from '../snapshot/answers.ts';
import type { CurrentSnapshot } from '../snapshot/current.ts';
import { EdgeMask } from '../snapshot/mask.ts';
import type { Ask, TaskContext, Walker } from '../store/ask.ts';
import type { EndpointHints } from '../store/endpoint-hints.ts';
import { atOnce, Batches, type Way } from './batches.ts';
import { type Batch, CacheReader } from './cache-reader.ts';
import type { PlanStep, Reading } from './reading.ts';
import type { ResultCache } from './result-cache.ts';
import { SnapshotReader } from './snapshot-reader.ts';

/** Answers for many items at once, in their order; `ask` is the way by which it reads, `note` takes versions of other reads. */
export type Work<Item, Value> = (
  items: readonly Item[],
  ask: Ask,
  note: (version: string) => void,
) => Promise<readonly (Value | Error)[]>;

/** The one version that readings were of; null where they were of several, of one that nobody could tell, or of none. */
function onlyVersion([version = null, ...others]: Iterable<string | null>): string | null {
  return others.length === 0 ? version : null;
}

/** What loaders read a graph by: its engine, and what the process remembers of it. */
export interface LoadersGraph {
  readonly engine: GraphEngine;
  readonly versions: VersionProbe;
  readonly results: ResultCache | null;
  readonly snapshot: CurrentSnapshot | null;
  readonly hints: EndpointHints | null;
}

/**
 * How one request reads its graph: statements in batches by level, the snapshot, results of earlier requests, and of which
 * version all of it was.
 */
export class RequestReader {
  readonly batches: Batches;
  /** How the lists of this request were read; those that were cached are not among them. */
  readonly plan: PlanStep[] = [];
  /** The processor time of this request. */
  readonly slices: Slices;
  protected readonly graph: LoadersGraph;
  protected readonly engine: GraphEngine;
  readonly #signal: AbortSignal;
  readonly #requester: Requester | undefined;
  readonly #loaders = new Map<Key, DataLoader<never, never, string>>();
  readonly #walks = new Map<Key, Promise<unknown>>();
  readonly #cache: CacheReader | null;
  readonly #snapshot: SnapshotReader;
  protected readonly hints: EndpointHints | null;
  /** The versions of the graph that this request's readings were of; null is one that nobody could tell. */
  readonly #versions = new Set<string | null>();

  constructor(graph: LoadersGraph, signal: AbortSignal, requester: Requester | undefined) {
    const { engine, results, hints } = graph;
    this.graph = graph;
    this.engine = engine;
    this.#signal = signal;
    this.#requester = requester;
    this.batches = new Batches(requester?.follower);
    this.slices = requester?.slices ?? new Slices(signal);
    const { dispatched } = this.batches;
    this.#cache = results && new CacheReader(results, { join: this.#joinProbe, dispatched });
    this.hints = hints;
    const note = (version: string): void => void this.#versions.add(version);
    this.#snapshot = new SnapshotReader({
      snapshot: graph.snapshot,
      versions: graph.versions,
      slices: this.slices,
      signal,
      arrivedAt: requester?.arrivedAt,
      note,
    });
  }

  /** Runs a question about the version of the graph as part of the batch that goes out next. */
  readonly #joinProbe: Way = (probe) => {
    this.batches.statements++;
    return this.batches.join(probe);
  };

  /** Runs a statement at once, outside the round trips: a step of a walk, on which the next step depends. */
  readonly read: Ask = (statement, parameters = {}) => this.#read(statement, parameters);

  /** By what a traversal reads the graph. */
  get walker(): Walker {
    return {
      ...this.task,
      inMemory: async (conditions) => {
        const snapshot = await this.#snapshot.current();
        return snapshot && new EdgeMask(snapshot, conditions);
      },
    };
  }

  /** What is made of the snapshot, of one version: `SnapshotReader.wait`. */
  readSnapshot: SnapshotReader['wait'] = (read) => this.#snapshot.wait(read);

  /** For work of more than one statement: they go out at once, outside the round trips. */
  get task(): TaskContext {
    return { ask: this.read, slices: this.slices };
  }

  /** What a traversal finds, done once for its key, as a part of the next batch. */
  walked<Found>(key: Key, walk: (walker: Walker) => Promise<Found>): Promise<Found> {
    const known = this.#walks.get(key) as Promise<Found> | undefined;
    if (known) return known;
    const found = this.batches.dispatched().then(() => this.batches.join(() => walk(this.walker)));
    this.#walks.set(key, found);
    return found;
  }

  /** Forgets what was fetched: after a write of this request, nothing of before may answer for what comes after it. */
  forget(): void {
    for (const loader of this.#loaders.values()) loader.clearAll();
    this.#walks.clear();
    this.graph.versions.forget();
    this.#cache?.forget();
    this.#snapshot.restart();
  }

  /**
   * A field that is worked out for many parents at once; `key` holds its arguments. `work` is done once per level, for all
   * of its parents, in their order; it reads at once, outside the round trips.
   */
  together<Value>(
    key: Key,
    work: (parents: readonly string[], ask: Ask, slices: Slices) => Promise<readonly Value[]>,
  ): DataLoader<string, Value, string> {
    return this.loader(key, (parents: readonly string[], ask) => work(parents, ask, this.slices), { way: atOnce });
  }

  /** Names the state of the graph. */
  async version(): Promise<string> {
    const version = await this.engine.version({ signal: this.#signal, requester: this.#requester });
    this.#versions.add(version);
    return version;
  }

  /** What this request reads is of this instant or later. */
  get startedAt(): number {
    return this.#snapshot.startedAt;
  }

  /** Something was read that is not of these loaders, of a version; null where nobody can tell which. */
  readElsewhere(version: string | null = null): void {
    this.#versions.add(version);
  }

  /** The one version of the graph that all of this request's readings were of; null when there is no such one. */
  get answeredAt(): string | null {
    return onlyVersion(this.#versions);
  }

  async #read<Row>(
    statement: Statement<Row>,
    parameters: Parameters,
    onVersion?: (version: string | null) => void,
  ): Promise<Row[]> {
    const answer = answerTo(statement, parameters);
    const found = answer && (await this.#snapshot.run(answer, (version) => onVersion?.(version)));
    if (found) return found;
    const askedAt = performance.now();
    this.batches.statements++;
    return this.engine.read(statement, parameters, {
      signal: this.#signal,
      requester: this.#requester,
      onVersion: (version) => {
        this.#versions.add(version);
        if (version !== null) this.#saw(version, askedAt);
        onVersion?.(version);
      },
    });
  }

  #saw(version: string, askedAt: number): void {
    if (this.#cache) this.#cache.saw(version, askedAt);
    else this.graph.versions.saw(version, askedAt);
  }

  /** How lists are read: by statements, and from the snapshot, whose version is noted. */
  protected reading(ask: Ask, note: (version: string) => void): Reading {
    return {
      ask,
      fromSnapshot: (work) => this.#snapshot.run(work, note),
      planned: (step) => void this.plan.push(step),
    };
  }

  /** Does a batch's work; the version is the one that it was of. */
  async #batch<Item, Value>(way: Way, work: Work<Item, Value>, items: readonly Item[]): Promise<Batch<Value>> {
    const versions = new Set<string | null>();
    const ask: Ask = (statement, parameters = {}) =>
      way(() => this.#read(statement, parameters, (version) => void versions.add(version)));
    const values = await work(items, ask, (version) => void versions.add(version));
    return { values, version: onlyVersion(versions) };
  }

  /**
   * The one loader of a key: the same for all parents of a level, and what it brings is cached under that key. So the key must
   * hold all that decides what `work` does; `itemKey` tells the items of the loader apart.
   */
  protected loader<Item, Value>(
    key: Key,
    work: Work<Item, Value>,
    { itemKey = String, way = this.batches.join }: { itemKey?: (item: Item) => string; way?: Way } = {},
  ): DataLoader<Item, Value, string> {
    const known = this.#loaders.get(key) as DataLoader<Item, Value, string> | undefined;
    if (known) return known;
    const shortKey = compactKey(key);
    const load = async (items: readonly Item[]): Promise<readonly (Value | Error)[]> => {
      if (!this.#cache) return (await this.#batch(way, work, items)).values;
      const keys = items.map((item) => keyWithin(shortKey, itemKey(item)));
      const some = (indices: readonly number[]): readonly Item[] => indices.map((index) => items[index]!);
      return this.#cache.through<Value>(
        keys,
        (indices) => this.#batch(way, work, some(indices)),
        (version) => void this.#versions.add(version),
      );
    };
    const made = new DataLoader<Item, Value, string>(load, {
      batchScheduleFn: this.batches.schedule,
      cacheKeyFn: itemKey,
    });
    this.#loaders.set(key, made as unknown as DataLoader<never, never, string>);
    return made;
  }
}
