import { describe, expect, it } from 'vitest';
import { assortativity } from '../../src/measures/assortativity.ts';
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { components } from '../../src/measures/components.ts';
import { constraints } from '../../src/measures/constraint.ts';
import { coreNumbers } from '../../src/measures/core.ts';
import { harmonicFrom } from '../../src/measures/harmonic.ts';
import { pageRank } from '../../src/measures/page-rank.ts';
import { estimated } from '../../src/measures/sampled.ts';
import { all, networkxFixtures } from './networkx-fixtures.ts';

const fixtures = networkxFixtures();

/** Numbers as far as both libraries calculate them alike. */
function expectClose(found: Iterable<number>, expected: readonly (number | null)[], digits = 10): void {
  for (const [node, value] of [...found].entries()) {
    if (expected[node] === null) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected[node]!, digits);
  }
}

describe('measures of 50 random weighted graphs equal those of networkx:', () => {
  it('components', () => {
    expect(fixtures).toHaveLength(50);
    for (const fixture of fixtures) {
      const sizes: number[] = [];
      for (const component of components(fixture.graph)) sizes[component] = (sizes[component] ?? 0) + 1;
      expect(sizes).toEqual(fixture.components);
    }
  });

  it('PageRank', () => {
    for (const fixture of fixtures) expectClose(pageRank(fixture.graph, undefined, 1e-14), fixture.pageRank);
  });

  it('PageRank, in about 20 steps over the edges, where powers of the matrix took 50', () => {
    let steps = 0;
    for (const { graph } of fixtures) pageRank(graph, () => steps++);
    expect(steps / fixtures.length).toBeLessThan(25);
  });

  it('core numbers', () => {
    for (const fixture of fixtures) expect([...coreNumbers(fixture.graph)]).toEqual(fixture.core);
  });

  it('harmonic closeness', () => {
    for (const fixture of fixtures) {
      expectClose(harmonicFrom(fixture.graph, all(fixture.size)).sums, fixture.harmonic);
    }
  });

  it('betweenness, also when it is added up from parts', () => {
    for (const fixture of fixtures) {
      const { size, graph } = fixture;
      const factor = 1 / Math.max(1, (size - 1) * (size - 2));
      const { values, errors } = estimated(dependenciesFrom(graph, all(size)), size, size, factor);
      expectClose(values, fixture.betweenness);
      expect(errors.every((error) => error === 0)).toBe(true);
      const parts = [all(size).slice(0, 3), all(size).slice(3)].map((part) => dependenciesFrom(graph, part).sums);
      expectClose(
        parts[0]!.map((sum, node) => (sum + parts[1]![node]!) * factor),
        fixture.betweenness,
      );
    }
  });

  it("Burt's constraint", () => {
    for (const fixture of fixtures) expectClose(constraints(fixture.graph), fixture.constraint);
  });

  it('assortativity', () => {
    for (const fixture of fixtures) {
      const offsets = Int32Array.from({ length: fixture.size + 1 }, (_, node) => node);
      const values = Int32Array.from(fixture.values);
      const { coefficient, knownEdges } = assortativity(fixture.graph, { offsets, values, count: 3 });
      if (fixture.assortativity === null) expect(coefficient).toBeNull();
      else expect(coefficient).toBeCloseTo(fixture.assortativity, 10);
      expect(knownEdges).toBe(fixture.edges.length);
    }
  });
});
