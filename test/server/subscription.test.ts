import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ChangeFollower } from '../../src/changes/follower.ts';
import { MAX_BEHIND } from '../../src/changes/listener.ts';
import { trimChanges } from '../../src/changes/retention.ts';
import { createEditor } from '../../src/editing/editor.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { NO_TOKENS, newToken, singleToken } from '../../src/server/auth/tokens.ts';
import { emptyGraph, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { type Listening, type LiveServer, liveServer, type ServerEvent } from '../support/live.ts';
import { neo4jUnderTest } from '../support/neo4j-under-test.ts';
import { FIXTURE_SOURCE, World } from '../support/world.ts';

const ALL = 'subscription All($after: Int) { graphChanged(after: $after) { sequence action touched by } }';
const TOUCHING =
  'subscription Some($ids: [ID!], $after: Int) { graphChanged(touching: $ids, after: $after) { sequence touched } }';
const CHANGES = 1_000;
/** Milliseconds between two reads of the log, which a test would otherwise wait for a second each. */
const SOON_MS = 50;

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(new World());
});
afterAll(() => graph[Symbol.asyncDispose]());

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function served(change: Parameters<typeof liveServer>[1] = {}) {
  const server = await liveServer(graph.engine, { changesEveryMs: SOON_MS, ...change });
  open.push(server);
  return server;
}

/** Another process's way into the same graph; the embedded engine has none. */
async function elsewhere(): Promise<GraphEngine> {
  if (engineUnderTest === 'grafeo') return graph.engine;
  const engine = await openEngine({ engine: 'neo4j', ...neo4jUnderTest() });
  open.push(engine);
  return engine;
}

/** Records a source, by a mutation; returns its identifier. */
async function record(engine: GraphEngine, title: string): Promise<string> {
  const { id, problems } = await createEditor(engine, 'Édith')('sourceCreate', { input: { title } });
  if (id === null) throw new Error(JSON.stringify(problems));
  return id;
}

const LOG_MANY = statement<never>(
  'logMany',
  `MERGE (counter:Counter {id: 'change'})
   SET counter.value = counter.value + $count
   WITH counter.value - $count AS before
   UNWIND range(1, $count) AS place
   CREATE (:Change {sequence: before + place, at: $now, action: 'test', touched: $touched})`,
);

/** Adds entries to the log alone, all at once. */
async function logMany(count: number, touched: readonly string[] = ['source/none']): Promise<void> {
  const now = new Date().toISOString();
  await graph.engine.write((transaction) => transaction.run(LOG_MANY, { count, now, touched }));
}

async function sequenceNow(server: LiveServer): Promise<number> {
  let last = 0;
  for (;;) {
    const { data } = await server.ask(
      'query($last: Int!) { changesSince(sequence: $last, first: 1000) { sequence } }',
      {
        variables: { last },
      },
    );
    if (data.changesSince.length === 0) return last;
    last = data.changesSince.at(-1).sequence;
  }
}

async function take({ events }: Pick<Listening, 'events'>, count: number): Promise<ServerEvent['data'][]> {
  const taken: ServerEvent['data'][] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done || value.event !== 'next' || value.data.errors)
      throw new Error(`after ${taken.length}: ${JSON.stringify(value)}`);
    taken.push(value.data.data.graphChanged);
  }
  return taken;
}

describe('a subscriber', () => {
  it(`of ${CHANGES} changes made by two processes, cut three times, has seen each once and in order`, async () => {
    const server = await served();
    const start = await sequenceNow(server);
    const other = await elsewhere();
    let listening = await server.listen(ALL);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let place = writer; place < CHANGES; place += 8) {
        await record(writer % 2 === 0 ? graph.engine : other, `Bulletin ${place}`);
      }
    });
    const seen: { sequence: number; touched: string[]; by: string }[] = [];
    for (const part of [137, 300, 401, CHANGES - 838]) {
      seen.push(...(await take(listening, part)));
      listening.leave();
      if (seen.length < CHANGES) listening = await server.listen(ALL, { variables: { after: seen.at(-1)!.sequence } });
    }
    await Promise.all(writers);
    expect(seen.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: CHANGES }, (_, place) => start + 1 + place),
    );
    expect(new Set(seen.flatMap(({ touched }) => touched)).size).toBe(CHANGES);
    expect(seen.every(({ by }) => by === 'Édith')).toBe(true);
    expect(await sequenceNow(server)).toBe(start + CHANGES);
  }, 240_000);

  it('hears of imports too, and of changes of another process, by GET as by POST', async () => {
    const server = await served();
    const other = await elsewhere();
    const posted = await server.listen(ALL);
    expect(posted.status).toBe(200);
    expect(posted.headers.get('content-type')).toBe('text/event-stream');
    const response = await fetch(`${server.url}/graphql?${new URLSearchParams({ query: ALL })}`, {
      headers: { accept: 'text/event-stream' },
    });
    const started = performance.now();
    const id = await record(other, 'Elsewhere');
    expect(await take(posted, 1)).toMatchObject([{ touched: [id], action: 'sourceCreate' }]);
    // Two seconds are promised; a busy machine may take longer to get round to it.
    expect(performance.now() - started).toBeLessThan(10_000);
    await graph.fill(new World().organisation('Imported'));
    expect(await take(posted, 1)).toMatchObject([{ action: expect.stringContaining('organisations.csv') }]);
    posted.leave();
    const text = await response.body!.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(text.value).toMatch(/^:\n\n/);
    await response.body!.cancel().catch(() => {});
  });

  it('hears of what it listens for only, under the identifier that the record had or has', async () => {
    const server = await served();
    await graph.fill(
      new World()
        .organisation('Survivor', { id: 'organisation/survivor' })
        .organisation('Gone', { id: 'organisation/gone' }),
    );
    const after = await sequenceNow(server);
    const ids = ['organisation/gone'];
    const listening = await server.listen(TOUCHING, { variables: { ids } });
    const edit = createEditor(graph.engine, 'Adèle');
    const done = async (...call: Parameters<typeof edit>): Promise<void> => {
      expect((await edit(...call)).problems).toEqual([]);
    };
    const update = (id: string, acronym: string): Promise<void> =>
      done('organisationUpdate', { id, input: { acronym, sources: [FIXTURE_SOURCE] } });
    await update('organisation/survivor', 'A');
    await update('organisation/gone', 'B');
    await done('organisationMerge', { id: 'organisation/survivor', others: ['organisation/gone'] });
    await record(graph.engine, 'Something else');
    await update('organisation/survivor', 'C');
    const expected = [after + 2, after + 3, after + 5].map((sequence) => ({ sequence }));
    expect(await take(listening, 3)).toMatchObject(expected);
    listening.leave();
    const resumed = await server.listen(TOUCHING, { variables: { ids, after: after + 2 } });
    // Merged long since: what touched the survivor counts from the beginning.
    expect(await take(resumed, 2)).toMatchObject(expected.slice(1));
    resumed.leave();
  });

  it('names records that there are: an error names the others', async () => {
    const server = await served();
    await graph.fill(
      new World()
        .organisation('Listed', { id: 'organisation/listed' })
        .pole('Named', { id: 'pole/named' })
        .member('Listed', 'Named'),
    );
    const { data } = await server.ask(
      '{ pole(id: "pole/named") { members(first: 1) { edges { memberships { id } } } } }',
    );
    const membership = data.pole.members.edges[0].memberships[0].id as string;
    const ids = ['organisation/listed', 'Listed', membership, 'organisation/unlisted', `${membership}-not`];
    const { events } = await server.listen(TOUCHING, { variables: { ids } });
    expect((await events.next()).value!.data.errors).toMatchObject([
      {
        message: `touching: there is no record "Listed", "organisation/unlisted", "${membership}-not": give identifiers as id fields show them.`,
        extensions: { code: 'BAD_FILTER' },
      },
    ]);
    const listening = await server.listen(TOUCHING, { variables: { ids: [membership] } });
    const after = await sequenceNow(server);
    const edit = createEditor(graph.engine, 'Adèle');
    expect((await edit('nodeDelete', { id: 'organisation/listed', cascade: true })).problems).toEqual([]);
    expect((await take(listening, 1))[0]!.touched).toContain(membership);
    listening.leave();
    // One who was away must still learn that they are gone.
    for (const id of [membership, 'organisation/listed']) {
      const resumed = await server.listen(TOUCHING, { variables: { ids: [id], after } });
      expect(await take(resumed, 1)).toMatchObject([{ sequence: after + 1 }]);
      resumed.leave();
    }
  });

  it('gets the problem of its request', async () => {
    const server = await served();
    const last = await sequenceNow(server);
    const errorMessages = [
      [ALL, { after: last + 1 }, 'BAD_USER_INPUT'],
      [ALL, { after: -1 }, 'BAD_USER_INPUT'],
      [TOUCHING, { ids: [] }, 'BAD_USER_INPUT'],
      [TOUCHING, { ids: ['organisation/unknown'] }, 'BAD_FILTER'],
      [TOUCHING, { ids: Array.from({ length: 101 }, (_, place) => `pole/${place}`) }, 'TOO_MANY_ITEMS'],
      ['subscription { graphChanged { sequence } more: graphChanged { sequence } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { graphChanged { nothing } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ] as const;
    for (const [query, variables, code] of errorMessages) {
      const { events } = await server.listen(query, { variables });
      const [first, second] = [await events.next(), await events.next()];
      expect(first.value).toMatchObject({ event: 'next', data: { errors: [{ extensions: { code } }] } });
      expect(second.value).toMatchObject({ event: 'complete' });
    }
    expect(await server.ask(ALL)).toMatchObject({ status: 406, code: 'NOT_ACCEPTABLE' });
  });

  it('has the limits of its document', async () => {
    const server = await served({ limits: { cost: 3, depth: 2 } });
    const { events } = await server.listen(ALL);
    expect((await events.next()).value).toMatchObject({ data: { errors: [{ extensions: { code: 'TOO_COSTLY' } }] } });
    const deep = await server.listen('subscription { graphChanged { touched { a { b } } } }');
    expect((await deep.events.next()).value).toMatchObject({ data: { errors: [expect.anything()] } });
  });

  it('outlasts the time that a question may take', async () => {
    const server = await served({ limits: { timeMs: 50 } });
    const listening = await server.listen(ALL);
    await pause(500);
    await record(graph.engine, 'Late');
    expect(await take(listening, 1)).toMatchObject([{ action: 'sourceCreate' }]);
    listening.leave();
  });

  it('is one of so many, and makes room when it leaves', async () => {
    const server = await served({ limits: { subscriptions: 15, clientShare: 100 } });
    const warned = vi.fn();
    process.on('warning', warned);
    const all = await Promise.all(Array.from({ length: 15 }, () => server.listen(ALL)));
    const rejected = await server.listen(ALL);
    expect(rejected.status).toBe(503);
    expect(rejected.headers.get('retry-after')).toBe('5');
    expect((await rejected.events.next()).value).toMatchObject({
      data: { errors: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', maximum: 15 } }] },
    });
    all[0]!.leave();
    await vi.waitFor(async () => {
      const next = await server.listen(ALL);
      expect(next.status).toBe(200);
      next.leave();
    }, 10_000);
    for (const each of all) each.leave();
    expect(warned).not.toHaveBeenCalled();
    process.off('warning', warned);
  });

  it('has its share of them as one client, and leaves the rest to others', async () => {
    const token = newToken();
    const tokens = singleToken(token, { name: 'other', role: 'READER' });
    const server = await served({ limits: { subscriptions: 4, clientShare: 50 }, tokens });
    const own = await Promise.all([server.listen(ALL), server.listen(ALL)]);
    expect((await server.listen(ALL)).status).toBe(503);
    const other = await server.listen(ALL, { token });
    expect(other.status).toBe(200);
    for (const each of [...own, other]) each.leave();
  });

  it('leaves nothing at work when it is gone', async () => {
    const server = await served();
    const listening = await server.listen(ALL);
    listening.leave();
    // The look under way is the last.
    await pause(10 * SOON_MS);
    const before = graph.engine.statements.length;
    await pause(10 * SOON_MS);
    expect(graph.engine.statements.length).toBe(before);
    expect(server.log.join('\n')).not.toContain('unexpected');
  });

  it('is completed when the server ends', async () => {
    const server = await liveServer(graph.engine);
    const listening = await server.listen(ALL);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    const { value } = await listening.events.next();
    expect(value).toEqual({ event: 'complete', data: null });
    expect((await listening.events.next()).done).toBe(true);
  });

  it('hears nothing more once its token is worth nothing', async () => {
    const token = newToken();
    let tokens = singleToken(token, { name: 'Rémi', role: 'READER' });
    const server = await served({ publicRead: false, tokens: { authorOf: (given) => tokens.authorOf(given) } });
    expect((await server.listen(ALL)).status).toBe(401);
    const listening = await server.listen(ALL, { token });
    await record(graph.engine, 'Heard');
    await take(listening, 1);
    tokens = NO_TOKENS;
    await record(graph.engine, 'Unheard');
    const { value } = await listening.events.next();
    expect(value).toMatchObject({ data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect(JSON.stringify(value)).not.toContain('sequence');
    expect((await listening.events.next()).value).toMatchObject({ event: 'complete' });
  });
});

describe('a slow subscriber', () => {
  it('is left behind with a word on where to go on, and misses nothing then', async () => {
    const follower = new ChangeFollower(graph.engine, SOON_MS);
    const listener = await follower.listen({});
    await logMany(1);
    const { value: first } = await listener.next();
    await logMany(MAX_BEHIND + 10);
    await pause(20 * SOON_MS);
    const failure = await listener.next().catch((error: unknown) => error);
    expect(failure).toMatchObject({ extensions: { code: 'SUBSCRIBER_TOO_SLOW', after: first!.sequence } });
    expect(await listener.next()).toMatchObject({ done: true });
    const resumed = await follower.listen({ after: first!.sequence });
    for (let place = 1; place <= MAX_BEHIND + 10; place++) {
      expect((await resumed.next()).value!.sequence).toBe(first!.sequence + place);
    }
    await resumed.return!();
  });

  it('gets an error over HTTP, after the events that were sent', async () => {
    const server = await served();
    // Thirty times the same long list: more than sockets hold back.
    const fields = Array.from({ length: 29 }, (_, place) => `t${place}: touched`).join(' ');
    const listening = await server.listen(`subscription { graphChanged { sequence ${fields} } }`);
    const touched = Array.from({ length: 100 }, (_, place) => `organisation/${'x'.repeat(100)}-${place}`);
    await logMany(MAX_BEHIND + 400, touched);
    await pause(20 * SOON_MS);
    let last = 0;
    for await (const { event, data } of listening.events) {
      if (event === 'complete') throw new Error('There was no error.');
      if (data.errors) {
        expect(data.errors).toMatchObject([{ extensions: { code: 'SUBSCRIBER_TOO_SLOW', after: last } }]);
        break;
      }
      last = data.data.graphChanged.sequence;
    }
    expect(last).toBeGreaterThan(0);
    listening.leave();
  });
});

describe('a log that was trimmed', () => {
  it('reports that it no longer has the requested entries', async () => {
    const server = await served();
    const last = await sequenceNow(server);
    await trimChanges(graph.engine, new Date(Date.now() + 1_000).toISOString());
    await logMany(3);
    const { events } = await server.listen(ALL, { variables: { after: last - 5 } });
    const { value } = await events.next();
    expect(value).toMatchObject({ data: { errors: [{ extensions: { code: 'CHANGES_FORGOTTEN' } }] } });
    const fresh = await server.listen(ALL, { variables: { after: last } });
    expect(await take(fresh, 3)).toHaveLength(3);
    fresh.leave();
  });

  it('may be replaced by an older one: a client that knows a later entry gets an error', async () => {
    const rewind = statement<never>('rewind', "MATCH (c:Counter {id: 'change'}) SET c.value = 1");
    const listener = await graph.graph.changes.listen({});
    await logMany(1);
    await listener.next();
    await graph.engine.write((transaction) => transaction.run(rewind));
    await expect(listener.next()).rejects.toMatchObject({ code: 'CHANGES_FORGOTTEN' });
  });
});
