import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { recount } from '../../src/store/counts.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';
import { ground, named, PARTNERS } from './ground.ts';
import { Reference } from './reference.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(ground());
}, 120_000);
afterAll(() => graph?.[Symbol.asyncDispose]());

describe('a comparison of networks', () => {
  const COMPARE = /* GraphQL */ `
    query ($ids: [ID!]!, $asOf: PartialDate) {
      compareNetworks(ids: $ids, asOf: $asOf) {
        networks { memberCount onlyHereCount }
        memberOfAll { id }
        pairs { commonCount jaccard bridgeCount bridges { from { id } to { id } } sharedTopics { id } sharedTerritories { id } }
      }
    }`;

  it('shows members, overlap, bridges, topics and territories', async () => {
    const ids = ['pole/north', 'pole/south'];
    const { compareNetworks } = await graph.ask(COMPARE, { ids });
    expect(compareNetworks).toEqual({
      networks: [
        { memberCount: 2, onlyHereCount: 1 },
        { memberCount: 2, onlyHereCount: 1 },
      ],
      memberOfAll: [{ id: named('b') }],
      pairs: [
        {
          commonCount: 1,
          jaccard: 1 / 3,
          // a and c are no partners: a and b are, but b is a member of both.
          bridgeCount: 0,
          bridges: [],
          sharedTopics: [{ id: 'topic/steel' }],
          sharedTerritories: [{ id: 'territory/town' }],
        },
      ],
    });
    const then = await graph.ask(COMPARE, { ids, asOf: '2010' });
    expect(then.compareNetworks.pairs[0]).toMatchObject({ commonCount: 0, jaccard: 0, bridgeCount: 0 });
  });

  it.each([
    [['pole/north'], 'ids: 1 networks were named; two to 10 can be compared.'],
    [Array(11).fill('pole/north'), 'ids: 11 networks were named; two to 10 can be compared.'],
    [['pole/north', 'pole/north'], 'ids: "pole/north" is named twice.'],
    [['pole/north', 'pole/nowhere'], 'ids: there is no network "pole/nowhere".'],
    [
      ['pole/north', named('a')],
      '"organisation/a" is an Organisation, not a Pole or a Cluster: ask for it with node(id:).',
    ],
  ])('is rejected for %j', async (ids, message) => {
    expect(await graph.errorMessages(COMPARE, { ids })).toEqual([message]);
  });
});

describe('changes', () => {
  const CHANGES = /* GraphQL */ `
    query ($from: PartialDate!, $to: PartialDate!, $networks: [ID!], $types: [RelationshipType!]) {
      changes(from: $from, to: $to, networks: $networks, types: $types) {
        totalCount
        nodes { kind on subject { __typename id } }
      }
    }`;

  it('shows what began and ended, typed, in order', async () => {
    const { changes } = await graph.ask(CHANGES, { from: '2005', to: '2008-02', networks: ['pole/north'] });
    expect(
      changes.nodes.map(({ kind, on, subject }: never) => [kind, on, (subject as { __typename: string }).__typename]),
    ).toEqual([
      ['BEGAN', '2005', 'Pole'],
      ['BEGAN', '2006', 'Membership'],
      ['BEGAN', '2006', 'Membership'],
      ['BEGAN', '2007', 'Project'],
      ['ENDED', '2008-02', 'Membership'],
    ]);
    expect(changes.totalCount).toBe(5);
  });

  it('takes an end for the last day that it may mean', async () => {
    const ends = async (from: string, to: string): Promise<number> =>
      (await graph.ask(CHANGES, { from, to, types: ['MEMBER_OF'] })).changes.totalCount;
    expect(await ends('2008-02', '2008-02')).toBe(1);
    expect(await ends('2008-02-29', '2008-03')).toBe(1);
    expect(await ends('2008-02-01', '2008-02-28')).toBe(0);
    expect(await ends('2008-03', '2009')).toBe(0);
  });

  it.each([
    [{ from: '2010', to: '2009' }, 'to: 2009 comes before 2010: give the earlier date first.'],
    [{ from: '2009', to: '2010', types: [] }, 'types: the list is empty; name at least one, or leave it out.'],
    [{ from: '2009', to: '2010', networks: [] }, 'networks: 0 identifiers were given; from 1 to 50 can be.'],
    [{ from: '2009', to: '2010', networks: ['pole/nowhere'] }, 'networks: there is no network "pole/nowhere".'],
  ])('are rejected for %j', async (variables, message) => {
    expect(await graph.errorMessages(CHANGES, variables)).toEqual([message]);
  });
});

describe('suggestions', () => {
  it('look behind the partners with the fewest partners only, when there are very many', async () => {
    const { actor } = await graph.ask(
      `{ actor(by: { id: "${named('popular')}" }) {
        suggestedPartners(first: 50) { actor { id } score commonPartnerCount commonPartners(first: 3) { id } }
      } }`,
    );
    const expected = (await Reference.read(graph)).suggestedPartners(named('popular'));
    expect(actor.suggestedPartners).toEqual(
      expected.map(({ id, score, commonPartners }) => ({
        actor: { id },
        score,
        commonPartnerCount: commonPartners.length,
        commonPartners: commonPartners.slice(0, 3).map((partner) => ({ id: partner })),
      })),
    );
    // z is a partner of every fifth of them: of fewer than those would be without the bound.
    expect(actor.suggestedPartners[0].commonPartnerCount).toBeLessThan(PARTNERS / 5);
  });

  it('count the partners that an actor has as of the date, to find hubs and those with the fewest', async () => {
    const actor = named('popular');
    const actors = (from: number, to: number): string[] =>
      Array.from({ length: to - from }, (_, place) => named(`p${from + place}`));
    const setCount = statement<never>(
      'setCount',
      'UNWIND $ids AS id MATCH (n:Entity {id: id}) SET n.partnerCount = $count',
    );
    const suggested = async (asOf: string | null): Promise<{ actor: { id: string }; score: number }[]> => {
      const question = `query ($id: ID!, $asOf: PartialDate) { actor(by: { id: $id }) {
        suggestedPartners(first: 50, asOf: $asOf) { actor { id } score } } }`;
      return (await graph.ask(question, { id: actor, asOf })).actor.suggestedPartners;
    };
    const write = (ids: string[], count: number): Promise<unknown> =>
      graph.engine.write((transaction) => transaction.run(setCount, { ids, count }));
    try {
      // Over all dates fifty are hubs, and fifty have hardly any partners: as of 2015 all of them are like the others.
      await write(actors(0, 50), 1_001);
      await write(actors(50, 100), 1);
      const reference = await Reference.read(graph);
      for (const asOf of [null, '2015']) {
        const expected = reference.suggestedPartners(actor, asOf ?? undefined);
        expect(await suggested(asOf), String(asOf)).toEqual(
          expected.map(({ id, score }) => ({ actor: { id }, score })),
        );
      }
      expect(await suggested('2015')).not.toEqual(await suggested(null));
    } finally {
      await graph.engine.write((transaction) => transaction.run(recount, { ids: actors(0, 100) }));
    }
  });

  it('take four statements for up to twenty actors of a list together', async () => {
    const ids = ['a', 'b', 'c', 'popular'].map(named);
    const { statements } = await graph.plain.answer(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Actor { suggestedPartners { score } } } }',
      { ids },
    );
    // Two more would read the topics and seats of their partners' partners, if they had any themselves.
    expect(statements).toEqual([
      'nodesById',
      'partnersWithBreadth',
      'topicsOfActors',
      'seatsOfActors',
      'partnersByKind',
    ]);
  });

  it.each([-1, 51])('are rejected in a list of %i', async (first) => {
    const question = `{ actor(by: { id: "${named('a')}" }) { suggestedPartners(first: ${first}) { score } } }`;
    expect(await graph.errorMessages(question)).toEqual([`first: ${first} is not between 0 and 50.`]);
  });
});

describe('the whole', () => {
  it.each([-1, 101])('rejects a list of %i duplicates', async (first) => {
    expect(await graph.errorMessages(`{ duplicateCandidates(first: ${first}) { score } }`)).toEqual([
      `first: ${first} is not between 0 and 100.`,
    ]);
  });

  it('compares networks too, with one another and with organisations', async () => {
    await graph.fill(
      new World()
        .organisation('Twice mécaloire', { city: 'Tours' })
        .cluster('Mecaloire twice', { city: 'Tours' })
        .pole('Twice mecaloire', { city: 'Tours' }),
    );
    const { duplicateCandidates } = await graph.ask('{ duplicateCandidates(first: 3) { score a { id } b { id } } }');
    const pair = (a: string, b: string, score: number) => ({ score, a: { id: a }, b: { id: b } });
    expect(duplicateCandidates).toEqual([
      pair('organisation/twice-mecaloire', 'pole/twice-mecaloire', 0.9),
      pair('cluster/mecaloire-twice', 'organisation/twice-mecaloire', 0.8),
      pair('cluster/mecaloire-twice', 'pole/twice-mecaloire', 0.8),
    ]);
  });

  it('shows what the seed is still loading', async () => {
    const mark = statement<never>('mark', "MERGE (m:Counter {id: 'seed'}) SET m.value = $value");
    const loading = async (value: string): Promise<string | null> => {
      await graph.engine.write((transaction) => transaction.run(mark, { value }));
      return (await graph.ask('{ statistics { loading } }')).statistics.loading;
    };
    expect(await loading('begun +curated +anr')).toBe('loading curated');
    expect(await loading('begun curated +anr')).toBe('loading anr');
    expect(await loading('begun curated anr')).toBeNull();
    expect(await loading('begun curated')).toBeNull();
  });

  it('names another version after a change, and shows when that was', async () => {
    const ask = async () => (await graph.ask('{ statistics { version lastChange } }')).statistics;
    const before = await ask();
    expect(await ask()).toEqual(before);
    await graph.fill(new World().topic('topic/new'));
    const after = await ask();
    expect(after.version).not.toBe(before.version);
    expect(after.lastChange > before.lastChange).toBe(true);
  });
});
