import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weightedGraph } from '../../src/measures/graph.ts';
import { PoolBusyError } from '../../src/measures/pool.ts';
import { searchOf } from '../measures/parts.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { twoGroups } from './two-groups.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(twoGroups());
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('territories', () => {
  const TERRITORIES = (select: string) =>
    `{ subgraph(select: { ${select} }) { territories(level: REGION) { value label count node { id } } } }`;

  it('hold the seats of the nodes, on the last day of the selection', async () => {
    const south = { value: 'territory/south', label: 'territory/south', count: 4, node: { id: 'territory/south' } };
    const north = { value: 'territory/north', label: 'territory/north', count: 4, node: { id: 'territory/north' } };
    expect((await graph.ask(TERRITORIES(''))).subgraph.territories).toEqual([north, south]);
    expect((await graph.ask(TERRITORIES('asOf: "2010"'))).subgraph.territories).toEqual([north]);
    const parties = `organisations: { locatedIn: ["territory/south"] }`;
    expect((await graph.ask(TERRITORIES(parties))).subgraph.territories).toEqual([south]);
  });
});

describe('rankings', () => {
  const RANKING = /* GraphQL */ `
    query ($measure: RankingMeasure!, $weights: EdgeWeight! = STRENGTH, $first: Int, $after: String) {
      subgraph(select: {}) {
        ranking(measure: $measure, weights: $weights, first: $first, after: $after) {
          totalCount
          isExact
          sampleSize
          edges { rank value error node { name } }
          nodes { name }
          pageInfo { hasNextPage hasPreviousPage endCursor }
        }
      }
    }`;
  const rows = async (variables: Record<string, unknown>) =>
    (await graph.ask(RANKING, variables)).subgraph.ranking.edges.map(
      ({ rank, value, node }: { rank: number; value: number; node: { name: string } }) => [
        node.name,
        rank,
        Number(value.toFixed(6)),
      ],
    );

  it.each([
    [
      'DEGREE',
      [
        ['A', 1, 4],
        ['Z', 1, 4],
        ['B', 3, 3],
        ['C', 3, 3],
      ],
    ],
    [
      'WEIGHTED_DEGREE',
      [
        ['A', 1, 4.5],
        ['B', 2, 4],
        ['Z', 3, 3.5],
        ['C', 4, 3],
      ],
    ],
    [
      'CORE',
      [
        ['A', 1, 3],
        ['B', 1, 3],
        ['C', 1, 3],
        ['D', 1, 3],
      ],
    ],
    // Of the 55 pairs of others: 4 times 4, and 3 times 5 for the two beside it.
    [
      'BETWEENNESS',
      [
        ['M', 1, 0.290909],
        ['A', 2, 0.272727],
        ['Z', 2, 0.272727],
        ['Alone', 4, 0],
      ],
    ],
    // 3 neighbours in the group, M, Z two steps further and three more.
    [
      'HARMONIC',
      [
        ['A', 1, 5.5],
        ['Z', 1, 5.5],
        ['M', 3, 5],
        ['B', 4, 4.583333],
      ],
    ],
  ] as const)('by %s', async (measure, expected) => {
    expect(await rows({ measure, first: 4 })).toEqual(expected);
  });

  it('by PageRank sum to 1, and by constraint have the lowest first', async () => {
    const all: [string, number, number][] = await rows({ measure: 'PAGE_RANK' });
    expect(all.reduce((sum, [, , value]) => sum + value, 0)).toBeCloseTo(1, 4);
    expect(all.slice(0, 2).map(([name]) => name)).toEqual(['A', 'Z']);
    const constraint: [string, number, number][] = await rows({ measure: 'CONSTRAINT' });
    expect(constraint[0]).toEqual(['M', 1, 0.5]);
    expect(constraint.map(([name]) => name)).not.toContain('Alone');
    expect(constraint.at(-1)?.[2]).toBe(1);
  });

  it('have pages', async () => {
    const { ranking } = (await graph.ask(RANKING, { measure: 'DEGREE', first: 5 })).subgraph;
    expect(ranking).toMatchObject({ totalCount: 12, isExact: true, sampleSize: null });
    const next = (await graph.ask(RANKING, { measure: 'DEGREE', first: 50, after: ranking.pageInfo.endCursor }))
      .subgraph.ranking;
    expect(next.nodes).toHaveLength(7);
    expect(next.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const { errors } = await graph.answer(RANKING, { measure: 'CORE', after: ranking.pageInfo.endCursor });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_CURSOR']);
  });
});

describe('brokers', () => {
  it('are the nodes on the shortest paths between communities', async () => {
    const { brokers } = (
      await graph.ask(`{ subgraph(select: {}) { brokers(weights: NONE) {
        totalCount isExact sampleSize
        edges { rank value error constraint community communityCount node { name } }
      } } }`)
    ).subgraph;
    expect(brokers).toMatchObject({ totalCount: 3, isExact: true, sampleSize: 12 });
    const names = brokers.edges.map(({ node }: { node: { name: string } }) => node.name).sort();
    expect(names).toEqual(['A', 'M', 'Z']);
    const between = brokers.edges.find(({ node }: { node: { name: string } }) => node.name === 'M');
    expect(between).toMatchObject({ error: null, constraint: 0.5, communityCount: 2 });
  });
});

describe('assortativity', () => {
  it('says whether like is joined with like, and of how many edges that is known', async () => {
    const { subgraph } = await graph.ask(`{ subgraph(select: {}) {
      kind: assortativity(by: KIND) { coefficient knownShare }
      sector: assortativity(by: SECTOR) { coefficient knownShare }
      region: assortativity(by: REGION) { coefficient knownShare }
    } }`);
    // 12 of 15 edges are within the groups, all of which have a sector and a seat.
    expect(subgraph.sector).toEqual({ coefficient: 1, knownShare: 0.8 });
    expect(subgraph.region).toEqual({ coefficient: 1, knownShare: 0.8 });
    expect(subgraph.kind.coefficient).toBeGreaterThan(0.8);
    expect(subgraph.kind.knownShare).toBe(1);
  });

  it('is not defined without edges', async () => {
    const { subgraph } = await graph.ask(
      '{ subgraph(select: { minStrength: 100 }) { assortativity(by: KIND) { coefficient knownShare } communities { count } } }',
    );
    expect(subgraph).toEqual({ assortativity: { coefficient: null, knownShare: null }, communities: { count: 0 } });
  });
});

describe('a measure', () => {
  it('is an error with a code while too many wait for a processor', async () => {
    const { pool } = graph.graph.subgraphs;
    const controller = new AbortController();
    const ring = Array.from({ length: 200_000 }, (_, node) => node);
    const to = ring.map((node) => (node + 1) % ring.length);
    const large = weightedGraph(ring.length, { from: ring, to, weight: ring.map(() => 1) });
    const paths = searchOf(large);
    const run = () => pool.run('dependencies', large, paths, controller.signal);
    const running: Promise<unknown>[] = [];
    expect(() => {
      for (;;) running.push(run());
    }).toThrow(PoolBusyError);
    const { errors } = await graph.answer(
      '{ subgraph(select: { asOf: "1999" }) { ranking(measure: CORE) { totalCount } } }',
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['MEASURES_BUSY']);
    controller.abort();
    await Promise.allSettled(running);
  });

  it('of several parts is one error too where only some of them find a place', async () => {
    const { pool } = graph.graph.subgraphs;
    const ring = Array.from({ length: 200_000 }, (_, node) => node);
    const to = ring.map((node) => (node + 1) % ring.length);
    const large = weightedGraph(ring.length, { from: ring, to, weight: ring.map(() => 1) });
    const paths = searchOf(large);
    // What an earlier test has stopped would make room for others when it ends.
    while (pool.figures.running > 0) await setTimeout(5);
    const controllers: AbortController[] = [];
    const running: Promise<unknown>[] = [];
    expect(() => {
      for (;;) {
        const controller = new AbortController();
        running.push(pool.run('dependencies', large, paths, controller.signal));
        controllers.push(controller);
      }
    }).toThrow(PoolBusyError);
    const settled = Promise.allSettled(running);
    controllers.at(-1)!.abort();
    const { errors } = await graph.answer(
      '{ subgraph(select: { asOf: "1998" }) { brokers(between: NETWORKS) { totalCount } } }',
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['MEASURES_BUSY']);
    for (const controller of controllers) controller.abort();
    await settled;
  });
});

describe('positions', () => {
  it('are there for each node, in pages, the same for the same seed', async () => {
    const POSITIONS = `query ($after: String) { subgraph(select: {}) { positions(seed: 3, first: 7, after: $after) {
      totalCount edges { x y node { name } } nodes { name } pageInfo { hasNextPage endCursor }
    } } }`;
    const { positions } = (await graph.ask(POSITIONS)).subgraph;
    expect(positions.totalCount).toBe(12);
    expect(
      positions.edges.every(({ x, y }: { x: number; y: number }) => Number.isFinite(x) && Number.isFinite(y)),
    ).toBe(true);
    const next = (await graph.ask(POSITIONS, { after: positions.pageInfo.endCursor })).subgraph.positions;
    expect([...positions.nodes, ...next.nodes].map(({ name }) => name)).toEqual([
      'A',
      'Alone',
      'B',
      'C',
      'D',
      'M',
      'P',
      'Q',
      'W',
      'X',
      'Y',
      'Z',
    ]);
    expect((await graph.ask(POSITIONS)).subgraph.positions).toEqual(positions);
  });
});
