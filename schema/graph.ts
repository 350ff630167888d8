import { ChangeFollower } from '../src/changes/follower.ts';
import type { GraphEngine } from '../src/graph/engine.ts';
import { VersionProbe } from '../src/graph/version-probe.ts';
import { type CacheSettings, ResultCache } from '../src/loaders/result-cache.ts';
import { NameSearch } from '../src/search/name-search.ts';
import { CurrentSnapshot } from '../src/snapshot/current.ts';
import { EndpointHints } from '../src/store/endpoint-hints.ts';
import { LoadingWatch } from '../src/store/loading.ts';
import { sharedKey } from '../src/store/shared-key.ts';
import { SubgraphMemory } from '../src/subgraphs/subgraphs.ts';

/**
 * One graph as a process serves it: its engine, and all that the process remembers of it. Made once, where the process
 * puts itself together, and passed on.
 */
export interface Graph {
  readonly engine: GraphEngine;
  readonly versions: VersionProbe;
  /** Results of earlier requests; null where nothing is cached. */
  readonly results: ResultCache | null;
  /** Its structure in memory; null where that is switched off. It answers once it is loaded. */
  readonly snapshot: CurrentSnapshot | null;
  readonly names: NameSearch;
  readonly changes: ChangeFollower;
  /** What loads into it, in this process or another. */
  readonly loading: LoadingWatch;
  /** Where relationships were last seen; null for an engine with an index of relationships. */
  readonly hints: EndpointHints | null;
  /** Selected parts of the graph and their measures, and the workers that compute these. */
  readonly subgraphs: SubgraphMemory;
}

/** What a process remembers of its graph. */
export interface GraphOptions {
  readonly cache?: CacheSettings | null;
  /** Bytes that the snapshot may take; 0: there is none. */
  readonly snapshotBytes?: number;
  /** Milliseconds between two reads of the change log while somebody listens. Default: half a second. */
  readonly changesEveryMs?: number;
  /** Milliseconds that an answer waits for the database to say what loads. Default: 400. */
  readonly loadingLookMs?: number;
}

/** A graph around an engine. Nothing is read yet. */
export function createGraph(
  engine: GraphEngine,
  { cache = null, snapshotBytes = 0, changesEveryMs, loadingLookMs }: GraphOptions = {},
): Graph {
  const snapshot = snapshotBytes === 0 ? null : new CurrentSnapshot(engine, { maxBytes: snapshotBytes });
  // Asking for the version brings the snapshot to it, where this process alone has written.
  const versions = new VersionProbe({
    isShared: engine.isShared,
    version: () => (snapshot ? snapshot.probe() : engine.version()),
  });
  return {
    engine,
    versions,
    results: cache === null || cache.bytes === 0 ? null : new ResultCache(versions, cache),
    snapshot,
    names: new NameSearch(engine, versions),
    changes: new ChangeFollower(engine, changesEveryMs),
    loading: new LoadingWatch(engine, versions, loadingLookMs),
    hints: engine.seeksRelationships ? null : new EndpointHints(),
    subgraphs: new SubgraphMemory(engine.isShared ? sharedKey(engine, 'link key') : undefined),
  };
}
