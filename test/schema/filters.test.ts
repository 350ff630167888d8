import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { statement } from '../../src/graph/statement.ts';
import { countOf } from '../../src/store/list-statements.ts';
import { organisations } from '../../src/store/organisation.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { filtered, foundBy } from './filtered.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(filtered());
});
afterAll(() => graph[Symbol.asyncDispose]());

const named = (filter: object, list?: string): Promise<string[]> => foundBy(graph, filter, list);

describe('a filter', () => {
  it('treats unknown values as not matching, and their negation as matching', async () => {
    expect(await named({ public: true })).toEqual(['a']);
    expect(await named({ not: { public: true } })).toEqual(['b', 'c']);
    expect(await named({ not: { not: { public: true } } })).toEqual(['a']);
    expect(await named({ public: false })).toEqual(['b']);
    expect(await named({ not: { public: false } })).toEqual(['a', 'c']);
    expect(await named({ not: { or: [{ public: false }, { size: ['SMALL'] }] } })).toEqual(['a', 'c']);
    expect(await named({ not: { and: [{ public: true }, { size: ['SMALL'] }] } })).toEqual(['a', 'b', 'c']);
    expect(await named({ not: { rank: ['WORLD'] } }, 'networks')).toEqual(['nouveau', 'sans-date']);
    expect(await named({ not: { startsIn: { from: '2000' } } }, 'projects')).toEqual(['y']);
    expect(await named({ not: { sourcedBy: ['source/other'] } })).toEqual(['a', 'b']);
  });

  it('finds names whatever their accents, case and elisions, and never by their identifiers', async () => {
    expect(await named({ nameContains: 'ENERGIE' })).toEqual(['a']);
    expect(await named({ nameContains: "d'Énergie" })).toEqual(['a']);
    expect(await named({ nameStartsWith: 'énerg' })).toEqual(['a']);
    expect(await named({ nameStartsWith: 'lot' })).toEqual([]);
    expect(await named({ nameContains: 'organisation' })).toEqual([]);
    expect(await named({ nameContains: 'xyl' }, 'projects')).toEqual(['x']);
  });

  it('asks for any value of a list, so that an empty list finds nothing', async () => {
    for (const empty of [{ kind: [] }, { memberOf: [] }, { hasIdentifier: [] }, { sourcedBy: [] }, { or: [] }]) {
      expect(await named(empty), JSON.stringify(empty)).toEqual([]);
      expect(await named({ not: empty }), JSON.stringify(empty)).toEqual(['a', 'b', 'c']);
    }
    for (const open of [{}, { and: [] }, { or: [{}] }, { partnerCount: {} }, { kind: null, not: null }]) {
      expect(await named(open), JSON.stringify(open)).toEqual(['a', 'b', 'c']);
    }
  });

  it('holds the relationships that it names to its date, inside too', async () => {
    expect(await named({ memberOf: ['pole/ancien'] })).toEqual(['a', 'b']);
    expect(await named({ memberOf: ['pole/ancien'], asOf: '2007' })).toEqual(['a', 'b']);
    expect(await named({ memberOf: ['pole/ancien'], asOf: '2009' })).toEqual(['b']);
    expect(await named({ memberOf: ['pole/ancien'], asOf: '2011' })).toEqual([]);
    expect(await named({ asOf: '2011', or: [{ memberOf: ['pole/ancien'] }, { kind: ['UNKNOWN'] }] })).toEqual(['c']);
    expect(await named({ asOf: '2011', and: [{ memberOf: ['pole/ancien'], asOf: '2007' }] })).toEqual(['a', 'b']);
    expect(await named({ asOf: '2006', not: { partnerOf: ['organisation/a'] } })).toEqual(['a', 'b', 'c']);
    expect(await named({ asOf: '2007', not: { partnerOf: ['organisation/a'] } })).toEqual(['a', 'c']);
    expect(await named({ locatedIn: ['territory/occitanie'] })).toEqual(['a']);
    expect(await named({ locatedIn: ['territory/midi'], asOf: '2015' })).toEqual(['a']);
    expect(await named({ locatedIn: ['territory/midi'], asOf: '2016' })).toEqual([]);
    expect(await named({ not: { locatedIn: ['territory/midi'] }, asOf: '2016' })).toEqual(['a', 'b', 'c']);
    expect(await named({ activeAsOf: '2010' }, 'networks')).toEqual(['ancien']);
    expect(await named({ activeAsOf: '2010', includeUndated: true }, 'networks')).toEqual(['ancien', 'sans-date']);
  });

  it('asks for some, none or every of the relationships of a record', async () => {
    expect(await named({ memberships: { some: {} } })).toEqual(['a', 'b']);
    expect(await named({ memberships: { none: {} } })).toEqual(['c']);
    expect(await named({ memberships: {} })).toEqual(['a', 'b', 'c']);
    expect(await named({ memberships: { some: { network: ['pole/nouveau'], role: ['MEMBER'] } } })).toEqual(['b']);
    expect(await named({ memberships: { none: { network: ['pole/nouveau'] } } })).toEqual(['a', 'c']);
    expect(await named({ memberships: { every: { network: ['pole/ancien'] } } })).toEqual(['a', 'c']);
    expect(await named({ memberships: { some: {}, every: { network: ['pole/ancien'] } } })).toEqual(['a']);
    expect(await named({ memberships: { some: { during: { from: '2009', to: '2010' } } } })).toEqual(['b']);
    expect(await named({ memberships: { some: { network: ['pole/ancien'] } }, asOf: '2009' })).toEqual(['b']);
    expect(await named({ partnerships: { some: { kind: ['PROJECT'] } } })).toEqual([]);
    expect(await named({ partnerships: { some: { organisationKind: ['TRAINING'] } } })).toEqual(['a']);
    expect(await named({ participations: { none: {} } })).toEqual(['b', 'c']);
    expect(await named({ members: { every: { organisationKind: ['TRAINING'] } } }, 'networks')).toEqual([
      'nouveau',
      'sans-date',
    ]);
    expect(await named({ participants: { some: { actorKind: ['ORGANISATION'] } } }, 'projects')).toEqual(['x']);
  });

  it('counts the networks of an organisation, and at a date the members of a network', async () => {
    expect(await named({ networkCount: { min: 2 } })).toEqual(['b']);
    expect(await named({ networkCount: { max: 0 } })).toEqual(['c']);
    expect(await named({ networkCount: { min: 1, max: 1 }, asOf: '2007' })).toEqual(['a', 'b']);
    expect(await named({ networkCount: { min: 1 }, asOf: '2009' })).toEqual(['b']);
    expect(await named({ memberCount: { min: 2 } }, 'networks')).toEqual(['ancien']);
    expect(await named({ memberCount: { min: 2 }, asOf: '2009' }, 'networks')).toEqual([]);
  });

  it('is answered from the snapshot where it asks for counts, or for some of the relationships', async () => {
    const asked = `{ organisations(
      filter: { networkCount: { min: 1 }, memberships: { none: { role: [BOARD] } }, asOf: "2007" }
      orderBy: { field: NETWORK_COUNT, direction: DESC }
    ) { totalCount nodes { id } facets { networkCounts { value count } } } }`;
    expect((await graph.answer(asked)).statements).toEqual([]);
  });

  it('holds both of two relationships to its date, where the list starts from one of them', async () => {
    const memberIn = (territory: string, asOf?: string) =>
      named({ memberOf: ['pole/ancien', 'pole/nouveau'], locatedIn: [`territory/${territory}`], asOf: asOf ?? null });
    expect(await memberIn('lot')).toEqual(['a']);
    expect(await memberIn('lot', '2007')).toEqual(['a']);
    expect(await memberIn('lot', '2009')).toEqual([]);
    expect(await memberIn('midi', '2007')).toEqual(['a']);
    expect(await memberIn('occitanie')).toEqual(['a']);
    expect(await memberIn('occitanie', '2007')).toEqual([]);
  });

  it('reaches territories through their parts, and topics through narrower ones', async () => {
    expect(await named({ locatedIn: ['territory/cahors'] })).toEqual(['a']);
    expect(await named({ topic: ['topic/energie'] })).toEqual(['b']);
    expect(await named({ topic: ['topic/solaire'] }, 'projects')).toEqual([]);
    expect(await named({ covers: ['territory/lot'] }, 'networks')).toEqual(['sans-date']);
    expect(await named({ covers: ['territory/midi'] }, 'networks')).toEqual([]);
  });

  it('counts a start of which only the year is known in any part of that year', async () => {
    expect(await named({ startsIn: { from: '2009-06', to: '2009-07' } }, 'projects')).toEqual(['x']);
    expect(await named({ startsIn: { from: '2010' } }, 'projects')).toEqual([]);
    expect(await named({ startsIn: { to: '2008-12-31' } }, 'projects')).toEqual([]);
    expect(await named({ startsIn: {} }, 'projects')).toEqual(['x', 'y']);
  });

  it('finds by the other conditions of the contract', async () => {
    expect(await named({ hasIdentifier: ['SIREN', 'ROR'] })).toEqual(['a']);
    expect(await named({ partnerCount: { min: 1 } })).toEqual(['a', 'b']);
    expect(await named({ projectCount: { max: 0 } })).toEqual(['b', 'c']);
    expect(await named({ hasMembers: true }, 'networks')).toEqual(['ancien', 'nouveau']);
    expect(await named({ hasMembers: false }, 'networks')).toEqual(['sans-date']);
    expect(await named({ memberCount: { min: 2, max: 2 } }, 'poles')).toEqual(['ancien']);
    expect(await named({ kind: ['CLUSTER', 'ORGANISATION'] }, 'networks')).toEqual(['sans-date']);
    expect(await named({ labelledBy: ['pole/ancien'], programme: ['Carnot'] }, 'projects')).toEqual(['x']);
    expect(await named({ participant: ['organisation/b'] }, 'projects')).toEqual([]);
  });

  it('follows the records that it names to those that they were merged into', async () => {
    const merge = statement<never>('merge', "CREATE (:Merged {id: 'organisation/old', into: 'organisation/a'})");
    await graph.engine.write((transaction) => transaction.run(merge));
    expect(await named({ partnerOf: ['organisation/old'] })).toEqual(['b']);
    expect(await named({ not: { partnerOf: ['organisation/old', 'pole/ancien'] } })).toEqual(['a', 'c']);
    expect(await named({ participant: ['organisation/old'] }, 'projects')).toEqual(['x']);
    const asked = '{ organisations(filter: {partnerOf: ["organisation/old"]}) { totalCount nodes { id } } }';
    const { data } = await graph.answer(asked);
    expect(data.organisations).toEqual({ totalCount: 1, nodes: [{ id: 'organisation/b' }] });
  });

  it('costs one batch, and one statement more for all identifiers that it names', async () => {
    const page = '{ organisations(filter: {FILTER}) { totalCount nodes { id } } }';
    const plain = await graph.plain.answer(page.replace('FILTER', 'kind: [COMPANY]'));
    expect([plain.roundTrips, plain.statements.length]).toEqual([1, 2]);
    const naming = 'partnerOf: ["organisation/a", "organisation/b"], memberOf: ["pole/ancien"]';
    const partners = await graph.plain.answer(page.replace('FILTER', naming));
    expect([partners.roundTrips, partners.statements.length]).toEqual([1, 3]);
  });

  it('matches nothing with a text that has neither letters nor digits, which no name has in it', async () => {
    for (const text of ['…', '...', '+', ' ', '', '!?']) {
      for (const field of ['nameContains', 'nameStartsWith']) {
        expect(await named({ [field]: text }), text).toEqual([]);
        expect(await named({ not: { [field]: text } }), text).toEqual(['a', 'b', 'c']);
        expect(await named({ or: [{ [field]: text }, { public: true }] }), text).toEqual(['a']);
        expect(await named({ [field]: text }, 'projects'), text).toEqual([]);
        expect(await named({ [field]: text }, 'networks'), text).toEqual([]);
      }
    }
  });

  it('finds a programme whatever its case', async () => {
    for (const programme of ['Carnot', 'carnot', 'CARNOT']) {
      expect(await named({ programme: [programme] }, 'projects'), programme).toEqual(['x']);
    }
    expect(await named({ not: { programme: ['cARNOT'] } }, 'projects')).toEqual(['y']);
  });

  it('is the same in whatever order its conditions stand', async () => {
    const parts = [
      { memberOf: ['pole/ancien', 'pole/nouveau'] },
      { topic: ['topic/solaire'] },
      { partnerOf: ['organisation/a'] },
      { locatedIn: ['territory/lot'] },
    ];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders) {
      const filter = { and: order.map((place) => parts[place]!) };
      expect(await named(filter), JSON.stringify(filter)).toEqual(['b']);
      const { memberOf } = parts[0]!;
      const rest = { memberOf, and: order.filter((place) => place > 0).map((place) => parts[place]!) };
      expect(await named(rest), JSON.stringify(rest)).toEqual(['b']);
      expect(await named({ ...rest, and: [...rest.and, parts[3]!] }), JSON.stringify(rest)).toEqual([]);
    }
  });

  it.each(['not: {memberOf: ["pole/ancien"]}', 'or: [{memberOf: ["pole/ancien"]}, {public: true}]'])(
    'looks at all for %s, which nothing need meet',
    async (filter) => {
      const { statements } = await graph.plain.answer(`{ organisations(filter: {${filter}}) { nodes { id } } }`);
      expect(statements.filter((name) => name.includes(' from '))).toEqual([]);
    },
  );

  it('belongs to its cursors: another filter rejects them', async () => {
    const ask = (more: string) => `{ organisations(first: 1 ${more}) { pageInfo { endCursor } nodes { id } } }`;
    const cursor = (await graph.ask(ask('filter: {memberOf: ["pole/ancien"]}'))).organisations.pageInfo.endCursor;
    const after = `after: "${cursor}"`;
    expect((await graph.ask(ask(`filter: {memberOf: ["pole/ancien"]} ${after}`))).organisations.nodes).toEqual([
      { id: 'organisation/b' },
    ]);
    for (const other of [
      'filter: {memberOf: ["pole/nouveau"]}',
      'filter: {memberOf: ["pole/ancien"], asOf: "2009"}',
      'filter: {not: {memberOf: ["pole/ancien"]}}',
      '',
    ]) {
      expect(await graph.errorMessages(ask(`${other} ${after}`)), other).toEqual([
        expect.stringContaining('belongs to a list with another order or filter'),
      ]);
    }
  });
});

describe('a predicate', () => {
  it('has the same text for every value, so that engines plan each shape once', () => {
    const textsOf = (filter: object) => {
      const { listing, conditions } = organisations({ filter });
      return countOf(listing, conditions);
    };
    const hostile = "x'}) DETACH DELETE (b) //";
    const one = textsOf({
      nameContains: 'a',
      memberOf: ['pole/a'],
      not: { partnerOf: ['organisation/b'] },
      asOf: '2009' as PartialDate,
    });
    const other = textsOf({
      nameContains: hostile,
      memberOf: [`pole/${hostile}`, 'pole/x'],
      not: { partnerOf: [] },
      asOf: '2010-01' as PartialDate,
    });
    expect(other).toEqual(one);
    expect(one.text).not.toContain('pole/a');
    expect(organisations({ filter: {} })).toEqual(organisations({}));
  });
});
