import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { bareGraph, embeddedSettings, engineUnderTest, type TestGraph } from '../support/graph.ts';
import { neo4jUnderTest } from '../support/neo4j-under-test.ts';

const one = statement<{ value: number }>('one', 'RETURN 1 AS value');
const long = statement<{ value: number }>(
  'long',
  'UNWIND range(1, $size) AS x UNWIND range(1, $size) AS y RETURN count(x + y) AS value',
);
/** Long enough to be stopped; Grafeo cannot stop it and must come to its end before the store closes. */
const size = engineUnderTest === 'neo4j' ? 50_000 : 1_000;

let graph: TestGraph;
beforeAll(async () => {
  graph = await bareGraph();
});
afterAll(() => graph?.[Symbol.asyncDispose]());

/** Every call of the port, but `close`. */
const CALLS: readonly [name: string, call: (engine: GraphEngine) => Promise<unknown>][] = [
  ['read', (engine) => engine.read(one)],
  ['write', (engine) => engine.write((transaction) => transaction.run(one))],
  ['version', (engine) => engine.version()],
  ['ping', (engine) => engine.ping()],
  ['ensureSchema', (engine) => engine.ensureSchema([{ kind: 'node-index', label: 'Fixture', property: 'id' }])],
];

describe('a read', () => {
  it('that is called off rejects with the reason, and others go on', async () => {
    const controller = new AbortController();
    const reason = new Error('the reader left');
    const reading = graph.engine.read(long, { size }, { signal: controller.signal });
    const beside = graph.engine.read(one);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(await beside).toEqual([{ value: 1 }]);
    expect(await graph.engine.read(one)).toEqual([{ value: 1 }]);
  });

  it('that was called off before is not sent', async () => {
    const reason = new Error('too late');
    await expect(graph.engine.read(one, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('is not disturbed by a signal that comes after its end', async () => {
    const controller = new AbortController();
    expect(await graph.engine.read(one, {}, { signal: controller.signal })).toEqual([{ value: 1 }]);
    controller.abort();
    expect(await graph.engine.read(one)).toEqual([{ value: 1 }]);
  });

  it('that runs longer than it may is a TIMEOUT that names its statement', async () => {
    const reading = graph.engine.read(long, { size }, { timeoutMs: 5 });
    await expect(reading).rejects.toMatchObject({ name: 'GraphError', code: 'TIMEOUT', statement: 'long' });
    expect(await graph.engine.read(one)).toEqual([{ value: 1 }]);
  });

  it.runIf(engineUnderTest === 'neo4j')(
    'of a transaction that waits for a lock longer than it may is a TIMEOUT',
    async () => {
      const lock = statement('lock', 'MERGE (n:Fixture {id: "locked"}) SET n.turn = coalesce(n.turn, 0) + 1');
      await graph.engine.write((transaction) => transaction.run(lock));
      const [locked, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const holding = graph.engine.write(async (transaction) => {
        await transaction.run(lock);
        locked.resolve();
        await over.promise;
      });
      await locked.promise;
      const waiting = graph.engine.write((transaction) => transaction.run(lock), { timeoutMs: 1_000 });
      await expect(waiting).rejects.toMatchObject({ name: 'GraphError', code: 'TIMEOUT' });
      over.resolve();
      await holding;
    },
  );

  it.runIf(engineUnderTest === 'neo4j')('that is called off is stopped in the database', async () => {
    const running = statement<{ text: string }>(
      'running',
      'SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS text',
    );
    const longOnes = async (): Promise<number> =>
      (await graph.engine.read(running)).filter(({ text }) => text === long.text).length;
    const controller = new AbortController();
    const reading = graph.engine.read(long, { size }, { signal: controller.signal });
    reading.catch(() => {});
    await expect.poll(longOnes, { timeout: 20_000 }).toBe(1);
    controller.abort();
    await expect(reading).rejects.toThrow();
    await expect.poll(longOnes, { timeout: 20_000 }).toBe(0);
  });

  it.each([
    ['cannot be understood', statement('broken', 'MATCH (n RETURN n')],
    ['fails', statement('impossible', 'RETURN 1 / 0 AS value')],
  ])('that %s is a FAILED with the statement’s name and the driver’s error as its cause', async (_, bad) => {
    await expect(graph.engine.read(bad)).rejects.toMatchObject({
      name: 'GraphError',
      code: 'FAILED',
      statement: bad.name,
      message: expect.stringContaining(bad.name),
      cause: expect.any(Error),
    });
  });

  it.runIf(engineUnderTest === 'neo4j')('with a value that no engine can hold rejects, and sends nothing', async () => {
    await expect(graph.engine.read(one, { day: new Date(0) as never })).rejects.toThrow(
      'The parameter $day is neither',
    );
  });
});

describe('an engine that was closed', () => {
  it.each(CALLS)('answers %s with UNAVAILABLE', async (_, call) => {
    const closed = await bareGraph();
    await closed.engine.close();
    await closed.engine.close();
    await expect(call(closed.engine)).rejects.toMatchObject({ name: 'GraphError', code: 'UNAVAILABLE' });
  });

  it('has first ended what was under way', async () => {
    const closing = await bareGraph();
    const keep = statement<never>('keep', 'CREATE (n:Fixture {id: $id})');
    const written = closing.engine.write((transaction) => transaction.run(keep, { id: 'the last' }));
    const read = closing.engine.read(long, { size: 300 });
    await Promise.all([written, read.then(([row]) => expect(row!.value).toBe(90_000)), closing.engine.close()]);
  });
});

describe.runIf(engineUnderTest === 'neo4j')('a Neo4j that is away', () => {
  // Longer than this nobody waits for a page: the limit is the test's own, and part of the promise.
  const patience = { timeout: 5_000 };
  const neo4j = () => ({ engine: 'neo4j', ...neo4jUnderTest() }) as const;

  describe.each(['bolt', 'neo4j'])('at an address of %s://', (scheme) => {
    it.each(CALLS)('answers %s with UNAVAILABLE within five seconds', patience, async (_, call) => {
      const engine = await openEngine({ ...neo4j(), uri: `${scheme}://127.0.0.1:1` });
      await expect(call(engine)).rejects.toMatchObject({ name: 'GraphError', code: 'UNAVAILABLE' });
      await engine.close();
    });
  });

  it.each([
    ['CREDENTIALS when the password is wrong', { password: 'not this one' }, 'CREDENTIALS'],
    ['UNAVAILABLE when there is no such database', { database: 'nosuchdatabase' }, 'UNAVAILABLE'],
  ])('is %s', patience, async (_, wrong, code) => {
    const engine = await openEngine({ ...neo4j(), ...wrong });
    await expect(engine.ping()).rejects.toMatchObject({ name: 'GraphError', code });
    await engine.close();
  });

  it('is no reason not to open, but an address that means nothing is', async () => {
    await expect(openEngine({ ...neo4j(), uri: 'gopher://127.0.0.1' })).rejects.toMatchObject({
      name: 'GraphError',
      code: 'UNSUPPORTED',
    });
  });
});

describe.runIf(engineUnderTest === 'grafeo')('the file of an embedded store', () => {
  const locked = { name: 'GraphError', code: 'LOCKED', message: expect.stringContaining('GRAPPE_DATA') };

  it('is LOCKED for a second opening in the same process, and free again after the first closes', async () => {
    const settings = await embeddedSettings();
    const first = await openEngine(settings);
    await expect(openEngine(settings)).rejects.toMatchObject(locked);
    await first.close();
    const second = await openEngine(settings);
    expect(await second.read(one)).toEqual([{ value: 1 }]);
    await second.close();
  });

  it('is LOCKED while another process holds it, and free again when that was killed', async () => {
    const settings = await embeddedSettings();
    const script = fileURLToPath(new URL('../support/hold-store.ts', import.meta.url));
    const other = fork(script, [settings.folder], { execArgv: [] });
    await once(other, 'message');
    await expect(openEngine(settings)).rejects.toMatchObject(locked);
    other.kill('SIGKILL');
    await once(other, 'exit');
    const engine = await openEngine(settings);
    expect(await engine.read(one)).toEqual([{ value: 1 }]);
    await engine.close();
  });

  it('keeps what was written after it is closed', async () => {
    const settings = await embeddedSettings();
    const first = await openEngine(settings);
    await first.write((transaction) => transaction.run(statement('keep', "CREATE (n:Fixture {name: 'Mécaloire'})")));
    await first.close();
    const second = await openEngine(settings);
    const names = statement<{ name: string }>('names', 'MATCH (n:Fixture) RETURN n.name AS name');
    expect(await second.read(names)).toEqual([{ name: 'Mécaloire' }]);
    await second.close();
  });
});
