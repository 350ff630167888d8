import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { filtered, foundBy, inputOf } from './filtered.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await (await emptyGraph()).fill(filtered());
});
afterAll(() => graph[Symbol.asyncDispose]());

const named = (filter: object, list?: string): Promise<string[]> => foundBy(graph, filter, list);

describe('a filter', () => {
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

  const deep = (levels: number): object => (levels === 0 ? { public: true } : { not: deep(levels - 1) });
  const BEYOND_LIMITS: readonly [why: string, field: string, filter: object, message: string][] = [
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
  it.each(BEYOND_LIMITS)('is rejected when it is %s', async (_, field, filter, message) => {
    const source = `query ($filter: ${inputOf(field)}) { ${field}(filter: $filter) { totalCount } }`;
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
