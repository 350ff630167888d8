import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveServers } from '../../src/store/servers.ts';
import { sharedKey } from '../../src/store/shared-key.ts';
import { countsOf } from '../../src/transfer/backup/contents.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';

const MINUTE = 60_000;

let graph: TestGraph;
let now = Date.parse('2026-11-29T08:00:00Z');
beforeAll(async () => {
  graph = await emptyGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const newServer = (): LiveServers => new LiveServers(graph.engine, () => now);

describe('servers on one graph', () => {
  it('count each other, until one leaves or is silent for a quarter of an hour', async () => {
    const [one, other, killed] = [newServer(), newServer(), newServer()];
    expect(one.count).toBe(1);
    for (const server of [one, other, killed]) await server.announce();
    await one.look();
    expect([one.count, other.count, killed.count]).toEqual([3, 2, 3]);
    await other.leave();
    await one.look();
    expect(one.count).toBe(2);
    now += 10 * MINUTE;
    await one.announce();
    expect(one.count).toBe(2);
    now += 5 * MINUTE;
    await one.announce();
    expect(one.count).toBe(1);
    // What the killed one has left was taken away.
    await other.announce();
    now -= 15 * MINUTE;
    await other.look();
    expect(other.count).toBe(2);
    await Promise.all([one.leave(), other.leave()]);
  });

  it('have a key in common, also where all ask for it at once', async () => {
    const keys = await Promise.all(Array.from({ length: 4 }, () => sharedKey(graph.engine, 'test key')()));
    expect(keys[0]).toHaveLength(32);
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    const other = await sharedKey(graph.engine, 'another key')();
    expect(other.equals(keys[0]!)).toBe(false);
  });

  it('leave nothing of theirs in what a backup has', async () => {
    const before = await countsOf((statement, parameters) => graph.engine.read(statement, parameters));
    await newServer().announce();
    expect(await countsOf((statement, parameters) => graph.engine.read(statement, parameters))).toEqual(before);
  });
});
