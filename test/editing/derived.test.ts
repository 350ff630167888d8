import { describe, expect, it } from 'vitest';
import { rebuildPartnerships } from '../../src/editing/derive.ts';
import { emptyGraph } from '../support/graph.ts';
import { dump } from './dump.ts';
import { fullWorld, storm } from './storm.ts';

describe('a storm of mutations', () => {
  it.each([1, 2, 3])('leaves the partnerships that a rebuild would make, seed %i', async (seed) => {
    await using graph = await emptyGraph();
    await graph.fill(fullWorld());
    const done = await storm(graph.engine, seed, 120, 6);
    expect(done).toBeGreaterThan(40);
    const before = await dump(graph.engine);
    await rebuildPartnerships(graph.engine);
    expect(await dump(graph.engine)).toEqual(before);
  });
});
