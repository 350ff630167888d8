import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CurrentSnapshot } from '../../src/snapshot/current.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { edit, SOURCES } from '../editing/editors.ts';
import { fullWorld, storm } from '../editing/storm.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { contents } from '../support/snapshot-contents.ts';
import { amount } from '../support/tier.ts';

/** Rounds of random mutations. */
const STORMS = amount({ fast: 2, usual: 6, neo4j: 2, long: 40 });

let graph: TestGraph;

beforeAll(async () => {
  graph = await (await emptyGraph()).fill(fullWorld());
});
afterAll(() => graph[Symbol.asyncDispose]());

async function exactOf(current: CurrentSnapshot): Promise<Snapshot> {
  for (let tries = 0; tries < 5; tries++) {
    const snapshot = current.at(await graph.engine.version());
    if (snapshot) return snapshot;
    await current.settled();
  }
  throw new Error('The snapshot does not catch up.');
}

async function loaded(): Promise<Snapshot> {
  const fresh = new CurrentSnapshot(graph.engine);
  await fresh.load();
  return exactOf(fresh);
}

describe('the current snapshot', () => {
  it('equals the graph after every kind of write, as one that is loaded again does', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    for (let seed = 1; seed <= STORMS; seed++) {
      const done = await storm(graph.engine, seed, 30, 1);
      expect(done).toBeGreaterThan(5);
      expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
    }
  });

  it('puts a renamed node where its new name stands, in every list', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    for (const name of ['Aaa', 'Zzz', 'Mmm', 'Aaa', '𝔘']) {
      await edit(graph, 'organisationUpdate', { id: 'organisation/o3', input: { name, sources: SOURCES } });
      await edit(graph, 'networkUpdate', { id: 'pole/a', input: { name: `Pole ${name}`, sources: SOURCES } });
      expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
    }
  });

  it('says nothing about a version that it does not have, and catches up for the next question', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    const before = await graph.engine.version();
    expect(current.at(before)).not.toBeNull();
    await edit(graph, 'organisationUpdate', { id: 'organisation/o4', input: { city: 'Foix', sources: SOURCES } });
    expect(current.at(await graph.engine.version())).toBeNull();
    await current.settled();
    expect(current.at(before)).toBeNull();
    expect(current.at(await graph.engine.version())).not.toBeNull();
  });

  it('says nothing after a write that left no entry in the change log, until it is loaded again', async () => {
    const current = new CurrentSnapshot(graph.engine);
    await current.load();
    await graph.engine.write((transaction) =>
      transaction.run({ name: 'foreign', text: "MATCH (n:Entity {id: 'pole/a'}) SET n.partnerCount = 77" }),
    );
    expect(current.at(await graph.engine.version())).toBeNull();
    await current.settled();
    await current.load();
    expect(contents(await exactOf(current))).toEqual(contents(await loaded()));
  });

  it('leaves a graph that does not fit the budget to the database', async () => {
    const current = new CurrentSnapshot(graph.engine, { maxBytes: 100 });
    await current.load();
    expect([current.state, current.at(await graph.engine.version())]).toEqual(['too large', null]);
  });
});
