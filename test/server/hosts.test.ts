import { afterEach, describe, expect, it } from 'vitest';
import { hostRule } from '../../src/server/http/loopback.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { send } from '../support/raw-request.ts';
import { standInParts } from './world.ts';

const running: RunningServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

async function listen(host: string, allowedHosts: string[] = []): Promise<RunningServer & { readonly port: string }> {
  const parts = standInParts();
  const config = { ...parts.config, host, port: 0, metricsPort: 0, allowedHosts };
  const server = await startServer({ ...parts, config });
  running.push(server);
  return { ...server, port: new URL(server.url).port };
}

/** Names that a page of another site can make lead to this machine, and what only looks like one of its own. */
const FOREIGN = [
  'rebound.example',
  'rebound.example:4000',
  'localhost.rebound.example',
  '127.0.0.1.rebound.example',
  'rebound-localhost',
  'localhost.',
  '127.0.0.1.nip.io:4000',
  '10.0.0.1',
  '128.0.0.1',
  '0.0.0.0:4000',
  '[::2]:4000',
  '[::ffff:127.0.0.1]:4000',
  '::1',
  'localhost:4000:4000',
  'rebound.example@localhost',
  'localhost@rebound.example',
  'localhost#rebound.example',
  '',
];
const OWN = ['localhost', 'LocalHost:1', '127.0.0.1', '127.0.0.1:65535', '127.1.2.3:80', '[::1]', '[::1]:4000'];

it('keeps a connection open for longer than proxies reuse theirs', async () => {
  const { url } = await listen('127.0.0.1');
  const { headers } = await fetch(`${url}/livez`);
  const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive')!)!;
  expect(Number(seconds)).toBeGreaterThan(60);
});

describe('a server that only this machine can reach', () => {
  it.each(['/graphql?query={word}', '/graphql', '/', '/livez', '/readyz', '/metrics', '/sign-in', '/nowhere'])(
    'answers at %s under no name but those of this machine',
    async (path) => {
      const { url, port } = await listen('127.0.0.1');
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const rejected = await send(`${url}${path}`, { method, headers: { host: `rebound.example:${port}` } });
        expect([rejected.status, rejected.code]).toEqual([403, 'HOST_NOT_ALLOWED']);
        expect(rejected.body).not.toContain('rebound');
        expect(rejected.body).toContain('GRAPPE_ALLOWED_HOSTS');
      }
      for (const host of ['localhost', '127.0.0.1', '[::1]']) {
        const { code } = await send(`${url}${path}`, { headers: { host: `${host}:${port}` } });
        expect(code).not.toBe('HOST_NOT_ALLOWED');
      }
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1'])('at %s distinguishes names of this machine from all others', (host) => {
    const answersTo = hostRule({ host });
    expect(FOREIGN.filter(answersTo)).toEqual([]);
    expect(OWN.filter((name) => !answersTo(name))).toEqual([]);
    // HTTP/1.0 names none, and no browser speaks it.
    expect(answersTo(undefined)).toBe(true);
  });

  it('answers under names that are set too, at any port', async () => {
    const { url } = await listen('127.0.0.1', ['Graph.example.org']);
    const status = async (host: string): Promise<number> => (await send(`${url}/livez`, { headers: { host } })).status;
    expect(await status('graph.example.org')).toBe(200);
    expect(await status('graph.example.org:8443')).toBe(200);
    expect(await status('other.example.org')).toBe(403);
    expect(await status('localhost')).toBe(200);
  });

  it('guards the port of the metrics alike', async () => {
    const { metricsUrl } = await listen('127.0.0.1');
    expect((await send(metricsUrl!, { headers: { host: 'rebound.example' } })).code).toBe('HOST_NOT_ALLOWED');
    expect((await send(metricsUrl!)).status).toBe(200);
  });
});

describe('a server that others can reach', () => {
  it('answers under every name, as that of its container', async () => {
    const { url, port } = await listen('0.0.0.0');
    for (const host of [`grappe:${port}`, 'graph.example.org', `localhost:${port}`]) {
      const { status, body } = await send(`${url}/graphql?query={word}`, { headers: { host } });
      expect([status, body]).toEqual([200, expect.stringContaining('"word":"word"')]);
    }
  });

  it('answers under those that are set alone, where some are', async () => {
    const { url } = await listen('0.0.0.0', ['grappe']);
    const status = async (host: string): Promise<number> => (await send(`${url}/livez`, { headers: { host } })).status;
    expect(await status('grappe:4000')).toBe(200);
    expect(await status('127.0.0.1:4000')).toBe(200);
    expect(await status('graph.example.org')).toBe(403);
  });
});
