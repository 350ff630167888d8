import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

describe('a subgraph', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    await graph.fill(
      new World()
        .pole('P', { id: 'pole/p', since: '2005' })
        .organisation('A', { id: 'organisation/a' })
        .organisation('B', { id: 'organisation/b' })
        .organisation('C', { id: 'organisation/c', kind: 'RESEARCH' })
        .organisation('D', { id: 'organisation/d' })
        .member('organisation/a', 'pole/p', { since: '2006' })
        .partners('organisation/a', 'organisation/b', { kind: 'SUPPLY', since: '2008', until: '2009' })
        .partners('organisation/b', 'organisation/a', { kind: 'TRAINING', since: '2012' })
        .partners('organisation/b', 'organisation/c', { kind: 'ALLIANCE', parties: 3 }),
    );
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  it('counts parallel relationships as one edge, and says how its nodes are joined', async () => {
    const { subgraph } = await graph.ask(`{ subgraph(select: {}) {
      nodeCount edgeCount relationshipCount isolatedCount density truncated
      degreeDistribution { degree count } components { count largestSize sizes }
      nodes { nodes { name } } edges { nodes { from { name } to { name } strength relationshipCount } }
    } }`);
    expect(subgraph).toEqual({
      ...{ nodeCount: 5, edgeCount: 2, relationshipCount: 3, isolatedCount: 2, density: 0.2, truncated: false },
      degreeDistribution: [
        { degree: 0, count: 2 },
        { degree: 1, count: 2 },
        { degree: 2, count: 1 },
      ],
      components: { count: 3, largestSize: 3, sizes: [3, 1, 1] },
      nodes: { nodes: [{ name: 'A' }, { name: 'B' }, { name: 'C' }, { name: 'D' }, { name: 'P' }] },
      edges: {
        nodes: [
          { from: { name: 'A' }, to: { name: 'B' }, strength: 2, relationshipCount: 2 },
          { from: { name: 'B' }, to: { name: 'C' }, strength: 0.5, relationshipCount: 1 },
        ],
      },
    });
  });

  it('of a neighbourhood has the same edges and measures', async () => {
    const { neighbourhood } = await graph.ask(`{ neighbourhood(of: ["organisation/a"], depth: 1) {
      nodeCount edgeCount relationshipCount density edges { nodes { from { id } to { id } } } components { count }
    } }`);
    expect(neighbourhood).toEqual({
      ...{ nodeCount: 3, edgeCount: 2, relationshipCount: 3, density: 2 / 3, components: { count: 1 } },
      edges: {
        nodes: [
          { from: { id: 'organisation/a' }, to: { id: 'organisation/b' } },
          { from: { id: 'organisation/a' }, to: { id: 'pole/p' } },
        ],
      },
    });
  });

  it.each([
    ['{ relationships: [] }', 'relationships: the list is empty; name at least one, or leave it out.'],
    ['{ asOf: "2010", period: { from: "2009" } }', 'asOf and period: give one of them.'],
    ['{ period: { from: "2010", to: "2009" } }', 'period ends (2009) before it begins (2010).'],
    ['{ minStrength: -1 }', 'minStrength: -1 is less than 0.'],
    ['{ membersOf: ["pole/none"] }', 'membersOf: there is no network "pole/none".'],
    ['{ membersOf: ["organisation/a"] }', 'membersOf: there is no network "organisation/a".'],
    ['{ around: { of: [], depth: 1 } }', 'around: of: 0 identifiers were given; from 1 to 100 can be.'],
    ['{ around: { of: ["organisation/a"], depth: 9 } }', 'around: depth: 9 is not between 0 and 8.'],
  ])('is an error that names the condition for %s', async (select, message) => {
    expect(await graph.errorMessages(`{ subgraph(select: ${select}) { nodeCount } }`)).toEqual([message]);
  });

  it('takes no cursor of another selection', async () => {
    const { subgraph } = await graph.ask('{ subgraph(select: {}) { nodes(first: 1) { pageInfo { endCursor } } } }');
    const { errors } = await graph.answer(
      'query ($after: String) { subgraph(select: { asOf: "2010" }) { nodes(first: 1, after: $after) { totalCount nodes { id } } } }',
      { after: subgraph.nodes.pageInfo.endCursor },
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_CURSOR']);
  });

  it('is an error with a code where there is no graph in memory', async () => {
    const { errors } = await graph.plain.answer('{ subgraph(select: {}) { nodeCount } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SNAPSHOT_OFF']);
  });

  it('is an error with a code while the graph is being read', async () => {
    const starting = graph.starting();
    const { errors, headers } = await starting.answerAtOnce('{ subgraph(select: {}) { nodeCount } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SNAPSHOT_NOT_READY']);
    expect(headers.get('retry-after')).toBe('2');
  });
});

describe('the subgraph of compared networks', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    const world = new World();
    for (const name of ['a', 'b', 'c', 'd']) world.organisation(name.toUpperCase(), { id: `organisation/${name}` });
    await graph.fill(
      world
        .pole('P', { id: 'pole/p', since: '2005' })
        .cluster('K', { id: 'cluster/k', since: '2005' })
        .member('organisation/a', 'pole/p')
        .member('organisation/b', 'pole/p', { since: '2006', until: '2010' })
        .member('organisation/b', 'cluster/k', { since: '2006', until: '2010' })
        .member('organisation/c', 'cluster/k')
        .partners('organisation/a', 'organisation/b', { since: '2007' })
        .partners('organisation/b', 'organisation/c', { since: '2009' })
        .partners('organisation/c', 'organisation/d', { since: '2007' })
        .partners('organisation/a', 'organisation/c', { since: '2012' }),
    );
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  const FIELDS = 'nodes { nodes { id } } edges { nodes { from { id } to { id } } } components { count }';

  it.each([
    ['', 3, 3],
    [', asOf: "2008"', 3, 1],
    [', asOf: "2012"', 2, 1],
  ])('has their members and the partnerships among these%s', async (asOf, nodes, edges) => {
    const { compareNetworks, subgraph } = await graph.ask(`{
      compareNetworks(ids: ["pole/p", "cluster/k"]${asOf}) { subgraph { nodeCount edgeCount ${FIELDS} } }
      subgraph(select: { membersOf: ["pole/p", "cluster/k"]${asOf} }) { nodeCount edgeCount ${FIELDS} }
    }`);
    expect(compareNetworks.subgraph).toMatchObject({ nodeCount: nodes, edgeCount: edges });
    expect(compareNetworks.subgraph).toEqual(subgraph);
  });
});

describe('a series of subgraphs', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await emptyGraph();
    const world = new World();
    for (const name of ['a', 'b', 'c', 'd']) world.organisation(name.toUpperCase(), { id: `organisation/${name}` });
    await graph.fill(
      world
        .partners('organisation/a', 'organisation/b', { since: '2010', until: '2012-06' })
        .partners('organisation/b', 'organisation/c', { since: '2012' })
        .partners('organisation/c', 'organisation/d', { since: '2014' }),
    );
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  const series = async (args: string): Promise<unknown> =>
    (
      await graph.ask(`{ subgraph(select: { connectedOnly: true, asOf: "1990" }) {
        series(${args}) { from to subgraph { nodeCount edgeCount components { count } communities { count } } }
      } }`)
    ).subgraph.series;

  it('has each count and measure in each period', async () => {
    const point = (from: number, to: number, nodeCount: number, edgeCount: number, count: number) => ({
      ...{ from, to },
      subgraph: { nodeCount, edgeCount, components: { count }, communities: expect.anything() },
    });
    expect(await series('from: 2009, to: 2014')).toEqual([
      ...[point(2009, 2009, 0, 0, 0), point(2010, 2010, 2, 1, 1), point(2011, 2011, 2, 1, 1)],
      ...[point(2012, 2012, 3, 2, 1), point(2013, 2013, 2, 1, 1), point(2014, 2014, 3, 2, 1)],
    ]);
    expect(await series('from: 2009, to: 2014, step: 4')).toEqual([
      point(2009, 2012, 3, 2, 1),
      point(2013, 2014, 3, 2, 1),
    ]);
  });

  it('of a neighbourhood keeps its nodes', async () => {
    const { neighbourhood } = await graph.ask(`{ neighbourhood(of: ["organisation/b"]) {
      series(from: 2010, to: 2014, step: 2) { subgraph { nodeCount edgeCount } }
    } }`);
    const counts = neighbourhood.series.map(({ subgraph }: { subgraph: unknown }) => subgraph);
    expect(counts).toEqual([
      { nodeCount: 3, edgeCount: 1 },
      { nodeCount: 3, edgeCount: 2 },
      { nodeCount: 3, edgeCount: 1 },
    ]);
  });

  it.each([
    ['from: 2010, to: 2009', 'The series ends (2009) before it begins (2010).'],
    ['from: 2010, to: 2010, step: 0', 'step: 0 is less than 1.'],
    ['from: 10, to: 2010', 'from: 10 is not a year between 1000 and 2999.'],
    ['from: 1900, to: 2010', 'The series has 111 periods; the maximum is 30: ask with a larger step.'],
  ])('is an error that names the argument for %s', async (args, message) => {
    expect(await graph.errorMessages(`{ subgraph(select: {}) { series(${args}) { from } } }`)).toEqual([message]);
  });
});
