import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Limits } from '../../src/config/limits.ts';
import { createEditor } from '../../src/editing/editor.ts';
import { statement } from '../../src/graph/statement.ts';
import { embeddedGraph, type TestGraph } from '../support/graph.ts';
import { type LiveServer, liveServer } from '../support/live.ts';
import { World } from '../support/world.ts';

const POLES = 30;

let graph: TestGraph;
const servers: LiveServer[] = [];

beforeAll(async () => {
  graph = await embeddedGraph();
  const world = new World();
  for (let place = 0; place < POLES; place++) world.pole(`Pole ${String(place).padStart(2, '0')}`);
  await graph.fill(world);
});

afterAll(async () => {
  for (const server of servers) await server.close();
  await graph?.[Symbol.asyncDispose]();
});

/** A server that allows any cost, so that what is counted while answering is all that stops an answer. */
async function served(limits: Partial<Limits>): Promise<LiveServer> {
  const server = await liveServer(graph.engine, { limits: { cost: 1_000_000_000, ...limits } });
  servers.push(server);
  return server;
}

/** Thirty poles, each with its name, and with one source, which has its title: as the cost counts them. */
const DOCUMENT = '{ poles(first: 200) { nodes { name sources { title } } } }';
const VALUES = POLES * 2 + POLES * 2;

describe('an answer', () => {
  it('is given while it holds no more values than are allowed, and rejected with one more', async () => {
    const [enough, short] = [await served({ values: VALUES }), await served({ values: VALUES - 1 })];
    // The second time it is compiled.
    for (let time = 0; time < 3; time++) {
      const given = await enough.ask(DOCUMENT);
      expect(given.code).toBeUndefined();
      expect(given.data.poles.nodes).toHaveLength(POLES);
      const rejected = await short.ask(DOCUMENT);
      expect({ data: rejected.data, code: rejected.code, status: rejected.status }).toEqual({
        ...{ data: null, code: 'ANSWER_TOO_LARGE', status: 200 },
      });
      expect(JSON.parse(rejected.text).errors).toEqual([
        expect.objectContaining({ message: expect.stringContaining(String(VALUES - 1)) }),
      ]);
    }
  });

  it('is counted once where an error makes it be made a second time', async () => {
    const server = await served({ values: POLES * 3 });
    const text = '{ poles(first: 200) { nodes { members(first: 300) { totalCount } } } }';
    for (let time = 0; time < 3; time++) expect((await server.ask(text)).code).toBe('BAD_PAGE');
  });

  it('counts nothing for what is left out, or what is not there', async () => {
    const server = await served({ values: POLES * 2 });
    const text = `query ($no: Boolean = false) {
      poles(first: 200) { nodes { name @include(if: $no) ...F @include(if: $no) members { nodes { id } } } }
    } fragment F on Pole { sources { title } description }`;
    for (let time = 0; time < 3; time++) expect((await server.ask(text)).code).toBeUndefined();
  });

  it('is rejected before it is written when it is too long', async () => {
    const server = await served({ answerBytes: 2_000 });
    for (let time = 0; time < 3; time++) {
      expect((await server.ask('{ poles(first: 10) { nodes { id } } }')).code).toBeUndefined();
      const long = `{ poles(first: 30) { nodes { ${'x'.repeat(200)}: id } } }`;
      expect(await server.ask(long)).toMatchObject({ data: null, code: 'ANSWER_TOO_LARGE' });
    }
  });

  it('stops asking the graph when it holds too much', async () => {
    const server = await served({ values: 10 });
    const before = graph.engine.statements.length;
    await server.ask('{ poles(first: 20) { nodes { members { nodes { partners { nodes { id } } } } } } }');
    const sent = graph.engine.statements.slice(before);
    expect(sent.filter((name) => name.includes('partners'))).toEqual([]);
  });
});

const LOG = statement<never>(
  'log of the test',
  `MERGE (counter:Counter {id: 'change'})
   SET counter.value = counter.value + 1
   CREATE (:Change {sequence: counter.value, at: $now, action: 'test', touched: $touched})`,
);

/** Logs a change that touches so many nodes. */
async function log(touched: number): Promise<void> {
  const ids = Array.from({ length: touched }, (_, place) => `organisation/${place}`);
  const now = new Date().toISOString();
  await graph.engine.write((transaction) => transaction.run(LOG, { now, touched: ids }));
}

describe('an event of a subscription', () => {
  it('is counted by itself, and rejected by itself', async () => {
    await createEditor(graph.engine, 'Édith')('sourceCreate', { input: { title: 'Begins the log' } });
    const server = await served({ values: 100 });
    const { events, leave } = await server.listen('subscription { graphChanged { touchedCount touched } }');
    const next = async () => {
      for (;;) {
        const { value } = await events.next();
        if (value?.event === 'next') return value.data;
      }
    };
    // More than a hundred of all events together.
    for (const touched of [60, 70, 101, 80]) {
      await log(touched);
      const { data, errors } = await next();
      if (touched > 100) {
        expect(data).toBeNull();
        expect(errors).toMatchObject([{ extensions: { code: 'ANSWER_TOO_LARGE', maximum: 100 } }]);
      } else expect(data.graphChanged.touched).toHaveLength(touched);
    }
    leave();
  });

  it('is rejected when it is too long', async () => {
    const server = await served({ answerBytes: 500 });
    const { events, leave } = await server.listen('subscription { graphChanged { action touched } }');
    await log(100);
    for (;;) {
      const { value } = await events.next();
      if (value?.event !== 'next') continue;
      expect(value.data).toMatchObject({ data: null, errors: [{ extensions: { code: 'ANSWER_TOO_LARGE' } }] });
      break;
    }
    leave();
  });
});

describe('a list', () => {
  it('shows no more items than it states, whatever the graph holds', async () => {
    const sources = Array.from({ length: 30 }, (_, place) => `source/many-${String(place).padStart(2, '0')}`);
    const world = new World();
    for (const id of sources) world.source(id);
    await graph.fill(world);
    const spoil = statement<never>('spoil', 'MATCH (n:Entity {id: $id}) SET n.sources = $sources');
    await graph.engine.write((transaction) => transaction.run(spoil, { id: 'pole/pole-00', sources }));
    const server = await served({});
    for (let time = 0; time < 3; time++) {
      const { data } = await server.ask('{ pole(id: "pole/pole-00") { sources { id } } }');
      expect(data.pole.sources.map(({ id }: { id: string }) => id)).toEqual(sources.slice(0, 25));
    }
  });
});
