import { describe, expect, it } from 'vitest';
import { assortativity } from '../../src/measures/assortativity.ts';
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';
import { harmonicFrom } from '../../src/measures/harmonic.ts';
import { tellingValues } from '../../src/measures/lift.ts';
import { groupsOf } from '../../src/measures/pairs-between.ts';
import { randomNumbers } from '../../src/measures/random.ts';
import { drawn } from '../../src/measures/random-sources.ts';
import { ranked } from '../../src/measures/ranked.ts';
import { estimated } from '../../src/measures/sampled.ts';

const SIZE = 400;
const random = randomNumbers(7);
const ends = Array.from(
  { length: 1_200 },
  () => [Math.floor(random() ** 2 * SIZE), Math.floor(random() * SIZE)] as const,
);
const graph = weightedGraph(SIZE, {
  from: ends.map(([a]) => a),
  to: ends.map(([, b]) => b),
  weight: ends.map(() => 1),
});
const all = drawn(SIZE, SIZE, 1);

describe.each([
  ['betweenness', dependenciesFrom],
  ['harmonic closeness', harmonicFrom],
] as const)('an estimate of %s', (_, sumsFrom) => {
  it('lies within three standard errors of the exact value, for nearly all of the fifty highest', () => {
    const exact = estimated(sumsFrom(graph, all), SIZE, SIZE, 1).values;
    const { values, errors } = estimated(sumsFrom(graph, drawn(SIZE, 150, 1)), SIZE, 150, 1);
    const highest = [...ranked(exact).order].slice(0, 50);
    const within = highest.filter((node) => Math.abs(values[node]! - exact[node]!) <= 3 * errors[node]!);
    expect(within.length).toBeGreaterThanOrEqual(48);
    expect(errors.every((error) => error >= 0)).toBe(true);
  });

  it('is the same for the same seed', () => {
    expect(drawn(SIZE, 150, 1)).toEqual(drawn(SIZE, 150, 1));
    expect(drawn(SIZE, 150, 2)).not.toEqual(drawn(SIZE, 150, 1));
    expect(new Set(drawn(SIZE, 150, 1)).size).toBe(150);
  });
});

describe('harmonic closeness', () => {
  /** Projects of up to six parties, most of which take part in no other: neighbours that share all others. */
  function collaborations(seed: number): WeightedGraph {
    const random = randomNumbers(seed);
    const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
    let size = 8;
    for (let project = 0; project < 40; project++) {
      const hubs = [0, 1].map(() => Math.floor(random() * 8)).filter(() => random() < 0.8);
      const parties = [...hubs, ...Array.from({ length: 1 + Math.floor(random() * 4) }, () => size++)];
      for (const from of parties) {
        for (const to of parties) {
          if (from >= to) continue;
          edges.from.push(from);
          edges.to.push(to);
          edges.weight.push(1);
        }
      }
    }
    return weightedGraph(size, edges);
  }

  /** The sums of 1 / distance and of its square, breadth first from each source. */
  function plainly({ size, offsets, neighbours }: WeightedGraph, sources: ArrayLike<number>) {
    const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
    for (const source of Array.from(sources)) {
      const distance = new Map([[source, 0]]);
      for (const [node, far] of distance) {
        if (far > 0) sums[node]! += 1 / far;
        if (far > 0) squares[node]! += 1 / far ** 2;
        for (const next of neighbours.subarray(offsets[node]!, offsets[node + 1]!)) {
          if (!distance.has(next)) distance.set(next, far + 1);
        }
      }
    }
    return { sums, squares };
  }

  it.each([1, 2, 3, 4, 5, 6])(
    'of nodes that share their neighbours is that of each, from all and from some: %i',
    (seed) => {
      const graph = collaborations(seed);
      for (const sources of [drawn(graph.size, graph.size, 1), drawn(graph.size, 50, seed)]) {
        const [found, expected] = [harmonicFrom(graph, sources), plainly(graph, sources)];
        for (const sum of ['sums', 'squares'] as const) {
          for (const [node, value] of expected[sum].entries()) expect(found[sum][node]).toBeCloseTo(value, 10);
        }
      }
    },
  );
});

describe('betweenness between groups', () => {
  it('counts the paths that lead from one group to another', () => {
    // 0 - 1 - 2 - 3: 1 is between 0 and the others, but of those only 2 and 3 are in another group.
    const line = weightedGraph(4, { from: [0, 1, 2], to: [1, 2, 3], weight: [1, 1, 1] });
    const { sums } = dependenciesFrom(line, [0, 1, 2, 3], undefined, groupsOf(Int32Array.from([0, 0, 1, 1])));
    expect([...sums]).toEqual([0, 4, 4, 0]);
    expect([...dependenciesFrom(line, [0, 1, 2, 3]).sums]).toEqual([0, 4, 4, 0]);
    const { sums: others } = dependenciesFrom(line, [0, 1, 2, 3], undefined, groupsOf(Int32Array.from([0, 1, 1, 0])));
    expect([...others]).toEqual([0, 2, 2, 0]);
  });
});

describe('a ranking', () => {
  it('gives equal values equal ranks, and leaves out nodes without one', () => {
    const { order, ranks } = ranked(Float64Array.from([1, 3, Number.NaN, 3, 2]));
    expect([...order]).toEqual([1, 3, 4, 0]);
    expect([...ranks]).toEqual([4, 1, 0, 1, 3]);
    expect([...ranked(Float64Array.from([1, 3, 2]), true).order]).toEqual([0, 2, 1]);
  });
});

describe('assortativity of several values', () => {
  it('counts a node for each of its values in equal parts, and leaves out edges without', () => {
    const line = weightedGraph(4, { from: [0, 1, 2], to: [1, 2, 3], weight: [1, 1, 1] });
    const values = { offsets: Int32Array.from([0, 1, 3, 4, 4]), values: Int32Array.from([0, 0, 1, 1]), count: 2 };
    // Edges 0-1 and 1-2: alike for a half each; a half of all ends has each value.
    expect(assortativity(line, values)).toEqual({ coefficient: 0, knownEdges: 2 });
  });
});

describe('telling values', () => {
  it('are those that a group has more often, by lift', () => {
    const values = {
      offsets: Int32Array.from([0, 2, 4, 5, 6, 7, 8]),
      values: Int32Array.from([0, 1, 0, 1, 1, 1, 2, 2]),
      count: 3,
    };
    const [first, second] = tellingValues(Int32Array.from([0, 0, 0, 1, 1, 1]), 2, values, 5);
    expect(first).toEqual([
      { value: 0, count: 2, lift: 2 / 3 / (2 / 6) },
      { value: 1, count: 3, lift: 1 / (4 / 6) },
    ]);
    expect(second).toEqual([{ value: 2, count: 2, lift: 2 / 3 / (2 / 6) }]);
  });
});
