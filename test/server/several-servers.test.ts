import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyGraph } from '../../src/editing/verify.ts';
import { type Answer, ask } from '../support/clients.ts';
import { commandLineGraph, commandLineStore, engineUnderTest } from '../support/graph.ts';
import { eventsOf } from '../support/live.ts';
import { type GrappeProcess, grappe, ready, type ServerProcess } from '../support/process.ts';
import { RoundRobin } from '../support/round-robin.ts';
import { FIXTURE_SOURCE, scratchFolder, World } from '../support/world.ts';

const SOURCES = JSON.stringify([FIXTURE_SOURCE]);
const CLIENTS = 4;
/** More than the clients of these tests ask for. */
const COST_PER_MINUTE = 10_000_000;

const create = (name: string, key: string): string => `mutation {
  made: organisationCreate(input: { name: "${name}", kind: COMPANY, sources: ${SOURCES}, idempotencyKey: "${key}" }) {
    organisation { id } problems { message }
  }
}`;
const enter = (id: string): string => `mutation {
  made: membershipStart(input: { member: "${id}", network: "pole/p", role: MEMBER, sources: ${SOURCES} }) {
    problems { message }
  }
}`;

describe.runIf(engineUnderTest === 'neo4j')('two servers on one Neo4j behind a proxy', { timeout: 300_000 }, () => {
  const proxy = new RoundRobin();
  const running: GrappeProcess[] = [];
  let environment: Record<string, string>;
  let token: string;
  let url: string;
  let one: ServerProcess;
  let other: ServerProcess;
  let fileLink: string | undefined;

  async function started(): Promise<ServerProcess> {
    const server = await ready(grappe(['serve'], environment), token);
    running.push(server);
    proxy.add(server.url);
    return server;
  }

  beforeAll(async () => {
    await using graph = await commandLineGraph();
    await graph.fill(new World().pole('Pole', { id: 'pole/p' }).organisation('First', { id: 'organisation/first' }));
    environment = {
      GRAPPE_TOKENS_FILE: join(await scratchFolder(), 'tokens'),
      // Longer than the proxy needs to see that a server stops.
      GRAPPE_STOP_DELAY_MS: '1000',
      GRAPPE_COST_PER_MINUTE: String(COST_PER_MINUTE),
      // A busy machine answers first questions late.
      GRAPPE_REQUEST_TIMEOUT_MS: '60000',
      LOG_LEVEL: 'warn',
    };
    const adding = grappe(['token', 'add', 'Adèle', '--role', 'ADMIN'], environment);
    await adding.ended;
    token = /grappe_[\w-]{43}/.exec(adding.said())![0];
    url = await proxy.listen();
    [one, other] = await Promise.all([started(), started()]);
  }, 120_000);
  afterAll(async () => {
    await proxy.close();
    await Promise.all(running.map((server) => server.kill()));
  });

  const through = (query: string, variables: object = {}): Promise<Answer> =>
    ask(async () => ({ url, token }), query, variables);
  const at = (server: ServerProcess, query: string): Promise<Answer> => ask(async () => server, query);

  /** The sequence of the newest entry of the change log. */
  async function newestSequence(): Promise<number> {
    for (let last = 0; ; ) {
      const { data } = await through(
        'query ($last: Int!) { changesSince(sequence: $last, first: 1000) { sequence } }',
        {
          last,
        },
      );
      if (data.changesSince.length === 0) return last;
      last = data.changesSince.at(-1).sequence;
    }
  }

  it('each see at once what the other has written: records, lists, counts, names, paths, subgraphs', async () => {
    const seen = (id: string, name: string): string => `{
      organisation(id: "${id}") { name memberships { totalCount } }
      organisations(filter: { nameContains: "${name}" }) { totalCount }
      pole(id: "pole/p") { members(first: 200) { totalCount nodes { id } } }
      search(text: "${name}", first: 1) { nodes { id } }
      shortestPath(from: "${id}", to: "pole/p") { length }
      subgraph(select: { membersOf: ["pole/p"] }) { nodeCount }
    }`;
    // Both have read their names and the graph before, and have answers in their caches.
    for (const server of [one, other]) {
      const warm = async () => (await at(server, seen('organisation/first', 'First'))).code;
      await expect.poll(warm, { timeout: 60_000 }).toBe(null);
    }
    for (let turn = 0; turn < 4; turn++) {
      const [writer, reader] = turn % 2 === 0 ? [one, other] : [other, one];
      const name = `Seen ${'abcd'[turn]}`;
      const made = await at(writer, create(name, `seen-${turn}`));
      const { id } = made.data.made.organisation;
      expect((await at(writer, enter(id))).data.made.problems).toEqual([]);
      const { data, text } = await at(reader, seen(id, name));
      expect(data, text).toEqual({
        organisation: { name, memberships: { totalCount: 1 } },
        organisations: { totalCount: 1 },
        pole: { members: { totalCount: turn + 1, nodes: expect.arrayContaining([{ id }]) } },
        search: { nodes: [{ id }] },
        shortestPath: { length: 1 },
        subgraph: { nodeCount: turn + 1 },
      });
    }
  });

  it('run a mutation once for an idempotency key, whichever of them gets it', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const mutation = create(`Same ${turn}`, `same-${turn}`);
      const both = await Promise.all([at(one, mutation), at(other, mutation)]);
      const again = [await at(one, mutation), await at(other, mutation)];
      const ids = [...both, ...again].map(({ data, text }) => data?.made?.organisation?.id ?? text);
      expect(new Set(ids).size, ids.join('\n')).toBe(1);
    }
    const { data } = await through('{ organisations(filter: { nameStartsWith: "Same" }) { totalCount } }');
    expect(data.organisations.totalCount).toBe(5);
  });

  /** What a request without a token leaves of what its client may ask for, in costs of this request. */
  async function costsTaken(server: ServerProcess): Promise<number> {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // No answer from memory, which costs less.
      body: JSON.stringify({ query: `{ poles(first: 3) { nodes { name a${Date.now()}: name } } }` }),
    });
    const [, remaining] = /r=(\d+)/.exec(response.headers.get('ratelimit')!)!;
    return (COST_PER_MINUTE - Number(remaining)) / Number(response.headers.get('x-query-cost'));
  }

  it('count each request for as many as they are, so that a client has one rate', async () => {
    for (const server of [one, other]) await expect.poll(() => costsTaken(server), { timeout: 30_000 }).toBe(2);
  });

  it('send a file by the link that the other has given', async () => {
    const link = async (select: string): Promise<string> => {
      const { data } = await at(one, `{ subgraph(select: ${select}) { export(format: NODES_CSV) { url } } }`);
      return data.subgraph.export.url;
    };
    const { data } = await through(create('In a file', 'in-a-file'));
    await through(enter(data.made.organisation.id));
    const all = [await link('{ membersOf: ["pole/p"] }'), await link('{ organisations: { nameContains: "a file" } }')];
    [fileLink] = all;
    for (const path of all) {
      const [mine, others] = await Promise.all([one, other].map((server) => fetch(server.url + path)));
      expect([mine!.status, others!.status]).toEqual([200, 200]);
      const text = await others!.text();
      expect(text.split('\n').filter((line) => line.includes('In a file'))).toHaveLength(1);
      expect(await mine!.text()).toBe(text);
    }
  });

  it('take an import through the proxy: its files, its run, its rejected rows', async () => {
    const folder = await new World()
      .organisation('By a proxy', { id: 'organisation/by-a-proxy' })
      .member('organisation/by-a-proxy', 'pole/p')
      .member('organisation/nobody', 'pole/p')
      .write();
    const rejected = join(await scratchFolder(), 'rejected.csv');
    const importing = grappe(['import', folder, '--to', url, '--rejected', rejected], { GRAPPE_TOKEN: token });
    expect(await importing.ended, importing.said()).toBe(3);
    expect(await readFile(rejected, 'utf8')).toContain('organisation/nobody');
    const { data } = await through('{ organisation(id: "organisation/by-a-proxy") { memberships { totalCount } } }');
    expect(data.organisation.memberships.totalCount).toBe(1);
  });

  it('say so of what another has: files of an import, the file of a link that holds too much for an address', async () => {
    const authorization = `Bearer ${token}`;
    const begun = await fetch(`${one.url}/imports`, { method: 'POST', headers: { authorization } });
    const { id } = (await begun.json()) as { readonly id: string };
    const sent = { method: 'PUT', headers: { authorization }, body: 'id,title\n'.repeat(100_000) };
    for (const answer of [
      await fetch(`${other.url}/imports/${id}/sources.csv`, sent),
      await fetch(`${other.url}/imports/${id}`, { method: 'DELETE', headers: { authorization } }),
      await fetch(`${one.url}/exports/0123456789ab-of-another-server`),
    ]) {
      const { errors } = (await answer.json()) as { errors: [{ extensions: { code: string } }] };
      expect([answer.status, errors[0].extensions.code]).toEqual([421, 'OTHER_SERVER']);
    }
    expect((await fetch(`${one.url}/imports/${id}/sources.csv`, sent)).status).toBe(200);
    expect((await fetch(`${one.url}/imports/${id}`, { method: 'DELETE', headers: { authorization } })).status).toBe(
      204,
    );
  });

  const documentQuery = '{ pole(id: "pole/p") { name } }';
  const documentId = `sha256:${createHash('sha256').update(documentQuery).digest('hex')}`;
  async function send(server: ServerProcess, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { data, errors } = (await answer.json()) as { data?: object; errors?: [{ extensions: { code: string } }] };
    return errors?.[0].extensions.code ?? data;
  }

  it('answer a document by its hash that a client has registered at the other', async () => {
    expect(await send(one, { documentId })).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(await send(one, { documentId, query: documentQuery })).toEqual({ pole: { name: 'Pole' } });
    await expect.poll(() => send(other, { documentId })).toEqual({ pole: { name: 'Pole' } });
  });

  it('are restarted one after the other under load: no request fails, no event is lost or comes twice', async () => {
    const begin = await newestSequence();
    const stopping = { load: new AbortController(), listener: new AbortController() };
    const failures: string[] = [];
    const made: string[] = [];
    const servedBy = new Set<string | null>();

    const client = async (number: number): Promise<void> => {
      for (let turn = 0; !stopping.load.signal.aborted; turn++) {
        const name = `Load ${number} ${turn}`;
        for (const query of [
          create(name, `load-${number}-${turn}`),
          '{ poles { nodes { members { totalCount } } } }',
        ]) {
          const response = await fetch(`${url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
            body: JSON.stringify({ query }),
          }).catch((error: Error) => error);
          const text = response instanceof Error ? response.message : await response.text();
          const answer = text.startsWith('{') ? JSON.parse(text) : { errors: text };
          if (answer.errors || answer.data?.made?.problems.length > 0) failures.push(text);
          else if (answer.data.made) made.push(answer.data.made.organisation.id);
          if (!(response instanceof Error)) servedBy.add(response.headers.get('x-served-by'));
        }
      }
    };

    const events: number[] = [];
    const subscriber = async (): Promise<void> => {
      let after = begin;
      while (!stopping.listener.signal.aborted) {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
          body: JSON.stringify({ query: `subscription { graphChanged(after: ${after}) { sequence } }` }),
          signal: stopping.listener.signal,
        });
        for await (const { event, data } of eventsOf(response)) {
          if (event !== 'next') continue;
          after = (data as { data: { graphChanged: { sequence: number } } }).data.graphChanged.sequence;
          events.push(after);
        }
      }
    };

    const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
    const listener = subscriber().catch((error) => {
      if (!stopping.listener.signal.aborted) throw error;
    });
    const restart = async (server: ServerProcess): Promise<ServerProcess> => {
      const enough = made.length + 10;
      await expect.poll(() => made.length, { timeout: 60_000 }).toBeGreaterThan(enough);
      server.child.kill('SIGTERM');
      expect(await server.ended, server.said()).toBe(0);
      proxy.remove(server.url);
      return started();
    };
    one = await restart(one);
    other = await restart(other);
    const enough = made.length + 10;
    await expect.poll(() => made.length, { timeout: 60_000 }).toBeGreaterThan(enough);
    stopping.load.abort();
    await Promise.all(clients);
    const newest = await newestSequence();
    await expect.poll(() => events.at(-1), { timeout: 30_000 }).toBe(newest);
    stopping.listener.abort();
    await listener;
    expect(failures).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
    expect(servedBy.size).toBeGreaterThanOrEqual(3);
    expect(events).toEqual(Array.from({ length: newest - begin }, (_, place) => begin + 1 + place));
    await using graph = await commandLineStore();
    expect(await verifyGraph(graph.engine)).toEqual([]);
    // Those that have ended are counted no more; their links still lead to files, and documents registered at them are known.
    for (const server of [one, other]) {
      await expect.poll(() => costsTaken(server), { timeout: 30_000 }).toBe(2);
      expect((await fetch(server.url + fileLink)).status).toBe(200);
      expect(await send(server, { documentId })).toEqual({ pole: { name: 'Pole' } });
    }
  });
});
