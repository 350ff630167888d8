import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('facets of a small world', () => {
  beforeAll(async () => {
    const world = new World().territory('territory/r', { level: 'REGION' }).topic('topic/t');
    for (const pole of ['pole/a', 'pole/b', 'pole/c']) world.pole(pole, { id: pole, since: '2005' });
    for (let number = 0; number < 6; number++) {
      const id = `organisation/${number}`;
      world.organisation(`Membre ${number}`, { id, territory: 'territory/r', topics: 'topic/t' });
      world.member(id, 'pole/a', { since: '2006' });
      if (number < 2) world.member(id, 'pole/b', { since: `200${6 + number}` });
    }
    world.member('organisation/0', 'pole/a', { since: '2009', role: 'BOARD' });
    await graph.fill(world);
  });

  const MEMBERS = `{ poles(first: POLES) { nodes { members(first: 1) { totalCount nodes { name } SELECTED } } } }`;
  const ask = (poles: number, selected: string) =>
    graph.plain.answer(MEMBERS.replace('POLES', String(poles)).replace('SELECTED', selected));

  it('cost a statement each, whatever the number of lists, and no batch', async () => {
    const plain = await ask(3, '');
    const all = 'facets { actorKinds { count } topics(scheme: SECTOR) { node { id } } sinceYears { value } }';
    for (const poles of [1, 3]) {
      const faceted = await ask(poles, all);
      expect(faceted.errors).toEqual([]);
      expect(faceted.roundTrips).toBe(plain.roundTrips);
      expect(faceted.statements.length).toBe(plain.statements.length + 3);
    }
    expect((await ask(3, 'facets { __typename }')).statements).toEqual(plain.statements);
  });

  it('count an actor once, whatever the number of its memberships', async () => {
    const { data } = await ask(3, 'facets { actorKinds { value label count } sinceYears { value count } }');
    const [a, b, c] = data.poles.nodes.map((pole: { members: object }) => pole.members);
    expect([a.totalCount, b.totalCount, c.totalCount]).toEqual([6, 2, 0]);
    expect(a.facets.actorKinds).toEqual([{ value: 'ORGANISATION', label: 'Organisation', count: 6 }]);
    expect(a.facets.sinceYears).toEqual([
      { value: '2006', count: 6 },
      { value: '2009', count: 1 },
    ]);
    expect(b.facets.sinceYears).toEqual([
      { value: '2006', count: 1 },
      { value: '2007', count: 1 },
    ]);
    expect(c.facets).toEqual({ actorKinds: [], sinceYears: [] });
  });

  it('count actors by the number of their networks, at a date too', async () => {
    const asked = (filter: string, order = 'COUNT') =>
      graph.ask(
        `{ organisations(filter: { ${filter} }) { facets { networkCounts(order: ${order}) { value count } } } }`,
      );
    expect((await asked('')).organisations.facets.networkCounts).toEqual([
      { value: '1', count: 4 },
      { value: '2', count: 2 },
    ]);
    expect((await asked('asOf: "2005"')).organisations.facets.networkCounts).toEqual([{ value: '0', count: 6 }]);
    expect((await asked('asOf: "2006"', 'VALUE')).organisations.facets.networkCounts).toEqual([
      { value: '1', count: 5 },
      { value: '2', count: 1 },
    ]);
  });

  it.each([
    ['topics(scheme: SECTOR, first: 201)', 'first: 201 is not between 0 and 200.'],
    ['territories(level: REGION, first: -1)', 'first: -1 is not between 0 and 200.'],
  ])('are bounded: %s', async (field, message) => {
    const { errors } = await ask(1, `facets { ${field} { count } }`);
    expect(errors.map((error) => [error.message, error.extensions.code])).toEqual([[message, 'BAD_USER_INPUT']]);
  });

  it('may be empty', async () => {
    const { data } = await ask(1, 'facets { topics(scheme: SECTOR, first: 0) { count } }');
    expect(data.poles.nodes[0].members.facets.topics).toEqual([]);
  });

  // The last one: it empties the only database of a Neo4j.
  it('count in the territories of today, and with a date in those of then', async () => {
    await using graph = await emptyGraph();
    await graph.fill(
      new World()
        .territory('territory/old', { level: 'REGION', until: '2015-12-31' })
        .territory('territory/new', { level: 'REGION', since: '2016-01-01' })
        .territory('territory/town', { level: 'COMMUNE' })
        .part('territory/town', 'territory/old', { until: '2015-12-31' })
        .part('territory/town', 'territory/new', { since: '2016-01-01' })
        .organisation('A', { territory: 'territory/town' }),
    );
    const regions = async (filter: string) => {
      const asked = `{ organisations(filter: { ${filter} }) { facets { territories(level: REGION) { value count } } } }`;
      return (await graph.ask(asked)).organisations.facets.territories;
    };
    expect(await regions('kind: [COMPANY]')).toEqual([{ value: 'territory/new', count: 1 }]);
    expect(await regions('asOf: "2010"')).toEqual([{ value: 'territory/old', count: 1 }]);
    expect(await regions('asOf: "2020"')).toEqual([{ value: 'territory/new', count: 1 }]);
  });
});
