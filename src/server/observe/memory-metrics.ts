import type { Registry } from 'prom-client';
import { counterOf, gaugeOf, stateOf } from './figures.ts';

/** The figures of a cache. */
export interface CacheMeasured {
  readonly figures: {
    readonly hits: number;
    readonly misses: number;
    readonly entries: number;
    readonly bytes: number;
  };
}

const SNAPSHOT_STATES = ['none', 'loading', 'ready', 'too large'] as const;

/** The figures of the snapshot. */
export interface SnapshotMeasured {
  readonly state: (typeof SNAPSHOT_STATES)[number];
  readonly bytes: number;
  readonly figures: {
    readonly loads: number;
    readonly loadMs: number;
    readonly current: number;
    readonly behind: number;
  };
}

/** Adds the figures of the result cache. */
export function observeCache(registry: Registry, cache: CacheMeasured): void {
  const name = 'grappe_result_cache';
  counterOf(
    registry,
    `${name}_hits_total`,
    'Results found in the cache of earlier requests.',
    () => cache.figures.hits,
  );
  counterOf(registry, `${name}_misses_total`, 'Results that had to be read.', () => cache.figures.misses);
  gaugeOf(registry, `${name}_entries`, 'Cached results.', () => cache.figures.entries);
  gaugeOf(registry, `${name}_bytes`, 'Estimated bytes of the cached results.', () => cache.figures.bytes);
}

/** Adds the figures of the snapshot. */
export function observeSnapshot(registry: Registry, snapshot: SnapshotMeasured): void {
  const state = { name: 'grappe_snapshot_state', help: '1 for the state of the snapshot.', label: 'state' };
  stateOf(registry, state, SNAPSHOT_STATES, () => snapshot.state);
  gaugeOf(registry, 'grappe_snapshot_bytes', 'Bytes of the snapshot.', () => snapshot.bytes);
  counterOf(registry, 'grappe_snapshot_loads_total', 'Loads of the whole graph.', () => snapshot.figures.loads);
  gaugeOf(
    registry,
    'grappe_snapshot_load_seconds',
    'Duration of the last load.',
    () => snapshot.figures.loadMs / 1_000,
  );
  const met = 'Questions that met a snapshot';
  counterOf(registry, 'grappe_snapshot_current_total', `${met} equal to the graph.`, () => snapshot.figures.current);
  counterOf(
    registry,
    'grappe_snapshot_behind_total',
    `${met} behind the graph: it catches up.`,
    () => snapshot.figures.behind,
  );
}
