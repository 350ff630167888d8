import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { World } from '../support/world.ts';

let graph: TestGraph;
let server: LiveServer;

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(
    new World()
      .pole('one', { name: 'Pôle, "un"', id: 'pole/one' })
      .pole('two', { name: '=2+5', id: 'pole/two' })
      .pole('three')
      .organisation('a')
      .member('organisation/a', 'pole/one', { since: '2010' })
      .member('organisation/a', 'pole/two', { since: '2012-06' }),
  );
  server = await liveServer(graph.engine);
});

afterAll(async () => {
  await server.close();
  await graph[Symbol.asyncDispose]();
});

const address = (query: string, variables: object = {}): string =>
  `${server.url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;

const get = (query: string, variables: object = {}): Promise<Response> =>
  fetch(address(query, variables), { headers: { accept: 'text/csv' } });

const rowsOf = async (answer: Response): Promise<string[][]> => parse(await answer.text());

const POLES = `query ($after: String) {
  poles(first: 2, after: $after, orderBy: { field: NAME, direction: DESC }) {
    nodes { id name members { totalCount } } pageInfo { hasNextPage endCursor }
  }
}`;

describe('a list as CSV', () => {
  it('has a column for each selected leaf, a row for each entry, and a name', async () => {
    const answer = await get(POLES);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="poles.csv"');
    expect(await rowsOf(answer)).toEqual([
      ['id', 'name', 'members.totalCount'],
      ['pole/three', 'three', '0'],
      ['pole/one', 'Pôle, "un"', '1'],
    ]);
  });

  it('names the address of its next page, until there is none', async () => {
    const link = (await get(POLES)).headers.get('link');
    const [, path, relation] = /^<(.+)>; rel="(.+)"$/.exec(link!)!;
    expect(relation).toBe('next');
    const next = await fetch(server.url + path, { headers: { accept: 'text/csv' } });
    expect(next.headers.get('link')).toBeNull();
    // A spreadsheet does not run a name.
    expect(await rowsOf(next)).toEqual([
      ['id', 'name', 'members.totalCount'],
      ['pole/two', "'=2+5", '1'],
    ]);
  });

  it('is the same from the cache, by POST, by a fragment, and by an address alone', async () => {
    const query = 'query Q { poles(first: 3) { nodes { ...F } } } fragment F on Pole { name id }';
    const first = await (await get(query)).text();
    expect(first.split('\r\n')).toHaveLength(5);
    expect(await (await get(query)).text()).toBe(first);
    const body = JSON.stringify({ query });
    const headers = { accept: 'text/csv, application/json;q=0.5', 'content-type': 'application/json' };
    expect(await (await fetch(`${server.url}/graphql`, { method: 'POST', headers, body })).text()).toBe(first);
    expect(await (await fetch(`${address(query)}&format=csv`, { headers: { accept: 'text/html' } })).text()).toBe(
      first,
    );
  });

  it('joins the values of a list inside an entry in one cell', async () => {
    const query = '{ organisations { edges { node { name memberships { edges { since node { id } } } } } } }';
    expect(await rowsOf(await get(query))).toEqual([
      ['node.name', 'node.memberships.edges.since', 'node.memberships.edges.node.id'],
      ['a', '2012-06; 2010', 'pole/two; pole/one'],
    ]);
  });

  it('tells types, and is as long as it says', async () => {
    const answer = await get('{ nodes(ids: ["pole/one", "organisation/a"]) { __typename name } }');
    const length = Number(answer.headers.get('content-length'));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(parse(bytes)).toEqual([
      ['__typename', 'name'],
      ['Pole', 'Pôle, "un"'],
      ['Organisation', 'a'],
    ]);
    expect(length).toBe(bytes.length);
  });

  it.each([
    ['text/csv;q=0, application/json', 'application/json'],
    ['application/json, text/csv;q=0.5', 'application/json'],
    ['application/json;q=0.1, text/csv;q=0.5', 'text/csv'],
  ])('is what the client rather has: %s', async (accept, type) => {
    const answer = await fetch(address('{ poles { nodes { id } } }'), { headers: { accept } });
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it('of a record that is not there, and another format, are errors', async () => {
    const missing = await get('{ pole(id: "pole/nobody") { members { nodes { id } } } }');
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('pole.members is null')]);
    const xml = await fetch(`${address('{ poles { nodes { id } } }')}&format=xml`);
    expect([xml.status, await xml.text()]).toEqual([400, expect.stringContaining('format=xml is unknown')]);
  });

  it('has its line of names without an entry', async () => {
    const answer = await get('{ poles(filter: { nameContains: "nowhere" }) { nodes { id website } } }');
    expect(await rowsOf(answer)).toEqual([['id', 'website']]);
  });

  it.each([
    ['{ poles { totalCount } }', 'no list'],
    ['{ poles { nodes { id } } clusters { nodes { id } } }', 'ask for one of poles.nodes, clusters.nodes'],
  ])('is refused with a reason for %s', async (query, reason) => {
    const answer = await get(query);
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors[0]!.message).toContain(reason);
    expect([answer.status, errors[0]!.extensions]).toEqual([406, { code: 'NOT_ACCEPTABLE' }]);
  });

  it.each(['{ poles(first: -1) { nodes { id } } }', '{ poles { nodes { nothing } } }', '{ poles {'])(
    'has its errors as JSON: %s',
    async (query) => {
      const answer = await get(query);
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { errors: { extensions: object }[] }).errors[0]!.extensions).toHaveProperty(
        'code',
      );
    },
  );
});
