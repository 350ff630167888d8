import { describe, expect, it } from 'vitest';
import { forceAtlas } from '../../src/measures/force-atlas.ts';
import { weightedGraph } from '../../src/measures/graph.ts';
import { Quadtree } from '../../src/measures/quadtree.ts';
import { randomNumbers } from '../../src/measures/random.ts';

/** Groups of ten that all know each other, with one edge from each to the next. */
function groups(count: number) {
  const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
  const add = (from: number, to: number): void => {
    edges.from.push(from);
    edges.to.push(to);
    edges.weight.push(1);
  };
  for (let group = 0; group < count; group++) {
    for (let a = 0; a < 10; a++) for (let b = a + 1; b < 10; b++) add(10 * group + a, 10 * group + b);
    if (group > 0) add(10 * group, 10 * (group - 1));
  }
  return weightedGraph(10 * count, edges);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('positions', () => {
  it('put nodes that know each other together, and are the same for the same seed', () => {
    const graph = groups(6);
    const found = forceAtlas(graph, { seed: 5 });
    expect(forceAtlas(graph, { seed: 5 })).toEqual(found);
    expect(forceAtlas(graph, { seed: 6 })).not.toEqual(found);
    const distance = (a: number, b: number): number =>
      Math.hypot(found[2 * a]! - found[2 * b]!, found[2 * a + 1]! - found[2 * b + 1]!);
    const all = Array.from({ length: 60 }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat();
    const within = all.filter(([a, b]) => Math.floor(a / 10) === Math.floor(b / 10));
    const between = all.filter(([a, b]) => Math.floor(a / 10) !== Math.floor(b / 10));
    expect(mean(between.map(([a, b]) => distance(a, b)))).toBeGreaterThan(
      4 * mean(within.map(([a, b]) => distance(a, b))),
    );
  });

  it('are numbers for graphs without edges, of one node and of none', () => {
    for (const size of [0, 1, 2, 50]) {
      const graph = weightedGraph(size, { from: [], to: [], weight: [] });
      const found = forceAtlas(graph);
      expect(found).toHaveLength(2 * size);
      expect(found.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('a quadtree', () => {
  it('gives the forces of all pairs where it may not see anything coarsely, also for bodies at one place', () => {
    const random = randomNumbers(3);
    const size = 200;
    const numbers = () => Float64Array.from({ length: size }, () => random() * 100);
    const bodies = { x: numbers(), y: numbers(), mass: numbers() };
    for (const place of [1, 2, 3]) [bodies.x[place], bodies.y[place]] = [bodies.x[0]!, bodies.y[0]!];
    const tree = new Quadtree(2);
    tree.build(bodies);
    const forces = new Float64Array(2 * size);
    tree.repel(bodies, 2, 0, forces, () => {});
    for (let body = 0; body < size; body++) {
      let [x, y] = [0, 0];
      for (let other = 0; other < size; other++) {
        const [awayX, awayY] = [bodies.x[body]! - bodies.x[other]!, bodies.y[body]! - bodies.y[other]!];
        const square = awayX ** 2 + awayY ** 2;
        if (square === 0) continue;
        const force = (2 * bodies.mass[body]! * bodies.mass[other]!) / square;
        x += awayX * force;
        y += awayY * force;
      }
      expect(forces[2 * body]!).toBeCloseTo(x, 4);
      expect(forces[2 * body + 1]!).toBeCloseTo(y, 4);
    }
  });
});
