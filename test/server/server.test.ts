import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GraphError } from '../../src/graph/errors.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { createReadiness } from '../../src/server/observe/readiness.ts';
import { SECRET, standInEngine, standInParts } from './world.ts';

const running: RunningServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

type Parts = ReturnType<typeof standInParts>;
async function listen(
  change: Parameters<typeof standInParts>[0] = {},
  answersMs = 10_000,
  stopDelayMs = 0,
): Promise<Parts & RunningServer> {
  const parts = standInParts(change);
  const config = { ...parts.config, host: '127.0.0.1', port: 0, stopDelayMs };
  const server = await startServer({ ...parts, config }, { grace: { answersMs, idleMs: 100 } });
  running.push(server);
  return { ...parts, ...server };
}

const slow = (url: string, ms: number, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/graphql?query={slow(ms:${ms})}`, init);

describe('the server', () => {
  it('shows that it is alive, and whether it is ready', async () => {
    const { url } = await listen();
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    expect((await fetch(`${url}/readyz`, { method: 'HEAD' })).status).toBe(200);
  });

  it('is not ready before it has heard from its database, nor while the first seed is coming in', async () => {
    const readiness = createReadiness();
    const { url } = await listen({ readiness });
    const asked = async (): Promise<unknown> => {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, ...((await response.json()) as object) };
    };
    expect(await asked()).toEqual({ status: 'not ready', reason: 'DATABASE_UNAVAILABLE' });
    readiness.become('SEEDING');
    expect(await asked()).toMatchObject({ reason: 'SEEDING' });
    readiness.become(null);
    expect(await asked()).toMatchObject({ status: 'ready' });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('is not ready while its database does not answer, and shows no address', async () => {
    const ping = vi.fn(async (): Promise<void> => {
      throw new Error(`connect ECONNREFUSED ${SECRET}`);
    });
    const { url } = await listen({ engine: standInEngine(ping) });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('{"status":"not ready","reason":"DATABASE_UNAVAILABLE"}');
    ping.mockImplementation(async () => {});
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('asks its database once for all who want to know at one time', async () => {
    const { promise: answering, resolve } = Promise.withResolvers<void>();
    const ping = vi.fn(() => answering);
    const { url } = await listen({ engine: standInEngine(ping) });
    const asked = Array.from({ length: 50 }, () => fetch(`${url}/readyz`));
    await vi.waitFor(() => expect(ping).toHaveBeenCalled());
    await fetch(`${url}/livez`);
    resolve();
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
    expect(ping.mock.calls.length).toBeLessThan(10);
  });

  it.each(['STORAGE_FULL', 'STORAGE_FAILED'] as const)('is not ready when its database says %s', async (code) => {
    const ping = async (): Promise<void> => {
      throw new GraphError(code, `the disk of ${SECRET}`);
    };
    const { url } = await listen({ engine: standInEngine(ping) });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe(`{"status":"not ready","reason":"${code}"}`);
  });

  it('answers 404 as JSON where there is nothing, and 405 where there is a page', async () => {
    const { url } = await listen();
    const missing = await fetch(`${url}/admin`, { headers: { accept: 'text/html' } });
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(405);
  });

  it('aborts the statements of a client that has left', async () => {
    const { url, signals, log } = await listen();
    const leaving = new AbortController();
    const asked = slow(url, 5_000, { signal: leaving.signal });
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await vi.waitFor(() => expect(signals[0]!.aborted).toBe(true));
    await vi.waitFor(() => expect(log.at(-1)).toMatchObject({ msg: 'graphql', outcome: 'CANCELLED', aborted: true }));
    expect(log.filter(({ msg }) => msg === 'unexpected error')).toEqual([]);
  });

  it('does not take a body that never ends', async () => {
    const { url } = await listen({ limits: { bodyBytes: 1_000 } });
    const chunk = new TextEncoder().encode('x'.repeat(500));
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const headers = { 'content-type': 'application/json' };
    const posting = fetch(`${url}/graphql`, { method: 'POST', headers, body: endless, duplex: 'half' } as RequestInit);
    // undici may see the answer, or that the connection went away while it was still sending.
    const status = await posting.then(({ status }) => status).catch(() => 'cut');
    expect([413, 'cut']).toContain(status);
    expect(sent).toBeLessThan(50_000_000);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('does not read a body that says itself that it is too long', async () => {
    const { url } = await listen({ limits: { bodyBytes: 1_000 } });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    // Nothing of the body is sent: the length alone is answered.
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1001\r\n\r\n',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /);
    expect(answer.toString()).toContain('BODY_TOO_LARGE');
  });

  it('survives what is not HTTP', async () => {
    const { url } = await listen();
    const port = Number(new URL(url).port);
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET http:// HTTP/1.1\r\nHost: \u0000\r\n\r\n',
      'GET //[ HTTP/1.1\r\nHost: [\r\n\r\n',
    ]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.end(bytes);
      const answer = await new Promise<string>((resolve) => {
        let text = '';
        socket.on('data', (data) => {
          text += data;
        });
        socket.on('close', () => resolve(text));
      });
      expect(answer).not.toMatch(/^HTTP\/1.1 5/);
    }
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('says that its port is taken', async () => {
    const { url, ...parts } = await listen();
    const config = { ...parts.config, host: '127.0.0.1', port: Number(new URL(url).port) };
    await expect(startServer({ ...parts, config })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('shutting down', () => {
  it('goes on taking requests while a proxy hears that it stops, where a time is set for that', async () => {
    const { url, close } = await listen({}, 10_000, 500);
    const closed = close();
    // New connections, which would be refused otherwise.
    const headers = { connection: 'close' };
    const [notReady, answer] = await Promise.all([
      fetch(`${url}/readyz`, { headers }),
      fetch(`${url}/graphql?query={word}`, { headers }),
    ]);
    expect([notReady.status, await notReady.json()]).toEqual([503, { status: 'not ready', reason: 'SHUTTING_DOWN' }]);
    expect(await answer.json()).toMatchObject({ data: { word: 'word' } });
    await closed;
    await expect(fetch(`${url}/readyz`, { headers })).rejects.toThrow();
  });

  it('finishes requests in progress, and accepts nothing more', async () => {
    const { url, close, signals, readiness } = await listen();
    const asked = slow(url, 300);
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    const closed = close();
    expect(readiness.reason).toBe('SHUTTING_DOWN');
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
    const response = await asked;
    expect(await response.json()).toMatchObject({ data: { slow: 'done' } });
    await closed;
  });

  it('does not wait for idle keep-alive connections, and asks them to close', async () => {
    const { url, close, signals } = await listen();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = (path: string): Promise<{ connection: string | undefined }> =>
      new Promise((resolve, reject) => {
        httpRequest(`${url}${path}`, { agent }, (response) => {
          response.resume();
          response.on('end', () => resolve({ connection: response.headers.connection }));
        })
          .on('error', reject)
          .end();
      });
    await get('/livez');
    const asked = get('/graphql?query={slow(ms:200)}');
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    const started = performance.now();
    await close();
    expect(performance.now() - started).toBeLessThan(2_000);
    await asked;
    agent.destroy();
  });

  it('answers every request that clients send on connections which they have used before', async () => {
    const { url, close } = await listen();
    const lost: string[] = [];
    let answered = 0;
    const clients = Array.from({ length: 16 }, async (_, client) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let asked = 0; ; asked++) {
        const outcome = await new Promise<string>((resolve) => {
          const request = httpRequest(`${url}/graphql?query={word}`, { agent }, (response) => {
            response.resume().on('end', () => resolve('answered'));
          });
          request.on('error', ({ code }: NodeJS.ErrnoException) =>
            resolve(request.reusedSocket ? `${code}` : 'rejected'),
          );
          request.end();
        });
        if (outcome === 'rejected') break;
        if (outcome === 'answered') answered++;
        else lost.push(outcome);
        await pause((client * 7 + asked * 3) % 23);
      }
      agent.destroy();
    });
    await vi.waitFor(() => expect(answered).toBeGreaterThan(100), { timeout: 20_000 });
    await close();
    await Promise.all(clients);
    expect(lost).toEqual([]);
  });

  it('does not wait for connections that were opened ahead, and have said nothing', async () => {
    const { url, close } = await listen();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const started = performance.now();
    await close();
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('cuts off what lasts longer than its grace', async () => {
    const { url, close, signals } = await listen({}, 100);
    const asked = slow(url, 60_000).catch(() => 'cut');
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    await close();
    expect(await asked).toBe('cut');
    await vi.waitFor(() => expect(signals[0]!.aborted).toBe(true));
  });

  it('can be called twice', async () => {
    const { close } = await listen();
    await Promise.all([close(), close()]);
    await pause(0);
    await close();
  });
});
