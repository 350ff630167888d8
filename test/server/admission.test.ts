import { BlockList } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Limits } from '../../src/config/limits.ts';
import { VersionProbe } from '../../src/graph/version-probe.ts';
import { ResultCache } from '../../src/loaders/result-cache.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { standInEngine, standInParts } from './world.ts';

const running: RunningServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);

/** A server whose clients are identified by X-Forwarded-For, and its requests. */
async function listen(limits: Partial<Limits>, trustedProxies = loopback) {
  const engine = { ...standInEngine(), version: async () => 'one' };
  const versions = new VersionProbe(engine);
  const cache = new ResultCache(versions, { bytes: 100_000, stalenessMs: 0 });
  await versions.probe();
  const parts = standInParts({ limits, engine });
  const loaders = { batches: { roundTrips: 0, statements: 0 }, answeredAt: 'one' };
  const createContext = (signal: AbortSignal): object => ({ signal, loaders });
  const config = { ...parts.config, trustedProxies, host: '127.0.0.1', port: 0 };
  const server = await startServer(
    { ...parts, createContext, cache, config },
    { grace: { answersMs: 10_000, idleMs: 0 } },
  );
  running.push(server);
  const ask = async (query: string, client: string, signal?: AbortSignal) => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'X-Forwarded-For': client },
      ...(signal ? { signal } : {}),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: object }[] };
    return { status: response.status, headers: response.headers, data, extensions: errors?.[0]?.extensions };
  };
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.split(' ')[1]);
  };
  /** Begins questions that take long, and waits until they are executed or wait for it. */
  const occupy = async (client: string, count: number): Promise<() => Promise<unknown[]>> => {
    const leaving = new AbortController();
    const before =
      (await figure('grappe_running{place="request"}')) + (await figure('grappe_waiting{place="request"}'));
    const asked = Array.from({ length: count }, () =>
      ask('{ slow(ms: 60000) }', client, leaving.signal).catch(() => null),
    );
    await vi.waitFor(async () => {
      const now = (await figure('grappe_running{place="request"}')) + (await figure('grappe_waiting{place="request"}'));
      expect(now - before).toBe(count);
    });
    return () => {
      leaving.abort();
      return Promise.all(asked);
    };
  };
  return { ...server, ask, figure, occupy };
}

describe('a server with many requests', () => {
  it('executes so many, lets others wait, and turns the rest away with 503', async () => {
    const server = await listen({ executions: 2, waiting: 1, clientShare: 100 });
    const leave = await server.occupy('192.0.2.1', 3);
    expect(await server.figure('grappe_running{place="request"}')).toBe(2);
    const rejected = await server.ask('{ word }', '192.0.2.2');
    expect(rejected).toMatchObject({
      status: 503,
      data: undefined,
      extensions: { code: 'OVERLOADED', reason: 'FULL' },
    });
    expect(rejected.headers.get('retry-after')).toBe('2');
    expect(await server.figure('grappe_requests_turned_away_total{reason="FULL"}')).toBe(1);
    await leave();
    await vi.waitFor(async () => expect(await server.figure('grappe_running{place="request"}')).toBe(0));
    expect(await server.ask('{ word }', '192.0.2.2')).toMatchObject({ status: 200, data: { word: 'word' } });
  });

  it('keeps a part for others than the client who asks most', async () => {
    const server = await listen({ executions: 4, waiting: 4, clientShare: 50 });
    const leave = await server.occupy('192.0.2.1', 4);
    const own = await server.ask('{ word }', '192.0.2.1');
    expect(own).toMatchObject({ status: 503, extensions: { code: 'OVERLOADED', reason: 'SHARE' } });
    expect(await server.ask('{ word }', '192.0.2.2')).toMatchObject({ status: 200, data: { word: 'word' } });
    await leave();
  });

  it('lets none wait longer than a time, and reports that it was not begun', async () => {
    const server = await listen({ executions: 1, waiting: 4, waitMs: 30, clientShare: 100 });
    const leave = await server.occupy('192.0.2.1', 1);
    expect(await server.ask('{ word }', '192.0.2.2')).toMatchObject({ status: 503, extensions: { reason: 'WAITED' } });
    await leave();
  });

  it('reports without a place whether it is alive', async () => {
    const server = await listen({ executions: 1, waiting: 1, clientShare: 100 });
    const leave = await server.occupy('192.0.2.1', 2);
    expect(await server.ask('{ word }', '192.0.2.2')).toMatchObject({ status: 503 });
    for (const path of ['/livez', '/readyz', '/metrics']) {
      expect((await fetch(`${server.url}${path}`)).status).toBe(200);
    }
    await leave();
  });

  it('needs no place for an answer that it has, nor for one that the client has', async () => {
    const server = await listen({ executions: 1, waiting: 1, clientShare: 100 });
    const stored = await server.ask('{ word }', '192.0.2.2');
    const leave = await server.occupy('192.0.2.1', 2);
    expect(await server.ask('{ kind }', '192.0.2.2')).toMatchObject({ status: 503 });
    expect(await server.ask('{ word }', '192.0.2.2')).toMatchObject({ status: 200, data: { word: 'word' } });
    const headers = { 'If-None-Match': stored.headers.get('etag')! };
    expect((await fetch(`${server.url}/graphql?query=%7B%20word%20%7D`, { headers })).status).toBe(304);
    await leave();
  });

  it('frees the place of who has left, executed or not', async () => {
    const server = await listen({ executions: 1, waiting: 1, clientShare: 100 });
    const leaveExecuted = await server.occupy('192.0.2.1', 1);
    const leaveWaiting = await server.occupy('192.0.2.2', 1);
    await leaveWaiting();
    await vi.waitFor(async () => expect(await server.figure('grappe_waiting{place="request"}')).toBe(0));
    await leaveExecuted();
    await vi.waitFor(async () => expect(await server.figure('grappe_running{place="request"}')).toBe(0));
  });

  it('believes no address that a client makes up', async () => {
    const server = await listen({ executions: 4, waiting: 4, clientShare: 50 }, new BlockList());
    const leave = await server.occupy('192.0.2.1', 4);
    expect(await server.ask('{ word }', '192.0.2.99')).toMatchObject({ status: 503, extensions: { reason: 'SHARE' } });
    await leave();
  });

  it('uses the last forwarded address that is not a trusted proxy', async () => {
    const server = await listen({ executions: 4, waiting: 4, clientShare: 50 });
    const leave = await server.occupy('198.51.100.7, 192.0.2.1, 127.0.0.9', 4);
    expect(await server.ask('{ word }', '203.0.113.5, 192.0.2.1')).toMatchObject({ status: 503 });
    expect(await server.ask('{ word }', '192.0.2.1:4711')).toMatchObject({ status: 503 });
    expect(await server.ask('{ word }', '::ffff:192.0.2.1')).toMatchObject({ status: 503 });
    expect(await server.ask('{ word }', '192.0.2.1, 198.51.100.7')).toMatchObject({ status: 200 });
    await leave();
  });

  it('takes the addresses of one IPv6 network for one client', async () => {
    const server = await listen({ executions: 4, waiting: 4, clientShare: 50 });
    const leave = await server.occupy('2001:db8:1:2::1', 4);
    expect(await server.ask('{ word }', '2001:0db8:1:2:ffff::9')).toMatchObject({ status: 503 });
    expect(await server.ask('{ word }', '[2001:db8:1:2::7]:443')).toMatchObject({ status: 503 });
    expect(await server.ask('{ word }', '2001:db8:1:3::1')).toMatchObject({ status: 200 });
    await leave();
  });
});
