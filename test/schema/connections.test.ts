import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../src/paging/cursor.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { World } from '../support/world.ts';

/** A fixture in which every list has some entries, several of them of one name. */
function hub(): World {
  const world = new World()
    .territory('territory/x', { name: 'X' })
    .topic('topic/a', { name: 'A' })
    .pole('Pole X', { territory: 'territory/x', topics: ['topic/a'], since: '2005' })
    .cluster('Cluster Y', { since: '2009' })
    .member('Cluster Y', 'Pole X', { since: '2010' });
  const names = ['Écho', 'echo', 'Bravo', 'ALPHA', 'Alpha', 'Charlie', 'Delta'];
  for (const [place, name] of names.entries()) {
    const id = `organisation/${place}`;
    world
      .organisation(name, { id, territory: 'territory/x', topics: ['topic/a'] })
      .member(id, 'Pole X', { since: place % 2 === 0 ? String(2005 + place) : '' })
      .project(`project/${place}`, { name, labelledBy: ['Pole X'], start: String(2010 + (place % 3)) })
      .takesPart(id, `project/${place}`)
      .takesPart('organisation/0', `project/${place}`)
      .takesPart(id, 'project/0')
      .patent(`FR${place}`, { title: name, applicants: ['organisation/0'], filedOn: String(2015 + (place % 2)) });
    if (place > 0) world.partners('organisation/0', id, { kind: 'SUPPLY', label: 'x' });
    if (place < 4) world.pole(name, { id: `pole/${place}` }).cluster(name, { id: `cluster/${place}` });
    if (place < 4) world.member('organisation/0', `pole/${place}`);
  }
  return world;
}

/** Every connection: the path to it, which ends before its arguments. */
const CONNECTIONS: readonly [name: string, open: string, close: string][] = [
  ['organisations', 'organisations', ''],
  ['networks', 'networks', ''],
  ['poles', 'poles', ''],
  ['clusters', 'clusters', ''],
  ['projects', 'projects', ''],
  ['members', 'at: pole(id: "pole/pole-x") { members', '}'],
  ['memberships', 'at: actor(by: { id: "organisation/0" }) { memberships', '}'],
  ['partners', 'at: actor(by: { id: "organisation/0" }) { partners', '}'],
  ['projects of an actor', 'at: actor(by: { id: "organisation/0" }) { projects', '}'],
  ['labelledProjects', 'at: network(id: "pole/pole-x") { labelledProjects', '}'],
  ['participants', 'at: project(id: "project/0") { participants', '}'],
  ['patents', 'at: organisation(by: { id: "organisation/0" }) { patents', '}'],
  ['actors of a territory', 'at: territory(id: "territory/x") { actors', '}'],
  ['actors of a topic', 'at: topic(id: "topic/a") { actors', '}'],
];

const PAGE = 'edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(hub());
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const question = ([, open, close]: (typeof CONNECTIONS)[number], args: string, selection = PAGE): string =>
  `query ${args.includes('$cursor') ? '($cursor: String)' : ''} { ${open}${args} { ${selection} } ${close} }`;

async function ask(connection: (typeof CONNECTIONS)[number], args: string, cursor?: string): Promise<Page> {
  const data = await graph.ask(question(connection, args), cursor === undefined ? {} : { cursor });
  const parent = data.at ?? data;
  return Object.values(parent)[0] as Page;
}

describe.each(CONNECTIONS)('the connection %s', (...connection) => {
  it('is the same read forward, read backward, and in one page', async () => {
    const whole = await ask(connection, '(first: 200)');
    const all = whole.edges.map(({ cursor }) => cursor);
    expect(all.length).toBeGreaterThan(4);
    expect(new Set(all).size).toBe(all.length);
    expect(whole.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: all[0],
      endCursor: all.at(-1),
    });
    expect(whole.nodes).toEqual(whole.edges.map(({ node }) => node));

    const forward: string[] = [];
    for (let page = await ask(connection, '(first: 2)'); ; ) {
      expect(page.pageInfo.hasPreviousPage).toBe(forward.length > 0);
      forward.push(...page.edges.map(({ cursor }) => cursor));
      // A cursor that does not move would be followed for ever.
      expect(forward.length).toBeLessThanOrEqual(all.length);
      if (!page.pageInfo.hasNextPage) break;
      expect(page.edges).toHaveLength(2);
      page = await ask(connection, '(first: 2, after: $cursor)', page.pageInfo.endCursor!);
    }
    expect(forward).toEqual(all);

    const backward: string[] = [];
    for (let page = await ask(connection, '(last: 2)'); ; ) {
      expect(page.pageInfo.hasNextPage).toBe(backward.length > 0);
      backward.unshift(...page.edges.map(({ cursor }) => cursor));
      expect(backward.length).toBeLessThanOrEqual(all.length);
      if (!page.pageInfo.hasPreviousPage) break;
      expect(page.edges).toHaveLength(2);
      page = await ask(connection, '(last: 2, before: $cursor)', page.pageInfo.startCursor!);
    }
    expect(backward).toEqual(all);
  });

  it('counts all of it, whatever the page', async () => {
    const whole = await ask(connection, '(first: 200)');
    const data = await graph.ask(question(connection, '(first: 1)', 'totalCount'));
    expect(Object.values(data.at ?? data)).toEqual([{ totalCount: whole.edges.length }]);
  });

  it('gives an empty page for none, and knows that there is more', async () => {
    const page = await ask(connection, '(first: 0)');
    expect(page).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it.each([
    ['more than 200', '(first: 201)', /^first: 201 is more than 200: ask for fewer, and go on with after\.$/],
    ['more than 200 from the end', '(last: 1000000)', /^last: 1000000 is more than 200: .* before\.$/],
    ['fewer than none', '(first: -1)', /^first: -1 is negative: ask for 0 to 200 entries\.$/],
    ['fewer than none from the end', '(last: -2147483648)', /^last: -2147483648 is negative/],
    ['both ends at once', '(first: 1, last: 1)', /^first and last cannot go together: /],
    ['a page after, from the end', '(last: 1, after: "x")', /^after goes with first, and before goes with last/],
    ['a page before, from the start', '(first: 1, before: "x")', /^after goes with first, and before goes with last/],
    ['a cursor that is none', '(first: 1, after: "nonsense")', /^"nonsense" is not a cursor: give back an endCursor/],
    ['an empty cursor', '(first: 1, after: "")', /^"" is not a cursor/],
    ['a number for a cursor', `(first: 1, after: "${btoa('[1,2]')}")`, /is not a cursor/],
    [
      'the cursor of another list',
      `(first: 1, after: "${encodeCursor('elsewhere', ['a', 'b'])}")`,
      /belongs to a list with another order or filter: start that list again, without a cursor\.$/,
    ],
  ])('says what is wrong with %s, and asks no database', async (_, args, message) => {
    const parent = (await graph.plain.answer(question(connection, '', '__typename'))).statements;
    const { errors, statements } = await graph.plain.answer(question(connection, args));
    expect(errors.map((error) => error.message)).toEqual([expect.stringMatching(message)]);
    expect(statements).toEqual(parent);
  });

  it('takes a cursor from its own list only as it was given', async () => {
    const { edges } = await ask(connection, '(first: 1)');
    const [tag, ...keys] = JSON.parse(Buffer.from(edges[0]!.cursor, 'base64url').toString()) as [string, ...string[]];
    const damaged: (string | number)[][] = [
      [],
      keys.slice(1),
      [...keys, 'more'],
      keys.map(() => 1),
      keys.map((key) => (typeof key === 'string' ? key : `${key}`)).with(-1, null as never),
    ];
    for (const positions of damaged) {
      const cursor = encodeCursor(tag, positions);
      const messages = await graph.errorMessages(question(connection, '(first: 1, after: $cursor)'), { cursor });
      expect(messages, JSON.stringify(positions)).toEqual([expect.stringMatching(/is damaged: start the list again/)]);
    }
  });
});

describe('a cursor', () => {
  const members = CONNECTIONS.find(([name]) => name === 'members')!;

  it.each([
    ['another order', '(orderBy: { field: SINCE }, first: 1, after: $cursor)'],
    ['another direction', '(orderBy: { field: NAME, direction: DESC }, first: 1, after: $cursor)'],
    ['a filter', '(role: [MEMBER], first: 1, after: $cursor)'],
    ['a date', '(asOf: "2010", first: 1, after: $cursor)'],
  ])('is rejected with %s', async (_, args) => {
    const { edges } = await ask(members, '(first: 1)');
    const messages = await graph.errorMessages(question(members, args), { cursor: edges[0]!.cursor });
    expect(messages).toEqual([expect.stringMatching(/belongs to a list with another order or filter/)]);
  });

  it('that holds a number which is none is rejected, not sent', async () => {
    const { edges } = await ask(CONNECTIONS[0]!, '(orderBy: { field: PARTNER_COUNT }, first: 1)');
    const [tag] = JSON.parse(Buffer.from(edges[0]!.cursor, 'base64url').toString()) as [string];
    const cursor = Buffer.from(`["${tag}",1e999,"a"]`).toString('base64url');
    const args = '(orderBy: { field: PARTNER_COUNT }, first: 1, after: $cursor)';
    expect(await graph.errorMessages(question(CONNECTIONS[0]!, args), { cursor })).toEqual([
      expect.stringMatching(/is damaged/),
    ]);
  });
});

describe('the order of a connection', () => {
  const names = async (args: string): Promise<string[]> => {
    const { pole } = await graph.ask(`{ pole(id: "pole/pole-x") { members${args} { nodes { name id } } } }`);
    return pole.members.nodes.map(({ name }: { name: string }) => name);
  };

  it('is that of names without accents and case, and then of identifiers', async () => {
    expect(await names('')).toEqual(['ALPHA', 'Alpha', 'Bravo', 'Charlie', 'Cluster Y', 'Delta', 'Écho', 'echo']);
  });

  it('is turned round as a whole', async () => {
    expect(await names('(orderBy: { direction: DESC })')).toEqual((await names('')).toReversed());
  });

  it('puts what is unknown before all others, and last when descending', async () => {
    const since = async (direction: string): Promise<(string | null)[]> => {
      const args = `(orderBy: { field: SINCE, direction: ${direction} })`;
      const { pole } = await graph.ask(`{ pole(id: "pole/pole-x") { members${args} { edges { since } } } }`);
      return pole.members.edges.map((edge: { since: string | null }) => edge.since);
    };
    expect(await since('ASC')).toEqual([null, null, null, '2005', '2007', '2009', '2010', '2011']);
    expect(await since('DESC')).toEqual(['2011', '2010', '2009', '2007', '2005', null, null, null]);
  });
});
