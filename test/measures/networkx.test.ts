import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assortativity } from '../../src/measures/assortativity.ts';
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { components } from '../../src/measures/components.ts';
import { constraints } from '../../src/measures/constraint.ts';
import { coreNumbers } from '../../src/measures/core.ts';
import { weightedGraph } from '../../src/measures/graph.ts';
import { harmonicFrom } from '../../src/measures/harmonic.ts';
import { pageRank } from '../../src/measures/page-rank.ts';
import { estimated } from '../../src/measures/sampled.ts';

interface Fixture {
  readonly size: number;
  readonly edges: readonly (readonly [from: number, to: number, weight: number])[];
  readonly values: readonly number[];
  readonly components: readonly number[];
  readonly pageRank: readonly number[];
  readonly core: readonly number[];
  readonly harmonic: readonly number[];
  readonly betweenness: readonly number[];
  readonly constraint: readonly (number | null)[];
  readonly assortativity: number | null;
}

const lines = readFileSync(new URL('./fixtures/random-graphs.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const fixtures = lines.map((line) => JSON.parse(line) as Fixture);

const graphOf = ({ size, edges }: Fixture) =>
  weightedGraph(size, {
    from: edges.map(([from]) => from),
    to: edges.map(([, to]) => to),
    weight: edges.map(([, , weight]) => weight),
  });

const all = (size: number): Int32Array => Int32Array.from({ length: size }, (_, node) => node);

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
      for (const component of components(graphOf(fixture))) sizes[component] = (sizes[component] ?? 0) + 1;
      expect(sizes).toEqual(fixture.components);
    }
  });

  it('PageRank', () => {
    for (const fixture of fixtures) expectClose(pageRank(graphOf(fixture), undefined, 1e-14), fixture.pageRank);
  });

  it('core numbers', () => {
    for (const fixture of fixtures) expect([...coreNumbers(graphOf(fixture))]).toEqual(fixture.core);
  });

  it('harmonic closeness', () => {
    for (const fixture of fixtures) {
      expectClose(harmonicFrom(graphOf(fixture), all(fixture.size)).sums, fixture.harmonic);
    }
  });

  it('betweenness, also when it is added up from parts', () => {
    for (const fixture of fixtures) {
      const { size } = fixture;
      const graph = graphOf(fixture);
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
    for (const fixture of fixtures) expectClose(constraints(graphOf(fixture)), fixture.constraint);
  });

  it('assortativity', () => {
    for (const fixture of fixtures) {
      const offsets = Int32Array.from({ length: fixture.size + 1 }, (_, node) => node);
      const values = Int32Array.from(fixture.values);
      const { coefficient, knownEdges } = assortativity(graphOf(fixture), { offsets, values, count: 3 });
      if (fixture.assortativity === null) expect(coefficient).toBeNull();
      else expect(coefficient).toBeCloseTo(fixture.assortativity, 10);
      expect(knownEdges).toBe(fixture.edges.length);
    }
  });
});
