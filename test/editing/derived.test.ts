import { describe, expect, it } from 'vitest';
import { rebuildPartnerships } from '../../src/editing/derive.ts';
import { emptyGraph } from '../support/graph.ts';
import { amount } from '../support/tier.ts';
import { dump } from './dump.ts';
import { fullWorld, storm } from './storm.ts';

const SEEDS = Array.from({ length: amount({ usual: 3, neo4j: 1, long: 10 }) }, (_, index) => index + 1);

describe('a storm of mutations', () => {
  it.each(SEEDS)('leaves the partnerships that a rebuild would make, seed %i', async (seed) => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const done = await storm(graph.engine, seed, 120, 6);
    expect(done).toBeGreaterThan(40);
    const before = await dump(graph.engine);
    await rebuildPartnerships(graph.engine);
    expect(await dump(graph.engine)).toEqual(before);
  });
});
