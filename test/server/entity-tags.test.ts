import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statement } from '../../src/graph/statement.ts';
import { singleToken } from '../../src/server/auth/tokens.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { World } from '../support/world.ts';

const TOKEN = `grappe_${'x'.repeat(43)}`;
const NAMES = 'query ($first: Int) { poles(first: $first) { nodes { name } totalCount } }';

const describeNode = statement<never>('a write of the test', 'MATCH (n:Entity {id: $id}) SET n.description = $text');

let graph: TestGraph;
let server: LiveServer;

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(new World().pole('one').pole('two').organisation('a').member('organisation/a', 'pole/one'));
  server = await liveServer(graph.engine, { tokens: singleToken(TOKEN, { name: 'Édith', role: 'EDITOR' }) });
  // The first reading learns which state of the graph is the newest.
  await get(NAMES);
});

afterAll(async () => {
  await server.close();
  await graph[Symbol.asyncDispose]();
});

function get(query: string, headers: Record<string, string> = {}, variables: object = {}): Promise<Response> {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return fetch(`${server.url}/graphql?${parameters}`, { headers: { accept: 'application/json', ...headers } });
}

const tagOf = async (...question: Parameters<typeof get>): Promise<string | null> =>
  (await get(...question)).headers.get('etag');

describe('an answer to GET', () => {
  it('is not sent again to a client that has it, and nothing is executed', async () => {
    const first = await get(NAMES);
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toContain('Authorization');
    // Only the version of the graph is read.
    const second = await get(NAMES, { 'if-none-match': `"another", ${tag}` });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
    expect(second.headers.get('etag')).toBe(tag);
    expect(JSON.parse(server.log.at(-1)!)).toMatchObject({ status: 304, roundTrips: 1 });
  });

  it('is sent when the graph has changed', async () => {
    const tag = (await tagOf(NAMES))!;
    await graph.engine.write((transaction) => transaction.run(describeNode, { id: 'pole/one', text: 'now' }));
    const changed = await get(NAMES, { 'if-none-match': tag });
    expect(changed.status).toBe(200);
    // On Neo4j the first reading after a write does not know yet which state is the newest.
    const next = await tagOf(NAMES);
    expect(next).not.toBeNull();
    expect(next).not.toBe(tag);
  });

  it('to a document that is named only is cached and tagged as one that is sent', async () => {
    const sha256Hash = createHash('sha256').update(NAMES).digest('hex');
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
    const named = (headers: Record<string, string> = {}, query?: string): Promise<Response> => {
      const parameters = new URLSearchParams({ extensions, ...(query === undefined ? {} : { query }) });
      return fetch(`${server.url}/graphql?${parameters}`, { headers: { accept: 'application/json', ...headers } });
    };
    const unknown = await named();
    expect([unknown.headers.get('etag'), unknown.headers.get('cache-control')]).toEqual([null, 'no-store']);
    // It may be registered with an answer from memory.
    await get(NAMES);
    await named({}, NAMES);
    const answer = await named();
    const tag = answer.headers.get('etag')!;
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    expect(tag).toMatch(/^W\//);
    expect((await named({ 'if-none-match': tag })).status).toBe(304);
    expect(JSON.parse(server.log.at(-1)!)).toMatchObject({ roundTrips: 1 });
  });

  it('has a tag of its own for each question, asker and media type', async () => {
    const tags = await Promise.all([
      tagOf(NAMES),
      tagOf(NAMES, {}, { first: 1 }),
      tagOf('{ poles { totalCount } }'),
      tagOf(NAMES, { authorization: `Bearer ${TOKEN}` }),
      tagOf(NAMES, { accept: 'application/graphql-response+json' }),
    ]);
    expect(tags).not.toContain(null);
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('has a tag of the version at which the names were read, where it is a search', async () => {
    const query = '{ search(text: "one") { nodes { id } } }';
    const searched = (): Promise<unknown> => get(query).then((response) => response.json());
    await expect.poll(searched).not.toHaveProperty('errors');
    const tag = (await tagOf(query))!;
    expect((await get(query, { 'if-none-match': tag })).status).toBe(304);
  });

  it.each([
    ['with an error', '{ poles(after: "no cursor") { totalCount } }'],
    ['about the schema alone', '{ __typename }'],
  ])('has no tag %s', async (_, query) => {
    expect(await tagOf(query)).toBeNull();
  });

  it('is not sent to a client that may not read it, tag or not', async () => {
    const tag = (await tagOf(NAMES, { authorization: `Bearer ${TOKEN}` }))!;
    const rejected = await get(NAMES, { 'if-none-match': tag, authorization: 'Bearer nobody' });
    expect(rejected.status).toBe(401);
    expect((await get(NAMES, { 'if-none-match': tag })).status).toBe(200);
  });
});

it('an answer to POST has no tag', async () => {
  const { headers } = await server.ask('{ poles { totalCount } }');
  expect(headers.get('etag')).toBeNull();
});
