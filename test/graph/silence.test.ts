import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { openEngine } from '../../src/graph/open.ts';
import { statement } from '../../src/graph/statement.ts';
import { BoltStub } from '../support/bolt-stub.ts';

const value = statement<{ value: number }>('value', 'RETURN value');
const raise = statement<{ value: number }>('raise', 'CREATE value');
/** Connections of one pool, and more than that. */
const MAX_CONNECTIONS = 50;
const MANY = 60;
/** Milliseconds: longer than a login may take, and than a question waits for a connection. */
const SILENCE = 5_000;
const UNAVAILABLE = { name: 'GraphError', code: 'UNAVAILABLE' };

/** A stub and an engine on it, which end with the test. */
async function stubAndEngine(scheme: 'bolt' | 'neo4j', { onTestFinished }: TestContext) {
  const stub = await BoltStub.start();
  const engine = await openEngine(stub.settings(scheme));
  onTestFinished(async () => {
    await engine.close();
    await stub.stop();
  });
  return { stub, engine };
}

// All at once, since they wait; each wait within a test is bounded by its time-out: this is the promise.
describe.concurrent.each(['bolt', 'neo4j'] as const)(
  'a database at %s:// that accepts connections and does not answer',
  { timeout: 3 * SILENCE },
  (scheme) => {
    it('is UNAVAILABLE to all who ask, leaves no connection behind, and is there again at once', async (context) => {
      const { stub, engine } = await stubAndEngine(scheme, context);
      stub.isSwallowing = true;
      const asked = Array.from({ length: MANY }, () => engine.read(value).catch((error) => error));
      for (const question of asked) context.expect(await question).toMatchObject(UNAVAILABLE);
      await context.expect.poll(() => stub.sockets.size, { timeout: SILENCE }).toBe(0);
      stub.isSwallowing = false;
      context.expect(await engine.read(value)).toEqual([{ value: 0 }]);
    });

    it('is there again although all its connections are waited for in vain', async (context) => {
      const { stub, engine } = await stubAndEngine(scheme, context);
      // A statement on each connection, none of which is answered even later.
      stub.behave = (says) => (says === 'RUN' ? 'silent' : 'answer');
      const leaving = new AbortController();
      const reading = () => engine.read(value, {}, { signal: leaving.signal }).catch((error) => error);
      const asked = Array.from({ length: MANY }, reading);
      await context.expect.poll(() => stub.count('RUN'), { timeout: SILENCE }).toBe(MAX_CONNECTIONS);
      stub.isSwallowing = true;
      await pause(SILENCE / 2);
      leaving.abort(new Error('left'));
      for (const question of asked) context.expect(await question).toEqual(new Error('left'));
      stub.isSwallowing = false;
      stub.behave = () => 'answer';
      context.expect(await engine.read(value)).toEqual([{ value: 0 }]);
      await context.expect.poll(() => stub.sockets.size, { timeout: SILENCE }).toBeLessThan(5);
    });

    it('is TIMEOUT to whom it answers too late, and that connection is given up', async (context) => {
      const { stub, engine } = await stubAndEngine(scheme, context);
      stub.behave = (says) => (says === 'PULL' ? 'silent' : 'answer');
      const reading = engine.read(value, {}, { timeoutMs: 100 });
      const late = { name: 'GraphError', code: 'TIMEOUT', statement: 'value' };
      await context.expect(reading).rejects.toMatchObject(late);
      stub.behave = () => 'answer';
      context.expect(await engine.read(value)).toEqual([{ value: 0 }]);
      await context.expect.poll(() => stub.sockets.size, { timeout: SILENCE }).toBeLessThan(3);
    });

    it('leaves a write in doubt whose commit was sent', async (context) => {
      const { stub, engine } = await stubAndEngine(scheme, context);
      stub.behave = (says) => (says === 'COMMIT' ? 'silent' : 'answer');
      const writing = engine.write((transaction) => transaction.run(raise), { timeoutMs: 100 });
      await context.expect(writing).rejects.toMatchObject({ name: 'GraphError', code: 'OUTCOME_UNKNOWN' });
    });

    it('does not delay closing the engine', async (context) => {
      const { stub, engine } = await stubAndEngine(scheme, context);
      await engine.read(value);
      stub.isSwallowing = true;
      const asked = Array.from({ length: 5 }, () => engine.read(value).catch((error) => error));
      await engine.close();
      for (const question of asked) context.expect(await question).toMatchObject(UNAVAILABLE);
      await context.expect.poll(() => stub.sockets.size).toBe(0);
    });
  },
);

/** A server that does one thing with every connection. */
async function serverThat(treats: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    treats(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Answers what comes first with these bytes, and leaves the connection open or not. */
const answering =
  (bytes: readonly number[] | string, then: 'end' | 'reset' | 'stay' = 'stay') =>
  (socket: Socket): void => {
    socket.once('data', () => {
      socket.write(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
      if (then === 'end') socket.end();
      if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 20);
    });
  };

const BROKEN: Readonly<Record<string, (socket: Socket) => void>> = {
  'ends every connection': (socket) => void socket.end(),
  'resets every connection': (socket) => void socket.resetAndDestroy(),
  'resets every connection after it was spoken to': (socket) =>
    void socket.once('data', () => socket.resetAndDestroy()),
  'ends in the middle of the handshake': answering([0, 0], 'end'),
  'speaks no version that the driver knows': answering([0, 0, 0, 0]),
  'speaks HTTP': answering('HTTP/1.1 400 Bad Request\r\n\r\n', 'end'),
  'ends after the handshake': answering([0, 0, 4, 5], 'end'),
  'resets after the handshake': answering([0, 0, 4, 5], 'reset'),
  'sends a message that is none': answering([0, 0, 4, 5, 0, 3, 1, 2, 3, 0, 0]),
  'sends a message with an unknown tag': answering([0, 0, 4, 5, 0, 2, 0xb0, 0x05, 0, 0]),
  'sends a message that ends too early': answering([0, 0, 4, 5, 0, 3, 0xb1, 0x70, 0xa5, 0, 0]),
  'sends noise': answering('\x00\x00\x04\x05~~~~~ no Bolt at all ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~'),
  'negotiates nonsense': answering([0, 0, 1, 255, 255, 255, 255, 255, 255, 255]),
};

describe.concurrent.each(['bolt', 'neo4j'] as const)('what is found at %s://', (scheme) => {
  it.for(Object.entries(BROKEN))('and %s is a database that is UNAVAILABLE', async ([, treats], { expect }) => {
    await using server = await serverThat(treats);
    const settings = { user: 'neo4j', password: 'any', database: 'neo4j' };
    const engine = await openEngine({ engine: 'neo4j', uri: `${scheme}://${server.address}`, ...settings });
    const writing = engine.write((transaction) => transaction.run(raise)).catch((error) => error);
    await expect(engine.read(value)).rejects.toMatchObject(UNAVAILABLE);
    expect(await writing).toMatchObject(UNAVAILABLE);
    await engine.close();
  });
});

describe('a password that is wrong', () => {
  it('is reported as such, and tried once, however many ask', async () => {
    const stub = await BoltStub.start();
    stub.password = 'the right one';
    const engine = await openEngine(stub.settings('bolt', 'the wrong one'));
    for (let tries = 0; tries < 5; tries++) {
      const asked = engine.ping();
      await expect(asked).rejects.toMatchObject({ name: 'GraphError', code: 'CREDENTIALS' });
      await expect(asked).rejects.toThrow('NEO4J_PASSWORD');
      await expect(asked).rejects.not.toThrow('the wrong one');
    }
    expect(stub.count('LOGON')).toBe(1);
    await engine.close();
    await stub.stop();
  });
});
