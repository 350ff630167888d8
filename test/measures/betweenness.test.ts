import { describe, expect, it } from 'vitest';
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';
import { groupsOf } from '../../src/measures/pairs-between.ts';
import { randomNumbers } from '../../src/measures/random.ts';
import { amount } from '../support/tier.ts';
import { all, networkxFixtures } from './networkx-fixtures.ts';

/** Groups as lists: those of each node. */
const groupsFrom = (lists: readonly (readonly number[])[]) => {
  const offsets = new Int32Array(lists.length + 1);
  for (const [node, list] of lists.entries()) offsets[node + 1] = offsets[node]! + list.length;
  const values = Int32Array.from(lists.flat());
  return { offsets, values, count: values.reduce((most, value) => Math.max(most, value), -1) + 1 };
};

/** Numbers of steps and of shortest paths from one node to each; Infinity and 0 where there is none. */
function pathsFrom({ size, offsets, neighbours }: WeightedGraph, source: number) {
  const steps = new Array<number>(size).fill(Number.POSITIVE_INFINITY);
  const count = new Array<number>(size).fill(0);
  [steps[source], count[source]] = [0, 1];
  for (let level = [source]; level.length > 0; ) {
    const next = new Set<number>();
    for (const node of level) {
      for (const neighbour of neighbours.subarray(offsets[node], offsets[node + 1])) {
        if (steps[neighbour]! <= steps[node]!) continue;
        steps[neighbour] = steps[node]! + 1;
        count[neighbour]! += count[node]!;
        next.add(neighbour);
      }
    }
    level = [...next];
  }
  return { steps, count };
}

/** Betweenness by its definition: of all ordered pairs that count, the share of the shortest paths that lead through a node. */
function byDefinition(graph: WeightedGraph, counts: (from: number, to: number) => boolean): number[] {
  const nodes = Array.from({ length: graph.size }, (_, node) => node);
  const paths = nodes.map((node) => pathsFrom(graph, node));
  return nodes.map((through) => {
    let sum = 0;
    for (const from of nodes) {
      for (const to of nodes) {
        if (from === to || from === through || to === through || !counts(from, to)) continue;
        const { steps, count } = paths[from]!;
        if (steps[through]! + paths[through]!.steps[to]! !== steps[to] || count[to] === 0) continue;
        sum += (count[through]! * paths[through]!.count[to]!) / count[to]!;
      }
    }
    return sum;
  });
}

/** A random graph in which nodes have no group, one, or several. */
function randomCase(seed: number) {
  const random = randomNumbers(seed);
  const size = 2 + Math.floor(random() * 80);
  const density = 1 + random() * 3;
  const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
  for (let edge = 0; edge < density * size; edge++) {
    edges.from.push(Math.floor(random() ** 2 * size));
    edges.to.push(Math.floor(random() * size));
    edges.weight.push(1);
  }
  const lists = Array.from({ length: size }, () => [0, 1, 2, 3, 4].filter(() => random() < 0.25));
  return { graph: weightedGraph(size, edges), lists };
}

describe('betweenness', () => {
  it('is that of the definition, on random graphs, of all pairs and of those between groups', () => {
    for (let seed = 1; seed <= amount({ usual: 60, long: 1_000 }); seed++) {
      const { graph, lists } = randomCase(seed);
      const nodes = all(graph.size);
      const expected = byDefinition(graph, () => true);
      for (const [node, value] of dependenciesFrom(graph, nodes).sums.entries()) {
        expect(value, `graph ${seed}, node ${node}`).toBeCloseTo(expected[node]!, 8);
      }
      const isBetween = (from: number, to: number): boolean =>
        lists[from]!.length > 0 && lists[to]!.length > 0 && !lists[from]!.some((group) => lists[to]!.includes(group));
      const between = byDefinition(graph, isBetween);
      const groups = groupsFrom(lists);
      // Of nodes without a group no path counts.
      const grouped = nodes.filter((node) => lists[node]!.length > 0);
      for (const sources of [nodes, grouped]) {
        for (const [node, value] of dependenciesFrom(graph, sources, undefined, groups).sums.entries()) {
          expect(value, `graph ${seed}, node ${node}`).toBeCloseTo(between[node]!, 8);
        }
      }
    }
  });

  it('between groups equals the sum of betweenness_centrality_subset of networkx, on 50 random graphs', () => {
    for (const { graph, size, values, networks, betweenValues, betweenNetworks } of networkxFixtures()) {
      const factor = 1 / Math.max(1, (size - 1) * (size - 2));
      const found = (groups: Parameters<typeof dependenciesFrom>[3]) =>
        dependenciesFrom(graph, all(size), undefined, groups).sums.map((sum) => sum * factor);
      for (const [node, value] of found(groupsOf(Int32Array.from(values))).entries()) {
        expect(value).toBeCloseTo(betweenValues[node]!, 10);
      }
      for (const [node, value] of found(groupsFrom(networks)).entries()) {
        expect(value).toBeCloseTo(betweenNetworks[node]!, 10);
      }
    }
  });
});
