import { ClientError } from '../domain/client-error.ts';
import { type Key, keyOf } from '../domain/key.ts';
import { SharedResults } from '../measures/cache.ts';
import { WorkerPool } from '../measures/pool.ts';
import type { SnapshotState } from '../snapshot/current.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { type Attribute, type AttributeName, attributeOf, kindsOf } from './attributes.ts';
import { type Computation, Computations } from './computations.ts';
import { ExportLinks } from './exports/links.ts';
import { GraphMeasures } from './measures.ts';
import { type Pause, selectFrom } from './select.ts';
import type { SelectedGraph } from './selected-graph.ts';
import { type Selection, selectionKey } from './selection.ts';

/** Why no snapshot answers; `off`: there is none in this process. */
export type Unavailable = SnapshotState | 'off';

/** The error of a question that only the snapshot answers, while there is none of the present graph. */
export class SnapshotUnavailableError extends ClientError {
  override readonly name = 'SnapshotUnavailableError';

  constructor(reason: Unavailable) {
    const what = 'Subgraphs are answered from the graph in memory, which';
    if (reason === 'off' || reason === 'too large') {
      const why = reason === 'off' ? 'is switched off' : 'would need more memory than it may have';
      super('SNAPSHOT_OFF', `${what} ${why} on this server: who runs it sets GRAPPE_SNAPSHOT_MB.`, {
        status: 503,
      });
    } else {
      super('SNAPSHOT_NOT_READY', `${what} is still being read: ask again in a few seconds.`, {
        status: 503,
        details: { retryAfter: RETRY_AFTER },
        headers: { 'Retry-After': String(RETRY_AFTER) },
      });
    }
  }
}

/** Seconds after which a snapshot that loads may have an answer. */
const RETRY_AFTER = 2;

/** By what a request reads the snapshot (src/loaders/request-reader.ts). */
export interface SnapshotReader {
  readSnapshot<Value>(
    read: (snapshot: Snapshot, version: string, pause: Pause) => Promise<Value | null>,
  ): Promise<{ readonly value: Value } | { readonly unavailable: Unavailable }>;
}

/** Bytes that selected graphs and their measures may take, as estimated, beside those in use. */
const CACHED_BYTES = 128 * 1_048_576;

/** What a process remembers of selected graphs: its workers, the graphs and measures of late, links to files. */
export class SubgraphMemory {
  readonly pool = new WorkerPool();
  readonly results = new SharedResults(CACHED_BYTES);
  readonly computations = new Computations();
  readonly links: ExportLinks;

  /** `linkKey` is that of all processes that take each other's links. Omitted: there are no others. */
  constructor(linkKey?: () => Promise<Buffer>) {
    this.links = new ExportLinks(linkKey && { key: linkKey });
  }

  /** Ends its workers. */
  close(): Promise<void> {
    return this.pool.close();
  }
}

/** Selected parts of the graph, for one request. */
export class Subgraphs {
  readonly #memory: SubgraphMemory;
  readonly #reader: SnapshotReader;
  readonly #signal: AbortSignal;

  constructor(memory: SubgraphMemory, reader: SnapshotReader, signal: AbortSignal) {
    this.#memory = memory;
    this.#reader = reader;
    this.#signal = signal;
  }

  async #read<Value extends object>(
    read: (snapshot: Snapshot, version: string, pause: Pause) => Promise<Value | null>,
  ): Promise<Value> {
    const found = await this.#reader.readSnapshot(read);
    if ('unavailable' in found) throw new SnapshotUnavailableError(found.unavailable);
    return found.value;
  }

  /** What is being read for this request, by what identifies it: fields that want the same at the same time share one reading. */
  readonly #inProgress = new Map<Key, Promise<unknown>>();

  #shared<Value>(key: Key, read: () => Promise<Value>): Promise<Value> {
    const known = this.#inProgress.get(key) as Promise<Value> | undefined;
    if (known) return known;
    const reading = read().finally(() => this.#inProgress.delete(key));
    this.#inProgress.set(key, reading);
    return reading;
  }

  /** What a selection selects of the present graph. Throws a SnapshotUnavailableError. */
  select(selection: Selection): Promise<SelectedGraph> {
    return this.#shared(selectionKey(null, selection), () => this.#select(selection));
  }

  #select(selection: Selection): Promise<SelectedGraph> {
    const { results } = this.#memory;
    return this.#read(async (snapshot, version, pause) => {
      results.turnTo(version);
      const key = selectionKey(version, selection);
      const known = results.known<SelectedGraph>(key);
      if (known) return known;
      const graph = await selectFrom(snapshot, version, selection, pause);
      if (graph) results.set(key, { value: graph, bytes: graph.bytes, version });
      return graph;
    });
  }

  measures(graph: SelectedGraph): GraphMeasures {
    return new GraphMeasures(graph, this.#memory, this.#signal);
  }

  /** What is being computed of a selection, by whichever request of this process, at whichever version. */
  underWay(selection: Selection): readonly Computation[] {
    return this.#memory.computations.of(selectionKey(null, selection));
  }

  /** Values of the nodes of a graph, as the present graph has them. Throws a SnapshotUnavailableError. */
  async attribute(graph: SelectedGraph, name: AttributeName): Promise<Attribute> {
    if (name === 'KIND') return kindsOf(graph);
    return this.#shared(keyOf('measure', { of: graph.key, attribute: name }), () => this.#attribute(graph, name));
  }

  #attribute(graph: SelectedGraph, name: Exclude<AttributeName, 'KIND'>): Promise<Attribute> {
    const { results } = this.#memory;
    return this.#read(async (snapshot, version, pause) => {
      const key = keyOf('measure', { of: graph.key, attribute: name, version });
      const known = results.known<Attribute>(key);
      if (known) return known;
      const found = await attributeOf(graph, name, snapshot, pause);
      const bytes = (found?.values.byteLength ?? 0) + (found?.offsets.byteLength ?? 0);
      if (found) results.set(key, { value: found, bytes, version });
      return found;
    });
  }
}
