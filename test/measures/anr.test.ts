import { expect, it } from 'vitest';
import { leiden } from '../../src/measures/leiden.ts';
import { collaborations } from '../support/anr.ts';
import { partsOf } from './parts.ts';

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const graphs = collaborations();

// igraph 1.0's community_leiden to its end on the same network, median of five seeds: .6277 and .6608, from .6269 and .6561 on.
it.each([
  ['weighted', 0.627],
  ['unit', 0.658],
] as const)('communities of the ANR reach the modularity of igraph, and are connected: %s', (name, least) => {
  const found = [1, 2, 3, 4, 5].map((seed) => leiden(graphs[name], { seed }));
  for (const { membership } of found) {
    expect(partsOf(graphs[name], membership)).toBe(Math.max(...membership) + 1);
  }
  expect(median(found.map(({ modularity }) => modularity))).toBeGreaterThan(least);
});
