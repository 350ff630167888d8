import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { id, twoGroups } from './two-groups.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(twoGroups());
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
