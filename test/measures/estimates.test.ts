import { describe, expect, it } from 'vitest';
import { assortativity } from '../../src/measures/assortativity.ts';
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { weightedGraph } from '../../src/measures/graph.ts';
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
