import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { Dice, type RandomGraph, randomGraphs } from '../traversal/random-world.ts';
import { type Edge, Reference } from '../traversal/reference.ts';

/** Random selections; Neo4j plans the statements of each again. */
const CASES = 40;
const ACTORS = ['organisation/', 'pole/', 'cluster/'];
const TYPE_SETS = [
  ['PARTNERS_WITH'],
  ['PARTNERS_WITH', 'MEMBER_OF'],
  ['PARTICIPATES_IN'],
  ['PARTICIPATES_IN', 'LABELS', 'PARTNERS_WITH'],
  ['SUCCEEDED_BY', 'MEMBER_OF'],
];
const KINDS = [['PROJECT'], ['SUPPLY', 'TRAINING'], ['ALLIANCE', 'OTHER', 'PROJECT']];

interface Selection {
  readonly relationships?: readonly string[];
  readonly partnershipKinds?: readonly string[];
  readonly asOf?: string;
  readonly period?: { readonly from?: string; readonly to?: string };
  readonly membersOf?: readonly string[];
  readonly around?: { readonly of: readonly string[]; readonly depth: number };
  readonly also?: readonly { readonly of: readonly string[]; readonly relationships: readonly string[] }[];
  readonly without?: readonly string[];
  readonly minStrength?: number;
  readonly minCommonProjects?: number;
  readonly connectedOnly?: boolean;
}

/** Nodes, pairs and relationships of a selection, from everything that a store holds, without cleverness. */
function selected(reference: Reference, selection: Selection) {
  const { relationships: finding = ['PARTNERS_WITH'], partnershipKinds, asOf, period } = selection;
  const {
    membersOf,
    around,
    also = [],
    without = [],
    minStrength = 0,
    minCommonProjects = 0,
    connectedOnly = false,
  } = selection;
  const from = asOf ?? period?.from;
  const to = asOf ?? period?.to;
  const isDuring = ({ validFrom = '0001-01-01', validTo = '9999-12-31' }: Edge['properties']): boolean =>
    (from === undefined || String(validTo) >= firstDay(from as PartialDate)) &&
    (to === undefined || String(validFrom) <= lastDay(to as PartialDate));
  const isActor = (id: string): boolean => ACTORS.some((prefix) => id.startsWith(prefix));
  const relationships = [...finding, ...also.flatMap((expansion) => expansion.relationships)];
  const among = reference.edges.filter(
    ({ type, properties, from: a, to: b }) =>
      relationships.includes(type) &&
      (type !== 'PARTNERS_WITH' || !partnershipKinds || partnershipKinds.includes(String(properties.kind))) &&
      isDuring(properties) &&
      a !== b,
  );
  const followed = among.filter(({ type }) => finding.includes(type));
  let actors = new Set(
    [...reference.nodes.values()]
      .filter(isDuring)
      .map(({ id }) => String(id))
      .filter(isActor),
  );
  if (membersOf) {
    const memberships = reference.edges.filter(
      ({ type, to: network, properties }) =>
        type === 'MEMBER_OF' && membersOf.includes(network) && isDuring(properties),
    );
    actors = actors.intersection(new Set(memberships.map(({ from: member }) => member)));
  }
  if (around) {
    const found = new Set(around.of);
    for (let step = 0; step < around.depth; step++) {
      const ends = followed.filter(({ from: a, to: b }) => found.has(a) || found.has(b));
      for (const { from: a, to: b } of ends) found.add(a).add(b);
    }
    actors = actors.intersection(found);
  }
  const nodes = new Set(actors);
  for (const { from: a, to: b } of followed) if (actors.has(a) && !isActor(b)) nodes.add(b);
  for (const { of, relationships: along } of also) {
    const neighbours = among.flatMap(({ type, from: a, to: b }) => {
      if (!along.includes(type)) return [];
      return of.includes(a) ? [b] : of.includes(b) ? [a] : [];
    });
    for (const id of [...of, ...neighbours]) {
      if (!isActor(id) || isDuring(reference.nodes.get(id) as never)) nodes.add(id);
    }
  }
  for (const id of without) nodes.delete(id);
  const pairs = Map.groupBy(
    among.filter(({ from: a, to: b }) => nodes.has(a) && nodes.has(b)),
    ({ from: a, to: b }) => [a, b].sort().join(' '),
  );
  const measured = [...pairs].flatMap(([pair, edges]) => {
    const sum = (name: string, otherwise: number): number =>
      edges.reduce(
        (all, { type, properties }) => all + (type === 'PARTNERS_WITH' ? Number(properties[name] ?? 0) : otherwise),
        0,
      );
    const [strength, projectCount] = [sum('strength', 1), sum('projectCount', 0)];
    if (strength < minStrength || projectCount < minCommonProjects) return [];
    return [{ pair, strength: Math.round(strength * 1e9), projectCount, ids: edges.map(({ id }) => id).sort() }];
  });
  const joined = new Set(measured.flatMap(({ pair }) => pair.split(' ')));
  return {
    nodes: [...nodes].filter((id) => !connectedOnly || joined.has(id)).sort(),
    pairs: measured.sort((a, b) => (a.pair < b.pair ? -1 : 1)),
  };
}

const WHOLE = /* GraphQL */ `
  query ($select: GraphSelection!, $nodes: String, $edges: String, $relationships: String) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      relationshipCount
      isolatedCount
      density
      truncated
      degreeDistribution { degree count }
      components { count largestSize sizes }
      nodes(first: 7, after: $nodes) { nodes { id } pageInfo { hasNextPage endCursor } totalCount }
      edges(first: 7, after: $edges) {
        nodes { from { id } to { id } strength projectCount relationshipCount }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
      relationships(first: 7, after: $relationships) { nodes { id } pageInfo { hasNextPage endCursor } totalCount }
    }
  }`;

interface AnsweredPair {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly strength: number;
  readonly projectCount: number;
}

/** A selection's answer, its lists read to the end in pages. */
async function read(graph: TestGraph, select: Selection) {
  const lists = { nodes: [] as never[], edges: [] as never[], relationships: [] as never[] };
  const cursors: Record<string, string> = {};
  for (;;) {
    const { subgraph } = await graph.ask(WHOLE, { select, ...cursors });
    let isDone = true;
    for (const name of ['nodes', 'edges', 'relationships'] as const) {
      const { nodes, pageInfo } = subgraph[name];
      if (cursors[name] !== pageInfo.endCursor && pageInfo.endCursor !== null) lists[name].push(...(nodes as never[]));
      if (!pageInfo.hasNextPage) continue;
      isDone = false;
      cursors[name] = pageInfo.endCursor;
    }
    if (isDone) return { ...subgraph, ...lists };
    // A list that is at its end stays there.
    for (const name of ['nodes', 'edges', 'relationships'] as const) {
      if (!subgraph[name].pageInfo.hasNextPage && subgraph[name].pageInfo.endCursor)
        cursors[name] = subgraph[name].pageInfo.endCursor;
    }
  }
}

function randomSelection(dice: Dice, { networks, organisations, all }: RandomGraph): Selection {
  const date = (): string => dice.pick(['2003', '2006-06', '2009', '2011-02-03']);
  const time = dice.pick<Selection>([
    {},
    {},
    { asOf: date() },
    { period: { from: '2004', to: '2007-03' } },
    { period: { from: date() } },
  ]);
  const where = dice.pick<Selection>([
    { membersOf: dice.some(networks, 0.6).concat(networks[0]!) },
    { around: { of: [dice.pick(organisations)], depth: dice.whole(0, 4) } },
    { around: { of: [dice.pick(organisations), dice.pick(networks)], depth: 2 }, membersOf: networks },
    { around: { of: all.filter((id) => /^(organisation|pole|cluster|project)/.test(id)), depth: 0 } },
  ]);
  return {
    ...where,
    ...time,
    ...(dice.chance(0.6) ? { relationships: dice.pick(TYPE_SETS) } : {}),
    ...(dice.chance(0.3) ? { partnershipKinds: dice.pick(KINDS) } : {}),
    ...(dice.chance(0.2) ? { minStrength: dice.pick([0.4, 1, 1.5]) } : {}),
    ...(dice.chance(0.1) ? { minCommonProjects: 1 } : {}),
    ...(dice.chance(0.3) ? { connectedOnly: true } : {}),
    ...(dice.chance(0.4)
      ? {
          also: [
            { of: [dice.pick(organisations)], relationships: dice.pick(TYPE_SETS) },
            { of: [dice.pick(networks)], relationships: dice.chance(0.5) ? ['MEMBER_OF'] : [] },
          ],
        }
      : {}),
    ...(dice.chance(0.2) ? { without: [dice.pick(organisations), dice.pick(networks)] } : {}),
  };
}

describe('a selected subgraph', () => {
  let graph: TestGraph;
  let graphs: readonly RandomGraph[];
  let reference: Reference;
  beforeAll(async () => {
    graph = await emptyGraph();
    const random = randomGraphs(40, 20_261_129);
    graphs = random.graphs;
    await graph.import(random.world);
    reference = await Reference.read(graph);
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  it('has the nodes, pairs and relationships that the conditions select, on every page', async () => {
    let pairs = 0;
    for (const [place, random] of graphs.slice(0, CASES).entries()) {
      const select = randomSelection(new Dice(place), random);
      const expected = selected(reference, select);
      const answer = await read(graph, select);
      const found = (answer.edges as readonly AnsweredPair[]).map(({ from, to, strength, projectCount }) => ({
        pair: [from.id, to.id].sort().join(' '),
        strength: Math.round(strength * 1e9),
        projectCount,
      }));
      expect({ select, nodes: answer.nodes.map(({ id }: { id: string }) => id).sort() }).toEqual({
        select,
        nodes: expected.nodes,
      });
      expect({
        select,
        pairs: found.sort((a: { pair: string }, b: { pair: string }) => (a.pair < b.pair ? -1 : 1)),
      }).toEqual({
        select,
        pairs: expected.pairs.map(({ ids: _, ...pair }) => pair),
      });
      expect({ select, ids: answer.relationships.map(({ id }: { id: string }) => id).sort() }).toEqual({
        select,
        ids: expected.pairs.flatMap(({ ids }) => ids).sort(),
      });
      expect(answer.nodeCount).toBe(expected.nodes.length);
      expect(answer.edgeCount).toBe(expected.pairs.length);
      expect(answer.relationshipCount).toBe(expected.pairs.flatMap(({ ids }) => ids).length);
      pairs += expected.pairs.length;
    }
    expect(pairs).toBeGreaterThan(CASES);
  });

  it('is the same where a filter names the actors', async () => {
    const filter = { organisations: { kind: ['COMPANY'] }, networks: { kind: ['POLE'] } };
    const { subgraph, organisations, poles } = await graph.ask(
      `query ($select: GraphSelection!) {
        subgraph(select: $select) { nodeCount }
        organisations(filter: { kind: [COMPANY] }) { totalCount }
        poles { totalCount }
      }`,
      { select: filter },
    );
    expect(subgraph.nodeCount).toBe(organisations.totalCount + poles.totalCount);
  });

  it('is exact after each write', async () => {
    const { organisations } = graphs[0]!;
    const [from, to] = [organisations[0]!, organisations.at(-1)!];
    const select = { around: { of: [from, to], depth: 0 }, partnershipKinds: ['LOGISTICS'] };
    const count = async (): Promise<number> =>
      (await graph.ask('query ($select: GraphSelection!) { subgraph(select: $select) { edgeCount } }', { select }))
        .subgraph.edgeCount;
    expect(await count()).toBe(0);
    await graph.fill(new World().partners(from, to, { kind: 'LOGISTICS' }));
    expect(await count()).toBe(1);
  });

  it('reads no page backward otherwise than forward', async () => {
    const list = 'edges { node { id } cursor }';
    const { subgraph } = await graph.ask(`{ subgraph(select: {}) { nodes(first: 9) { ${list} } } }`);
    const forward = subgraph.nodes.edges.map(({ node }: { node: { id: string } }) => node.id);
    const last = await graph.ask('{ subgraph(select: {}) { nodes(first: 10) { edges { cursor } } } }');
    const before = last.subgraph.nodes.edges[9].cursor;
    const backward = await graph.ask(
      `query ($before: String) { subgraph(select: {}) { nodes(last: 9, before: $before) { ${list} } } }`,
      { before },
    );
    expect(backward.subgraph.nodes.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(forward);
  });
});

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
