import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import { statement } from '../../src/graph/statement.ts';
import { countOf } from '../../src/store/list-statements.ts';
import { organisations } from '../../src/store/organisation.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('a filter', () => {
  let named: (filter: object, field?: string) => Promise<string[]>;

  beforeAll(async () => {
    await graph.fill(
      new World()
        .source('source/other')
        .territory('territory/occitanie', { level: 'REGION', since: '2016' })
        .territory('territory/midi', { level: 'REGION', until: '2015' })
        .territory('territory/lot', { level: 'DEPARTMENT' })
        .territory('territory/cahors', { level: 'COMMUNE' })
        .part('territory/cahors', 'territory/lot')
        .part('territory/lot', 'territory/midi', { until: '2015' })
        .part('territory/lot', 'territory/occitanie', { since: '2016' })
        .topic('topic/energie')
        .topic('topic/solaire', { broader: 'topic/energie' })
        .pole('Ancien', { id: 'pole/ancien', since: '2005', until: '2010', rank: 'WORLD' })
        .pole('Nouveau', { id: 'pole/nouveau', since: '2011' })
        .cluster('Sans date', { id: 'cluster/sans-date', covers: 'territory/lot' })
        .organisation("L'Énergie du Lot", {
          id: 'organisation/a',
          public: true,
          territory: 'territory/cahors',
          siren: '552032534',
        })
        .organisation('Université', { id: 'organisation/b', kind: 'TRAINING', public: false, topics: 'topic/solaire' })
        .organisation('Sans rien', { id: 'organisation/c', kind: 'UNKNOWN', sources: 'source/other' })
        .member('organisation/a', 'pole/ancien', { since: '2006', until: '2008' })
        .member('organisation/b', 'pole/ancien')
        .member('organisation/b', 'pole/nouveau', { since: '2012' })
        .partners('organisation/a', 'organisation/b', { since: '2007' })
        .project('project/x', { name: 'Xylo', start: '2009', programme: 'Carnot', labelledBy: 'pole/ancien' })
        .project('project/y', { name: 'Ypsilon', topics: 'topic/energie' })
        .takesPart('organisation/a', 'project/x'),
    );
    named = async (filter, field = 'organisations') => {
      const input =
        field === 'organisations' ? 'OrganisationFilter' : field === 'projects' ? 'ProjectFilter' : 'NetworkFilter';
      const answer = await graph.ask(`query ($filter: ${input}) { ${field}(filter: $filter) { nodes { id } } }`, {
        filter,
      });
      const nodes: { id: string }[] = answer[field].nodes;
      return nodes.map(({ id }) => id.slice(id.indexOf('/') + 1)).sort();
    };
  });

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

  const UNKNOWN: readonly [field: string, filter: string, message: string][] = [
    ['organisations', 'locatedIn: ["Bretagne"]', 'filter: locatedIn: there is no territory "Bretagne"'],
    ['organisations', 'locatedIn: ["pole/ancien"]', 'filter: locatedIn: there is no territory "pole/ancien"'],
    [
      'organisations',
      'locatedIn: ["territory/lot", "territory/x", "territory/y"]',
      'filter: locatedIn: there is no territory "territory/x", "territory/y"',
    ],
    ['organisations', 'topic: ["topic/x"]', 'filter: topic: there is no topic "topic/x"'],
    ['organisations', 'memberOf: ["pole/x"]', 'filter: memberOf: there is no network "pole/x"'],
    ['organisations', 'partnerOf: ["organisation/x"]', 'filter: partnerOf: there is no actor "organisation/x"'],
    ['organisations', 'sourcedBy: ["source/x"]', 'filter: sourcedBy: there is no source "source/x"'],
    ['organisations', 'not: { memberOf: ["pole/x"] }', 'filter: memberOf: there is no network "pole/x"'],
    ['organisations', 'nameContains: "…", memberOf: ["pole/x"]', 'filter: memberOf: there is no network "pole/x"'],
    ['organisations', 'or: [{}, { memberOf: ["pole/x"] }]', 'filter: memberOf: there is no network "pole/x"'],
    [
      'organisations',
      'memberships: { some: { network: ["pole/x"] } }',
      'filter: memberships.some.network: there is no network "pole/x"',
    ],
    ['networks', 'covers: ["territory/x"]', 'filter: covers: there is no territory "territory/x"'],
    ['poles', 'locatedIn: ["territory/x"]', 'filter: locatedIn: there is no territory "territory/x"'],
    ['projects', 'participant: ["organisation/x"]', 'filter: participant: there is no actor "organisation/x"'],
    ['projects', 'locatedIn: ["territory/x"]', 'filter: locatedIn: there is no territory "territory/x"'],
    ['projects', 'labelledBy: ["cluster/x"]', 'filter: labelledBy: there is no network "cluster/x"'],
  ];

  it.each(UNKNOWN)(
    'of %s with %s is rejected by name, whatever is asked of the list',
    async (field, filter, message) => {
      const full = `${message}: give identifiers as id fields show them.`;
      const facets = field === 'projects' ? [] : ['facets { sinceYears { count } }'];
      for (const selection of [
        'totalCount',
        'nodes { id }',
        'edges { cursor }',
        'pageInfo { hasNextPage }',
        ...facets,
      ]) {
        expect(await graph.errorMessages(`{ ${field}(filter: {${filter}}) { ${selection} } }`), selection).toEqual([
          full,
        ]);
      }
    },
  );

  it('of members is rejected by name too, in a shortened text', async () => {
    const members = (ids: string[]): Promise<readonly string[]> =>
      graph.errorMessages(
        'query ($ids: [ID!]) { pole(id: "pole/ancien") { members(locatedIn: $ids) { totalCount nodes { id } } } }',
        { ids },
      );
    const rejected = 'locatedIn: there is no territory "territory/x": give identifiers as id fields show them.';
    expect(new Set(await members(['territory/lot', 'territory/x']))).toEqual(new Set([rejected]));
    const [message] = await members(Array.from({ length: 90 }, (_, number) => `${'x'.repeat(500)}${number}`));
    expect(message).toMatch(/^locatedIn: there is no territory "x+…", .* and 85 more: give identifiers/);
    expect(message!.length).toBeLessThan(500);
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

  const deep = (levels: number): object => (levels === 0 ? { public: true } : { not: deep(levels - 1) });
  const REFUSED: readonly [why: string, field: string, filter: object, message: string][] = [
    ['too deep', 'organisations', deep(5), 'filter: and, or and not stand 5 deep inside one another; 4 is the most.'],
    [
      'too long',
      'organisations',
      { or: Array.from({ length: 31 }, () => ({ public: true })) },
      'filter: 31 conditions in all; 30 is the most.',
    ],
    [
      'too long in its conditions on relationships',
      'organisations',
      { or: Array.from({ length: 16 }, () => ({ memberships: { some: { role: ['BOARD'], network: [] } } })) },
      'filter: 32 conditions in all; 30 is the most.',
    ],
    [
      'of a period that ends before it begins',
      'organisations',
      { memberships: { none: { during: { from: '2010', to: '2009' } } } },
      'filter: memberships.none.during ends (2009) before it begins (2010).',
    ],
    [
      'of too many identifiers in a condition on relationships',
      'networks',
      { members: { some: { member: Array.from({ length: 101 }, (_, number) => `organisation/${number}`) } } },
      'filter: members.some.member lists 101 values; 100 is the most in one list.',
    ],
    [
      'of too many identifiers',
      'organisations',
      { memberOf: Array.from({ length: 101 }, (_, number) => `pole/${number}`) },
      'filter: memberOf lists 101 values; 100 is the most in one list.',
    ],
    [
      'of too many identifiers in all',
      'organisations',
      {
        or: Array.from({ length: 3 }, () => ({
          partnerOf: Array.from({ length: 90 }, (_, number) => `pole/${number}`),
        })),
      },
      'filter: its lists have 270 values in all; 200 is the most.',
    ],
    [
      'of too many parts',
      'networks',
      { or: Array.from({ length: 101 }, () => ({})) },
      'filter: or lists 101 values; 100 is the most in one list.',
    ],
    [
      'of too long a name',
      'projects',
      { nameContains: 'x'.repeat(201) },
      'filter: nameContains has 201 characters; 200 is the most.',
    ],
    [
      'with an inverted range',
      'clusters',
      { memberCount: { min: 3, max: 1 } },
      'filter: memberCount has min 3, which is more than its max 1.',
    ],
    [
      'with an inverted period',
      'projects',
      { startsIn: { from: '2010', to: '2009' } },
      'filter: startsIn ends (2009) before it begins (2010).',
    ],
  ];

  // By its own rules: a server looks at the length of lists and the depth of variables before.
  it.each(REFUSED)('is rejected when it is %s', async (_, field, filter, message) => {
    const input =
      field === 'organisations' ? 'OrganisationFilter' : field === 'projects' ? 'ProjectFilter' : 'NetworkFilter';
    const source = `query ($filter: ${input}) { ${field}(filter: $filter) { totalCount } }`;
    const { errors } = await graph.plain.answer(source, { filter });
    expect(errors.map((error) => error.message)).toEqual([message]);
  });

  it('is rejected with a code', async () => {
    const { errors } = await graph.answer('{ clusters(filter: {memberCount: {min: 3, max: 1}}) { totalCount } }');
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_FILTER']);
  });

  it('may be as large as its limits', async () => {
    expect(await named(deep(4))).toEqual(['a']);
    expect(await named({ or: Array.from({ length: 30 }, () => ({ public: true })) })).toEqual(['a']);
    const times = (id: string, length: number): string[] => Array.from({ length }, () => id);
    expect(await named({ memberOf: times('pole/nouveau', 100) })).toEqual(['b']);
    // Thirty lists that have two hundred values in all.
    const relations = [
      { memberOf: times('pole/nouveau', 8) },
      { partnerOf: times('pole/nouveau', 8) },
      { locatedIn: times('territory/occitanie', 8), asOf: '2015' },
      { topic: times('topic/solaire', 8) },
      { asOf: '2012', memberOf: ['pole/nouveau'] },
    ];
    const many = Array.from({ length: 6 }, () => relations).flat();
    expect(await named({ not: { and: [{ not: { or: many } }] } })).toEqual(['b']);
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
