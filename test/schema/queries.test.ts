import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .source('source/a', { title: 'A first source' })
      .organisation('Alpha', { siren: '552032534' })
      .pole('P', { id: 'pole/p', since: '2005', until: '2018' })
      .cluster('C', { id: 'cluster/c', since: '2010-05' })
      .cluster('D', { id: 'cluster/d', since: '2011' })
      .cluster('E', { id: 'cluster/e' })
      .member('Alpha', 'pole/p', { since: '2006', until: '2010' })
      .project('project/one', { start: '2010', programme: 'FUI' })
      .project('project/two', { start: '2008', programme: 'FUI' })
      .project('project/three', { start: '2010', programme: 'ANR' })
      .project('project/four')
      .takesPart('Alpha', 'project/one')
      .takesPart('Alpha', 'project/three')
      .patent('FR1', { title: 'An old one', applicants: ['Alpha'], filedOn: '2001' })
      .patent('FR2', { title: 'A new one', applicants: ['Alpha'], filedOn: '2011' }),
  );
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('a name', () => {
  it('is there on any node, and null on a relationship', async () => {
    const { pole } = await graph.ask('{ pole(id: "pole/p") { members { edges { memberships { id } } } } }');
    const { nodes } = await graph.ask('query($ids: [ID!]!) { nodes(ids: $ids) { __typename name } }', {
      ids: ['pole/p', 'project/one', 'source/a', 'patent/fr1', pole.members.edges[0].memberships[0].id],
    });
    expect(nodes.map(({ name }: { name: string | null }) => name)).toEqual([
      ...['P', 'project/one', 'A first source', expect.any(String), null],
    ]);
  });
});

describe('an organisation', () => {
  it('is found by its identifier alone, or by that of a registry', async () => {
    const data = await graph.ask(`{
      a: organisation(id: "organisation/siren-552032534") { name }
      b: organisation(by: { siren: "552 032 534" }) { name }
      c: actor(id: "cluster/c") { name }
      d: organisation(id: "organisation/none") { name }
    }`);
    expect(data).toEqual({ a: { name: 'Alpha' }, b: { name: 'Alpha' }, c: { name: 'C' }, d: null });
  });

  it.each([
    ['id: "organisation/x", by: { id: "organisation/x" }', 'id and by: give one of them.'],
    ['', 'id: give a global identifier, or by: an identifier of a public registry.'],
  ])('is asked for by one of them: %s', async (args, message) => {
    expect(await graph.errorMessages(`{ organisation${args && `(${args})`} { name } }`)).toEqual([message]);
  });
});

describe('lists of everything', () => {
  it('are there for patents and sources too', async () => {
    const data = await graph.ask(`{
      patents { totalCount nodes { number } }
      byNumber: patents(first: 1, orderBy: { field: NUMBER, direction: ASC }) { nodes { number } pageInfo { hasNextPage } }
      sources(first: 1) { totalCount nodes { title } }
    }`);
    expect(data).toEqual({
      patents: { totalCount: 2, nodes: [{ number: 'FR2' }, { number: 'FR1' }] },
      byNumber: { nodes: [{ number: 'FR1' }], pageInfo: { hasNextPage: true } },
      sources: { totalCount: 2, nodes: [{ title: 'A first source' }] },
    });
  });
});

describe('networks', () => {
  it('are found by the period in which they began or ended', async () => {
    const names = async (filter: string): Promise<string[]> => {
      const { networks } = await graph.ask(`{ networks(filter: { ${filter} }) { nodes { name } } }`);
      return networks.nodes.map(({ name }: { name: string }) => name);
    };
    expect(await names('kind: [CLUSTER], startsIn: { from: "2010", to: "2011" }')).toEqual(['C', 'D']);
    expect(await names('startsIn: { from: "2010-06" }')).toEqual(['D']);
    expect(await names('startsIn: { to: "2005-03" }')).toEqual(['P']);
    expect(await names('endsIn: { from: "2018", to: "2018-02" }')).toEqual(['P']);
    expect(await names('endsIn: { to: "2017" }')).toEqual([]);
    expect(await names('not: { startsIn: { from: "2000" } }')).toEqual(['E']);
    expect(
      await graph.errorMessages('{ networks(filter: { endsIn: { from: "2018", to: "2017" } }) { totalCount } }'),
    ).toEqual(['filter: endsIn ends (2017) before it begins (2018).']);
  });
});

describe('facets', () => {
  it('of projects count programmes and years, in the requested order', async () => {
    const { projects, organisation } = await graph.ask(`{
      projects(first: 1) { facets {
        programmes { value count }
        byName: programmes(order: VALUE) { value count }
        startYears(order: VALUE) { value count }
        most: programmes(first: 1) { value }
      } }
      organisation(id: "organisation/siren-552032534") { projects { facets { programmes(order: VALUE) { value } } } }
    }`);
    const [fui, anr] = [
      { value: 'FUI', count: 2 },
      { value: 'ANR', count: 1 },
    ];
    expect(projects.facets).toEqual({
      programmes: [fui, anr],
      byName: [anr, fui],
      startYears: [
        { value: '2008', count: 1 },
        { value: '2010', count: 2 },
      ],
      most: [{ value: 'FUI' }],
    });
    expect(organisation.projects.facets.programmes).toEqual([{ value: 'ANR' }, { value: 'FUI' }]);
  });

  it('of networks are a histogram of their beginnings', async () => {
    const { networks } = await graph.ask('{ networks { facets { sinceYears(order: VALUE) { value count } } } }');
    expect(networks.facets.sinceYears.map(({ value }: { value: string }) => value)).toEqual(['2005', '2010', '2011']);
  });
});

describe('changes', () => {
  const changes = async (args: string): Promise<string[]> => {
    const { changes: found } = await graph.ask(
      `{ changes(from: "2005", to: "2019", ${args}) { totalCount nodes { kind on subject { __typename } } } }`,
    );
    expect(found.totalCount).toBe(found.nodes.length);
    return found.nodes.map(
      ({ kind, on, subject }: never) => `${kind} ${on} ${(subject as { __typename: string }).__typename}`,
    );
  };

  it('may be of beginnings or ends alone, and of some nodes alone', async () => {
    expect(await changes('nodes: [NETWORK]')).toEqual([
      ...['BEGAN 2005 Pole', 'BEGAN 2010-05 Cluster', 'BEGAN 2011 Cluster', 'ENDED 2018 Pole'],
    ]);
    expect(await changes('kinds: [ENDED]')).toEqual(['ENDED 2010 Membership', 'ENDED 2018 Pole']);
    expect(await changes('kinds: [BEGAN], types: [MEMBER_OF], nodes: [NETWORK], networks: ["pole/p"]')).toEqual([
      ...['BEGAN 2005 Pole', 'BEGAN 2006 Membership'],
    ]);
    expect(await changes('types: [MEMBER_OF]')).toEqual(['BEGAN 2006 Membership', 'ENDED 2010 Membership']);
    expect(await graph.errorMessages('{ changes(from: "2005", to: "2006", kinds: []) { totalCount } }')).toEqual([
      'kinds: the list is empty; name at least one, or leave it out.',
    ]);
  });
});

describe('a question of several roots', () => {
  it('has the answers of those that can be answered', async () => {
    const { data, errors } = await graph.answer(
      '{ poles { totalCount } wrong: poles(first: 500) { totalCount } paths(from: "organisation/none", to: "pole/p") { nodes { id } } }',
    );
    expect(data).toEqual({ poles: { totalCount: 1 }, wrong: null, paths: null });
    expect(errors.map(({ path }) => path)).toEqual([['wrong'], ['paths']]);
  });
});
