import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { weightedGraph } from '../../src/measures/graph.ts';
import { PoolBusyError } from '../../src/measures/pool.ts';
import { searchOf } from '../measures/parts.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** Two groups of four that know each other, and one organisation between them; a pair apart; one alone. */
const GROUPS = [
  ['a', 'b', 'c', 'd'],
  ['w', 'x', 'y', 'z'],
];
const id = (name: string): string => `organisation/${name}`;

function world(): World {
  const made = new World()
    .topic('topic/optics')
    .topic('topic/steel')
    .topic('topic/laser', { scheme: 'TECHNOLOGY' })
    .territory('territory/north', { level: 'REGION' })
    .territory('territory/south', { level: 'REGION' })
    .territory('territory/south-town', { level: 'COMMUNE' })
    .part('territory/south-town', 'territory/south', { since: '2016' })
    .project('project/laser', { topics: 'topic/laser' });
  for (const [place, group] of GROUPS.entries()) {
    for (const name of group) {
      made.organisation(name.toUpperCase(), {
        id: id(name),
        kind: place === 0 ? 'COMPANY' : 'RESEARCH',
        topics: place === 0 ? 'topic/optics' : 'topic/steel',
        territory: place === 0 ? 'territory/north' : 'territory/south-town',
      });
    }
  }
  made.organisation('M', { id: id('m'), kind: 'RESEARCH' }).organisation('Alone', { id: id('alone') });
  made
    .organisation('P', { id: id('p') })
    .organisation('Q', { id: id('q') })
    .partners(id('p'), id('q'), { parties: 5 });
  for (const group of GROUPS) {
    for (const [place, from] of group.entries()) {
      for (const to of group.slice(place + 1)) made.partners(id(from), id(to));
    }
  }
  made.partners(id('a'), id('m'), { parties: 3 }).partners(id('m'), id('z'), { parties: 3 });
  for (const name of ['a', 'b']) made.takesPart(id(name), 'project/laser');
  return made;
}

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(world());
});
afterAll(() => graph[Symbol.asyncDispose]());

const COMMUNITIES = /* GraphQL */ `
  query ($resolution: Float! = 1, $weights: EdgeWeight! = STRENGTH, $seed: Int! = 1) {
    subgraph(select: {}) {
      communities(resolution: $resolution, weights: $weights, seed: $seed) {
        count
        modularity
        communities {
          totalCount
          nodes {
            number
            size
            topics { value label count share lift node { id } }
            territories { label share }
            kinds { value label node { id } }
            members(first: 2) { totalCount nodes { name } pageInfo { hasNextPage } }
          }
        }
      }
    }
  }`;

describe('communities', () => {
  it('have what tells them from the rest, and their most central members first', async () => {
    const { communities } = (await graph.ask(COMMUNITIES)).subgraph;
    expect(communities.count).toBe(3);
    expect(communities.modularity).toBeGreaterThan(0.4);
    const { totalCount, nodes } = communities.communities;
    expect(totalCount).toBe(3);
    expect(nodes.map(({ size }: { size: number }) => size)).toEqual([5, 4, 2]);
    const [first, second, pair] = nodes;
    // M is of a group with which it is joined by a half, as with the other: by chance, but always the same.
    const withLaser = [first, second].find(({ members }) => members.nodes[0].name === 'A');
    const optics = withLaser.topics.find(({ value }: { value: string }) => value === 'topic/optics');
    expect(optics).toMatchObject({ label: 'topic/optics', count: 4, node: { id: 'topic/optics' } });
    expect(optics.lift).toBeCloseTo(optics.share / (4 / 12), 10);
    expect(withLaser.topics.map(({ value }: { value: string }) => value).sort()).toEqual([
      'topic/laser',
      'topic/optics',
    ]);
    expect(withLaser.territories[0].label).toBe('territory/north');
    expect(withLaser.kinds[0]).toEqual({ value: 'COMPANY', label: 'Company', node: null });
    const other = withLaser === first ? second : first;
    expect(other.territories[0].label).toBe('territory/south');
    expect(other.members.nodes[0].name).toBe('Z');
    expect(pair).toMatchObject({ number: 2, members: { totalCount: 2, nodes: [{ name: 'P' }, { name: 'Q' }] } });
  });

  it('are the same for the same seed, and fewer for a smaller resolution', async () => {
    const [one, again, coarse] = await Promise.all([
      graph.ask(COMMUNITIES),
      graph.ask(COMMUNITIES),
      graph.ask(COMMUNITIES, { resolution: 0.05, weights: 'NONE' }),
    ]);
    expect(again).toEqual(one);
    expect(coarse.subgraph.communities.count).toBe(2);
    expect(await graph.errorMessages(COMMUNITIES, { resolution: 0 })).toEqual([
      'resolution: 0 is not between 0.01 and 100.',
    ]);
  });
});

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

describe('a community', () => {
  const NAMES = /* GraphQL */ `query ($select: GraphSelection!) { subgraph(select: $select) { nodes { nodes { name } } edgeCount } }`;
  const ofCommunity = async (select: object) => {
    const { nodes, edgeCount } = (await graph.ask(NAMES, { select })).subgraph;
    return { names: nodes.nodes.map(({ name }: { name: string }) => name), edgeCount };
  };

  it('is selected by its number, with and without single nodes', async () => {
    expect(await ofCommunity({ inCommunity: { number: 2 } })).toEqual({ names: ['P', 'Q'], edgeCount: 1 });
    expect(
      await ofCommunity({ inCommunity: { number: 2 }, also: [{ of: [id('alone')] }], without: [id('p')] }),
    ).toEqual({ names: ['Alone', 'Q'], edgeCount: 0 });
    expect(await graph.errorMessages(NAMES, { select: { inCommunity: { number: 3 } } })).toEqual([
      'inCommunity: number: there is no community 3; there are 3, from 0.',
    ]);
  });

  it('has the members that the list of communities has, with and without single nodes in the selection', async () => {
    const listed = async (connectedOnly: boolean) =>
      (
        await graph.ask(
          `query ($connectedOnly: Boolean!) {
            subgraph(select: { connectedOnly: $connectedOnly }) {
              communities { communities { nodes { number members { nodes { name } } } } }
            }
          }`,
          { connectedOnly },
        )
      ).subgraph.communities.communities.nodes;
    for (const connectedOnly of [true, false]) {
      for (const { number, members } of await listed(connectedOnly)) {
        const { names } = await ofCommunity({ connectedOnly, inCommunity: { number } });
        expect(names).toEqual(members.nodes.map(({ name }: { name: string }) => name).sort());
      }
    }
  });

  it('reads what tells it together with the others', async () => {
    const reads = async (first: number, minStrength: number): Promise<number> => {
      const { snapshot } = graph.graph;
      const before = snapshot!.figures.current;
      const { subgraph } = await graph.ask(
        `query ($first: Int!, $minStrength: Float!) {
          subgraph(select: { minStrength: $minStrength }) {
            communities { communities(first: $first) { nodes { topics { label } territories { label } } } }
          }
        }`,
        { first, minStrength },
      );
      expect(subgraph.communities.communities.nodes).toHaveLength(first);
      return snapshot!.figures.current - before;
    };
    // Two selections of the same, so that nothing is known before.
    expect(await reads(3, 0.002)).toBe(await reads(1, 0.001));
  });

  it('is joined with others by the edges between their members', async () => {
    const { subgraph } = await graph.ask(
      '{ subgraph(select: {}) { communities { links { from { number size } to { number size } edgeCount strength } } } }',
    );
    expect(subgraph.communities.links).toEqual([
      { from: { number: 0, size: 5 }, to: { number: 1, size: 4 }, edgeCount: 1, strength: 0.5 },
    ]);
  });
});

describe('communities beside those of another period', () => {
  const COMPARED = /* GraphQL */ `
    query ($period: PeriodInput, $asOf: PartialDate) {
      subgraph(select: { asOf: $asOf }) {
        communities(weights: NONE, comparedWith: $period) {
          communities { nodes { number name counterpart { sharedCount overlap community { number name } } } }
        }
      }
    }
  `;
  const nodesOf = async (variables: Record<string, unknown>) =>
    (await graph.ask(COMPARED, variables)).subgraph.communities.communities.nodes;

  it('have a name, and their counterpart there', async () => {
    const nodes = await nodesOf({ period: { from: '2010', to: '2012' }, asOf: '2020' });
    expect(nodes).toHaveLength(3);
    expect(nodes[2].name).toBe('P');
    for (const { number, name, counterpart } of nodes) {
      // No fact of this graph has a date: every period has the same communities.
      expect(counterpart).toEqual({ sharedCount: expect.any(Number), overlap: 1, community: { number, name } });
      if (number < 2) expect(name).toMatch(/^topic\/(optics|steel) \([A-Z]\)$/);
    }
  });

  it('have none without a period, and a period that ends before it begins is an error', async () => {
    expect((await nodesOf({}))[0].counterpart).toBeNull();
    const { errors } = await graph.answer(COMPARED, { period: { from: '2012', to: '2010' } });
    expect(errors[0]!.message).toContain('comparedWith ends (2010) before it begins (2012)');
  });
});

describe('lists of communities and of members', () => {
  it('are read backward as forward', async () => {
    const ids = 'edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    const names = 'edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    const read = async (page: string) =>
      (await graph.ask(`{ subgraph(select: {}) { communities { communities(${page}) { ${ids} } } } }`)).subgraph
        .communities.communities;
    const [all, last] = [await read('first: 3'), await read('last: 1')];
    expect(last.edges).toEqual(all.edges.slice(2));
    const before = await read(`last: 1, before: "${last.pageInfo.startCursor}"`);
    expect(before.edges).toEqual(all.edges.slice(1, 2));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const { nodes } = (
      await graph.ask(`{ subgraph(select: {}) { communities { communities(first: 1) { nodes {
        all: members(first: 9) { ${names} } last: members(last: 2) { ${names} }
      } } } } }`)
    ).subgraph.communities.communities;
    expect(nodes[0].last.edges).toEqual(nodes[0].all.edges.slice(-2));
    expect(nodes[0].last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
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
