import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VersionProbe } from '../../src/graph/version-probe.ts';
import { SnapshotReader } from '../../src/loaders/snapshot-reader.ts';
import { Slices } from '../../src/scheduling/slices.ts';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import { done, SOURCES } from '../editing/editors.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
let current: CurrentSnapshot;

beforeAll(async () => {
  graph = await (await emptyGraph()).fill(new World().organisation('One'));
  current = new CurrentSnapshot(graph.engine);
  await current.load();
});
afterAll(() => graph[Symbol.asyncDispose]());

/** Reads the snapshot while the graph is asked for its version, which answers after `before` is done. */
async function readWhileAsked(before: () => Promise<unknown>): Promise<{ value: string | null; steps: string[] }> {
  const steps: string[] = [];
  const versions = new VersionProbe({
    isShared: true,
    version: async (options) => {
      await before();
      steps.push('version');
      return graph.engine.version(options);
    },
  });
  versions.saw(current.version!, performance.now());
  const { signal } = new AbortController();
  const noting = (by: string) => (version: string) => {
    steps.push(version === current.version ? `noted by ${by}` : 'wrong version');
  };
  const reader = new SnapshotReader({
    ...{ snapshot: current, versions, signal, note: noting('the request') },
    slices: new Slices(signal),
  });
  const value = await reader.run(function* (snapshot) {
    steps.push('read');
    yield;
    return snapshot.nodes.name(snapshot.nodes.find('organisation/one'));
  }, noting('the batch'));
  return { value, steps };
}

describe('a list that is read while a shared graph is asked for its version', () => {
  it('is taken if the version is that of the snapshot', async () => {
    const turns = () => new Promise((resolve) => setTimeout(resolve, 50));
    expect(await readWhileAsked(turns)).toEqual({
      value: 'One',
      steps: ['read', 'version', 'noted by the request', 'noted by the batch'],
    });
  });

  it('is dropped if the graph has changed meanwhile', async () => {
    const input = { name: 'Another name', sources: SOURCES };
    const changed = () => done(graph, 'organisationUpdate', { id: 'organisation/one', input });
    expect(await readWhileAsked(changed)).toEqual({ value: null, steps: ['read', 'version'] });
    await current.settled();
    const turns = () => Promise.resolve();
    expect((await readWhileAsked(turns)).value).toBe('Another name');
  });
});
