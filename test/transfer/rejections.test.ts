import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { BAD_CELLS } from './bad-cells.ts';
import { ground, recordsIn } from './ground.ts';

/** A row of each file that nothing is wrong with. */
const GOOD: Readonly<Record<string, (world: World) => World>> = {
  'organisations.csv': (world) => world.organisation('Good'),
  'networks.csv': (world) => world.cluster('Good Cluster'),
  'memberships.csv': (world) => world.member('Beta', 'Pole Y'),
  'partnerships.csv': (world) => world.partners('Beta', 'Alpha'),
  'successions.csv': (world) => world.succession('Pole X', 'Pole Y'),
  'labels.csv': (world) => world.label('Pole X', 'topic/a'),
  'projects.csv': (world) => world.project('project/good'),
  'participations.csv': (world) => world.takesPart('Beta', 'project/p'),
  'productions.csv': (world) => world.production('FR1', 'territory/x'),
  'indicators.csv': (world) => world.indicator('Pole X', 'members', 3),
  'claims.csv': (world) => world.claim('Pole X', 'name', 'X'),
  'territory_parts.csv': (world) => world.part('territory/x', 'territory/y'),
};

describe('a bad cell', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await (await emptyGraph()).fill(ground());
  });
  afterAll(() => graph?.[Symbol.asyncDispose]());

  it.each(BAD_CELLS)(
    'is reported by file, line and column, and the other rows are imported: %s',
    async (_, file, column, reason, add) => {
      const before = await recordsIn(graph);
      const { rejections, created, unchanged } = await graph.import(GOOD[file]!(add(new World())));
      expect(rejections).toEqual([{ file, line: 2, column, reason: expect.stringMatching(reason) }]);
      // The source and the good row; of the bad one nothing is left.
      expect(created + unchanged).toBeGreaterThanOrEqual(2);
      expect(await recordsIn(graph)).toBe(before + created);
    },
  );
});
