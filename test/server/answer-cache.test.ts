import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { singleToken } from '../../src/server/auth/tokens.ts';
import { foreignClient, organisation, pole, poles, readBesideWrites, write } from '../support/foreign-writes.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { amount } from '../support/tier.ts';

/** Writes, each followed by a question. */
const TURNS = amount({ fast: 100, usual: 300, neo4j: 100, long: 5_000 });
const TOKEN = `grappe_${'x'.repeat(43)}`;
const POLES = '{ poles(first: 10) { nodes { name members(first: 5) { nodes { name } totalCount } } } }';
const DESCRIPTION = 'query ($id: ID!) { node(id: $id) { ... on Pole { description } } }';
const CITY = 'query ($id: ID!) { organisation(by: { id: $id }) { city } }';

let graph: TestGraph;
let foreign: Awaited<ReturnType<typeof foreignClient>>;
let server: LiveServer;
/** Statements sent to the graph. */
let reads = 0;

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(poles());
  foreign = await foreignClient(graph);
  const engine: typeof graph.engine = {
    ...graph.engine,
    read: (...question) => {
      reads++;
      return graph.engine.read(...question);
    },
  };
  server = await liveServer(engine, { tokens: singleToken(TOKEN, { name: 'Édith', role: 'EDITOR' }) });
  // The first readings learn which state of the graph is the newest.
  for (let turn = 0; turn < 3; turn++) await server.ask(POLES);
});

afterAll(async () => {
  await server.close();
  await foreign[Symbol.asyncDispose]();
  await graph[Symbol.asyncDispose]();
});

const post = (query: string, accept: string, more: object = {}): Promise<Response> =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query, ...more }),
  });

const lastLine = (): Record<string, unknown> => JSON.parse(server.log.at(-1)!);

describe('an answer that was given before', () => {
  it('is given again as it was, for one probe', async () => {
    const before = await server.ask(POLES);
    const { operation, type, cost } = lastLine();
    const { text, headers } = await server.ask(POLES);
    expect(text).toBe(before.text);
    expect(headers.get('content-type')).toBe(before.headers.get('content-type'));
    expect(lastLine()).toMatchObject({ operation, type, cost, roundTrips: 1, statements: 1, outcome: 'ok' });
  });

  it('costs its client 1, whatever it cost at first', async () => {
    const limited = await liveServer(graph.engine, { costPerMinute: 10_000 });
    try {
      const left = async (status: string): Promise<number> => {
        const { headers } = await limited.ask(POLES);
        expect(headers.get('cache-status')).toBe(status);
        return Number(/r=(\d+)/.exec(headers.get('ratelimit')!)![1]);
      };
      // The first readings learn which state of the graph is the newest.
      for (let turn = 0; turn < 3; turn++) await limited.ask('{ clusters { totalCount } }');
      const first = await left('Grappe; fwd=miss');
      expect(first).toBeLessThan(9_950);
      expect(first - (await left('Grappe; hit'))).toBeLessThanOrEqual(1);
    } finally {
      await limited.close();
    }
  });

  it('says that it came from memory', async () => {
    await server.ask(POLES);
    const { headers } = await server.ask(POLES);
    expect(headers.get('cache-status')).toBe('Grappe; hit');
    const other = await server.ask('{ clusters { totalCount } }');
    expect(other.headers.get('cache-status')).toBe('Grappe; fwd=miss');
    const reported = await post(POLES, 'application/json', { extensions: { report: true } });
    const cost = { requested: Number(headers.get('x-query-cost')), maximum: 100_000 };
    const { extensions, data } = await reported.json();
    expect(extensions.report).toMatchObject({ cost, cache: 'HIT', rate: null });
    expect(data.poles.nodes).toHaveLength(10);
  });

  it.each(['application/graphql-response+json', 'text/event-stream'])('is given again as %s', async (accept) => {
    const first = await post(POLES, accept);
    const again = await post(POLES, accept);
    expect(again.status).toBe(200);
    expect(again.headers.get('content-type')).toContain(accept);
    const text = await again.text();
    expect(text).toBe(await first.text());
    expect(text).toContain((await server.ask(POLES)).text);
  });

  it('reads nothing of the graph', async () => {
    await server.ask(POLES);
    reads = 0;
    expect((await server.ask(POLES)).data.poles.nodes).toHaveLength(10);
    expect(reads).toBe(0);
  });

  it('is for the same question and the same asker alone', async () => {
    const VIEWER = 'query ($first: Int) { viewer { name role } poles(first: $first) { totalCount nodes { id } } }';
    const ask = async (first: number, token?: string): Promise<string> =>
      (await server.ask(VIEWER, { variables: { first }, token })).text;
    const questions = [() => ask(1), () => ask(2), () => ask(1, TOKEN), () => ask(2, TOKEN)];
    const allAnswers: string[][] = [];
    for (let turn = 0; turn < 3; turn++) {
      const answers: string[] = [];
      for (const question of questions) answers.push(await question());
      allAnswers.push(answers);
    }
    expect(new Set(allAnswers[0]).size).toBe(questions.length);
    expect(allAnswers[1]).toEqual(allAnswers[0]);
    expect(allAnswers[2]).toEqual(allAnswers[0]);
  });

  it('is not that of another operation of the same document', async () => {
    const BOTH = 'query one { poles(first: 1) { totalCount } } query two { clusters(first: 1) { totalCount } }';
    const ask = async (operationName: string): Promise<unknown> => {
      const response = await post(BOTH, 'application/json', { operationName });
      return ((await response.json()) as { data: unknown }).data;
    };
    for (let turn = 0; turn < 3; turn++) {
      expect(await ask('one')).toEqual({ poles: { totalCount: 12 } });
      expect(await ask('two')).toEqual({ clusters: { totalCount: 0 } });
    }
  });

  it('is not one of other variables, of a kind that JSON would write alike', async () => {
    const FIRST = 'query ($first: Int) { poles(first: $first) { nodes { id } } }';
    const ask = async (first: string): Promise<unknown> => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: `{"query": ${JSON.stringify(FIRST)}, "variables": {"first": ${first}}}`,
      });
      return ((await response.json()) as { errors?: unknown }).errors;
    };
    for (let turn = 0; turn < 3; turn++) {
      expect(await ask('null')).toBeUndefined();
      // Infinity, which is no Int.
      expect(await ask('1e999')).toBeDefined();
    }
  });

  it('is not one of a document whose operation has no name, where an empty name is given', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const unnamed = await post(POLES, 'application/json', {});
      expect(await unnamed.json()).not.toHaveProperty('errors');
      const empty = await post(POLES, 'application/json', { operationName: '' });
      expect(await empty.json()).toHaveProperty('errors');
    }
  });

  it('is not cached with an error in it', async () => {
    for (let turn = 0; turn < 3; turn++) {
      expect((await server.ask('{ poles(after: "no cursor") { totalCount } }')).code).toBe('BAD_CURSOR');
      const unknown = '{ poles(filter: { locatedIn: ["Bretagne"] }) { totalCount } }';
      expect((await server.ask(unknown)).code).toBe('BAD_FILTER');
    }
  });

  /** Hits, once the names have been read. */
  async function searched(text: string): ReturnType<typeof server.ask> {
    const variables = { text };
    for (;;) {
      const search = 'query ($text: String!) { search(text: $text, first: 3) { totalCount nodes { name } } }';
      const answer = await server.ask(search, { variables });
      if (answer.code !== 'SEARCH_NOT_READY') return answer;
      await setTimeout(100);
    }
  }

  it('may be one of a search, until a name changes', async () => {
    const RENAME = `mutation ($id: ID!, $name: String!) {
      organisationUpdate(id: $id, input: { name: $name, sources: ["source/fixture"] }) { problems { message } }
    }`;
    await searched('Quercy');
    for (const name of ['Quercy blanc', 'Quercy noir', 'Rouergue']) {
      await server.ask(RENAME, { token: TOKEN, variables: { id: organisation(2_998), name } });
      const found = name === 'Rouergue' ? [] : [{ name }];
      const statuses: (string | null)[] = [];
      for (let turn = 0; turn < 4; turn++) {
        const { data, headers } = await searched('Quercy');
        expect(data.search).toEqual({ totalCount: found.length, nodes: found });
        statuses.push(headers.get('cache-status'));
      }
      expect(statuses[0]).toBe('Grappe; fwd=miss');
      expect(statuses[3]).toBe('Grappe; hit');
    }
  });

  it('is of after a mutation of this server', async () => {
    const UPDATE = `mutation ($id: ID!, $city: String!) {
      organisationUpdate(id: $id, input: { city: $city, sources: ["source/fixture"] }) { problems { message } }
    }`;
    const id = organisation(2_999);
    for (const city of ['Dax', 'Pau', 'Auch']) {
      const { data } = await server.ask(UPDATE, { token: TOKEN, variables: { id, city } });
      expect(data.organisationUpdate.problems).toEqual([]);
      for (let turn = 0; turn < 2; turn++) {
        expect((await server.ask(CITY, { variables: { id } })).data.organisation.city).toBe(city);
      }
    }
  });

  it('is never of before a foreign write that was done before the question', async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      await write(foreign.engine, [pole(5)], String(turn));
      const { data } = await server.ask(DESCRIPTION, { variables: { id: pole(5) } });
      expect(data.node.description).toBe(String(turn));
    }
  });

  it('is never of before a large write that others overlap', async () => {
    const { stale, writes } = await readBesideWrites(
      foreign.engine,
      async (id) => (await server.ask(CITY, { variables: { id } })).data.organisation.city,
    );
    expect(stale).toBe(0);
    expect(Math.min(...writes)).toBeGreaterThan(0);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(Number(/^grappe_result_cache_hits_total (\d+)$/m.exec(metrics)![1])).toBeGreaterThan(100);
  });
});
