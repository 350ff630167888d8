import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTypeOf } from '../../src/domain/vocabulary.ts';
import { FilterError } from '../../src/store/named.ts';
import { anyPlan } from '../support/arbitraries.ts';
import { dumpExpected, dumpOf } from '../support/dump.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { argumentsOf, expectedEdges, LISTS, parentsOf } from '../support/lists.ts';
import { Reference } from '../support/reference.ts';
import { cases } from '../support/tier.ts';
import { connectionOf, loadersOf, type Way, walk } from '../support/walk.ts';
import type { World } from '../support/world.ts';
import { worldOf } from '../support/world-of-plan.ts';

/** Random graphs, each with all its nodes and relationships and some of its lists. */
const GRAPHS = cases({ fast: 10, usual: 25, neo4j: 6, long: 200 });
/** Lists that are queried on each graph: there are 34 of them. */
const QUESTIONS = 8;

const anyWay = fc.record<Way>({
  direction: fc.constantFrom('forward', 'backward'),
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
});
const anyQuestion = fc
  .constantFrom(...LISTS)
  .chain((list) =>
    fc.record({ list: fc.constant(list), given: argumentsOf(list), way: anyWay, parent: fc.nat(1_000) }),
  );

/** The identifiers that a question names and the graph does not hold. */
function unknownIn(given: unknown, reference: Pick<Reference, 'nodes'>): string[] {
  if (typeof given === 'string') return nodeTypeOf(given) !== null && !reference.nodes.has(given) ? [given] : [];
  if (typeof given !== 'object' || given === null) return [];
  return Object.values(given).flatMap((each) => unknownIn(each, reference));
}

/** Fills a graph with a world, and gives it with what the reference makes of it. */
async function withWorld(
  world: World,
  check: (graph: TestGraph, reference: Reference) => Promise<void>,
): Promise<void> {
  const reference = new Reference(world);
  await using graph = await emptyGraph();
  const { rejections } = await graph.import(world);
  expect(rejections).toHaveLength(reference.rejected);
  for (const { reason } of rejections) expect(reason).toContain('outside the lifespan');
  await check(graph, reference);
}

describe('an engine and a reference without one', () => {
  it('hold the same nodes and relationships, and walk the same lists in pages of any size', async () => {
    const questions = fc.array(anyQuestion, { minLength: QUESTIONS, maxLength: QUESTIONS });
    await fc.assert(
      fc.asyncProperty(anyPlan, questions, (plan, asked) =>
        withWorld(worldOf(plan), async ({ engine }, reference) => {
          const expected = dumpExpected(reference);
          expect(await dumpOf(engine)).toEqual(expected);
          const answers = asked.map(async ({ list, given, way, parent }) => {
            const parents = parentsOf(list, reference);
            const place = parents[parent % parents.length];
            if (place === undefined) return;
            const unknown = unknownIn(given, reference);
            const edges = unknown.length > 0 ? [] : expectedEdges(list, reference, place, given);
            const loaders = loadersOf(engine);
            const request = list.request(given);
            const total = connectionOf(loaders, request, {}, place).total();
            if (unknown.length > 0) {
              await expect(total).rejects.toThrow(FilterError);
              await expect(walk(loaders, request, place, way)).rejects.toThrow(unknown[0]);
              return;
            }
            expect(await walk(loaders, request, place, way), `${list.name} ${way.direction}`).toEqual(edges);
            expect(await total, `count of ${list.name}`).toBe(edges.length);
          });
          await Promise.all(answers);
        }),
      ),
      GRAPHS,
    );
  });
});
