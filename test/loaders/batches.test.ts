import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraph } from '../../schema/graph.ts';
import { createLoaders } from '../../src/loaders/loaders.ts';
import { members } from '../../src/store/membership.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** A fixture of some poles, each with its members, who are partners and have projects of their own. */
function poles(count: number): World {
  const world = new World()
    .source('source/other')
    .territory('territory/x', { name: 'X' })
    .topic('topic/a', { name: 'A' });
  for (let place = 0; place < count; place++) {
    const [one, other] = [`organisation/${place}-one`, `organisation/${place}-other`];
    world
      .pole(`Pole ${place}`, { id: `pole/${place}`, covers: ['territory/x'] })
      .organisation(`One ${place}`, { id: one, topics: ['topic/a'], territory: 'territory/x' })
      .organisation(`Other ${place}`, { id: other })
      .member(one, `pole/${place}`, { sources: ['source/other'] })
      .member(other, `pole/${place}`)
      .partners(one, other)
      .project(`project/${place}`, { labelledBy: [`pole/${place}`], topics: ['topic/a'] })
      .takesPart(one, `project/${place}`)
      .takesPart(other, `project/${place}`)
      .indicator(`pole/${place}`, 'members', 2);
  }
  return world;
}

let few: TestGraph;
let many: TestGraph;

/** What a document costs, first among three poles and then among thirty. */
const costs: { question: string; roundTrips: number; statements: readonly string[] }[] = [];
const QUESTIONS: readonly [what: string, question: string, roundTrips: number, statements: number][] = [
  ['one level', '{ poles { nodes { name } } }', 1, 1],
  ['two lists of one level', '{ poles { nodes { name } } clusters { nodes { name } } }', 1, 2],
  [
    'four levels',
    '{ poles { nodes { name members { nodes { name partners { nodes { name projects { nodes { name } } } } } } } } }',
    4,
    4,
  ],
  [
    'four levels, two lists on each',
    `{ poles { nodes { members { nodes {
        partners { nodes { projects { nodes { name } } memberships(first: 3) { nodes { name } } } }
        memberships { nodes { members(first: 3) { nodes { name } } labelledProjects(first: 3) { nodes { name } } } }
      } }
      labelledProjects { nodes { participants { nodes { partners(first: 3) { nodes { name } } } } } }
    } } }`,
    4,
    // 1, 2, 3 and 5.
    11,
  ],
  [
    'lists that were read on a level above with the same fields: not again',
    '{ poles { nodes { members { nodes { name memberships { nodes { members { nodes { name } } } } } } } } }',
    3,
    3,
  ],
  ['a node and its lists', '{ pole(id: "pole/1") { name members { nodes { name } } projects { totalCount } } }', 1, 3],
  [
    'the lists of a node, which tell that it is there, and nothing of its record',
    '{ pole(id: "pole/1") { __typename id members { nodes { name } } projects { totalCount } } }',
    1,
    2,
  ],
  [
    'an empty list of a node, which tells nothing',
    '{ pole(id: "pole/1") { members(role: [BOARD]) { totalCount } } }',
    2,
    2,
  ],
  [
    'a node and its pages',
    '{ pole(id: "pole/1") { name members { nodes { name partners { nodes { name } } } } } }',
    2,
    3,
  ],
  [
    'one list with other arguments on the same level',
    '{ poles { nodes { a: members(role: [MEMBER]) { nodes { name } } b: members(role: [BOARD]) { nodes { name } } } } }',
    2,
    3,
  ],
  [
    'one list twice with the same arguments',
    '{ poles { nodes { a: members { nodes { name } } b: members { edges { roles } pageInfo { hasNextPage } } } } }',
    2,
    2,
  ],
  ['totals beside pages', '{ poles { totalCount nodes { members { totalCount nodes { name } } } } }', 2, 4],
  ['totals alone', '{ poles { nodes { members { totalCount } } } }', 2, 2],
  ['what summaries show', '{ poles { nodes { id name acronym since until } } }', 1, 1],
  ['what records show: one round trip more', '{ poles { nodes { id name website version aliases } } }', 2, 2],
  [
    'sources of edges: one round trip more',
    '{ poles { nodes { members { edges { memberships { sources { title } } } } } } }',
    3,
    3,
  ],
  [
    'sources of edges beside what lies below them',
    '{ poles { nodes { members { edges { memberships { sources { title } } node { partners { nodes { name } } } } } } } }',
    3,
    4,
  ],
  ['sources of records: those, then these', '{ poles { nodes { sources { title } } } }', 3, 3],
  [
    'short lists of every kind',
    '{ poles { nodes { covers { name } topics { name } territory { name } claims { field } indicators { nodes { measure } } } } }',
    2,
    6,
  ],
  [
    'nodes and relationships by identifier',
    '{ nodes(ids: ["pole/0", "organisation/0-one", "project/0"]) { id } node(id: "pole/1") { id } }',
    1,
    1,
  ],
];

beforeAll(async () => {
  // Neo4j has one database: what is counted there among few must be counted before there are many.
  few = await emptyGraph();
  await few.fill(poles(3));
  for (const [, question] of QUESTIONS) {
    const { roundTrips, statements, errors } = await few.plain.answer(question);
    expect(errors).toEqual([]);
    costs.push({ question, roundTrips, statements });
  }
  await few[Symbol.asyncDispose]();
  many = await emptyGraph();
  await many.fill(poles(30));
});
afterAll(() => many?.[Symbol.asyncDispose]());

describe('a document', () => {
  it.each(QUESTIONS)(
    'takes a round trip for each level, a statement for each list: %s',
    async (_, question, roundTrips, statements) => {
      const cost = costs.find((one) => one.question === question)!;
      expect({ roundTrips: cost.roundTrips, statements: cost.statements.length }).toEqual({ roundTrips, statements });
    },
  );

  it.each(QUESTIONS)('takes as many among thirty poles as among three: %s', async (_, question) => {
    const few = costs.find((one) => one.question === question)!;
    const { roundTrips, statements, errors } = await many.plain.answer(question);
    expect(errors).toEqual([]);
    expect({ roundTrips, statements: [...statements].sort() }).toEqual({
      roundTrips: few.roundTrips,
      statements: [...few.statements].sort(),
    });
  });

  it('takes the same roundTrips every time, whichever statement is slower', async () => {
    const [, question] = QUESTIONS[3]!;
    const seen = new Set<string>();
    for (let run = 0; run < 10; run++) {
      const { roundTrips, statements } = await many.plain.answer(question);
      seen.add(`${roundTrips} ${[...statements].sort().join()}`);
    }
    expect(seen.size).toBe(1);
  });

  it('asks for no total that nobody selected', async () => {
    const { statements } = await many.plain.answer('{ poles { nodes { members { nodes { name } } } } }');
    expect(statements.filter((name) => name.startsWith('count'))).toEqual([]);
    const counted = await many.plain.answer(
      'query ($no: Boolean = false) { poles { totalCount @include(if: $no) nodes { name } } }',
    );
    expect(counted.statements.filter((name) => name.startsWith('count'))).toEqual([]);
  });

  it('asks for no page when only the total is selected', async () => {
    const { statements } = await many.plain.answer('{ poles { totalCount } }');
    expect(statements).toEqual(['count of poles']);
  });

  it('asks once for what it names twice', async () => {
    const records = await many.plain.answer(
      '{ a: pole(id: "pole/1") { website } b: node(id: "pole/1") { id } c: network(id: "pole/1") { description } }',
    );
    expect(records.statements).toEqual(['nodesById']);
    const summaries = await many.plain.answer('{ a: pole(id: "pole/1") { name } b: network(id: "pole/1") { since } }');
    expect(summaries.statements).toEqual(['summariesById']);
  });

  it('reads no more entries than the page and one', async () => {
    const limits: unknown[] = [];
    const { engine } = many;
    const watched = {
      ...engine,
      read: ((statement, parameters, options) => {
        limits.push(parameters?.limit);
        return engine.read(statement, parameters, options);
      }) as typeof engine.read,
    };
    const loaders = createLoaders(createGraph(watched), new AbortController().signal);
    await loaders.connection(members({}), { first: 1 }, 'pole/1').page();
    expect(limits).toEqual([2]);
  });

  it('fails in one field, and in no other, when one statement fails', async () => {
    const { engine } = many;
    const loaders = createLoaders(
      createGraph({
        ...engine,
        read: ((statement, parameters, options) => {
          if (statement.name.startsWith('count')) return Promise.reject(new Error('a failure of the fixture'));
          return engine.read(statement, parameters, options);
        }) as typeof engine.read,
      }),
      new AbortController().signal,
    );
    const connection = loaders.connection(members({}), { first: 1 }, 'pole/1');
    const [page, total] = await Promise.allSettled([connection.page(), connection.total()]);
    expect(page).toMatchObject({ status: 'fulfilled', value: { edges: [expect.anything()] } });
    expect(total).toMatchObject({ status: 'rejected', reason: new Error('a failure of the fixture') });
    expect(loaders.batches).toMatchObject({ roundTrips: 1, statements: 2 });
  });

  it('ends with the reason when its reader has left', async () => {
    const reason = new Error('the reader left');
    const loaders = createLoaders(many.graph, AbortSignal.abort(reason));
    await expect(loaders.connection(members({}), { first: 1 }, 'pole/1').page()).rejects.toBe(reason);
  });
});

describe('answers to many parents', () => {
  it('are each parent’s own, in its order, empty for one without', async () => {
    const loaders = createLoaders(many.graph, new AbortController().signal);
    const ids = ['pole/7', 'pole/nowhere', 'pole/2', 'organisation/0-one'];
    const pages = await Promise.all(ids.map((id) => loaders.connection(members({}), { first: 5 }, id).page()));
    expect(pages.map(({ edges }) => edges.map(({ node }) => node.name))).toEqual([
      ['One 7', 'Other 7'],
      [],
      ['One 2', 'Other 2'],
      [],
    ]);
    expect(loaders.batches).toMatchObject({ roundTrips: 1, statements: 1 });
  });

  it('are whole records in the order asked, null for unknown ones, as often as asked', async () => {
    const loaders = createLoaders(many.graph, new AbortController().signal);
    const nodes = await loaders.node.loadMany(['pole/2', 'pole/nowhere', 'pole/1', 'pole/2']);
    expect(nodes.map((node) => node && 'id' in node && node.id)).toEqual(['pole/2', null, 'pole/1', 'pole/2']);
  });
});
