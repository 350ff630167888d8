import { describe, expect, it } from 'vitest';
import { rankedCommunities } from '../../src/measures/communities.ts';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';
import { leiden, modularity } from '../../src/measures/leiden.ts';
import { randomNumbers } from '../../src/measures/random.ts';
import { partsOf } from './parts.ts';

/** A graph of groups that are joined with each other less than within, with random weights. */
function planted(seed: number, groups: number, size: number): WeightedGraph {
  const random = randomNumbers(seed);
  const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
  const nodes = groups * size;
  for (let edge = 0; edge < nodes * 5; edge++) {
    const from = Math.floor(random() * nodes);
    const within = random() < 0.75;
    const to = within ? Math.floor(from / size) * size + Math.floor(random() * size) : Math.floor(random() * nodes);
    edges.from.push(from);
    edges.to.push(to);
    edges.weight.push(0.1 + random());
  }
  return weightedGraph(nodes, edges);
}

describe('communities', () => {
  it.each([1, 2, 3, 4, 5])('are connected, and find planted groups: graph %i', (seed) => {
    const graph = planted(seed, 20, 30);
    const { membership, modularity: quality } = leiden(graph, { seed });
    const count = Math.max(...membership) + 1;
    expect(partsOf(graph, membership)).toBe(count);
    const truth = Int32Array.from({ length: graph.size }, (_, node) => Math.floor(node / 30));
    expect(quality).toBeGreaterThan(modularity(graph, truth) - 0.002);
    expect(quality).toBeCloseTo(modularity(graph, membership), 12);
  });

  it('are the same for the same seed, and smaller for a larger resolution', () => {
    const graph = planted(9, 10, 40);
    expect(leiden(graph, { seed: 3 })).toEqual(leiden(graph, { seed: 3 }));
    const count = (resolution: number): number => Math.max(...leiden(graph, { resolution }).membership);
    expect(count(4)).toBeGreaterThan(count(1));
    expect(count(1)).toBeGreaterThan(count(0.05));
  });

  it('of two nodes and more are ranked, with the most central members first', () => {
    const graph = weightedGraph(6, { from: [0, 0, 1, 3], to: [1, 2, 2, 4], weight: [1, 2, 2, 1] });
    const { membership, order, starts, within } = rankedCommunities(graph, { resolution: 1, seed: 1 });
    expect([...membership]).toEqual([0, 0, 0, 1, 1, 2]);
    expect([...starts]).toEqual([0, 3, 5]);
    expect([...order]).toEqual([2, 0, 1, 3, 4]);
    expect([...within]).toEqual([3, 3, 4, 1, 1, 0]);
  });

  it('of a graph without edges are none', () => {
    const graph = weightedGraph(3, { from: [], to: [], weight: [] });
    expect([...rankedCommunities(graph, { resolution: 1, seed: 1 }).starts]).toEqual([0]);
    expect([...rankedCommunities({ ...graph, size: 0 }, { resolution: 1, seed: 1 }).order]).toEqual([]);
  });
});
