import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { encodingFor } from '../../src/server/http/compression.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { type RawAnswer, send } from '../support/raw-request.ts';
import { standInParts } from './world.ts';

const LONG = '{ poles(first: 100) { nodes { id name } } }';

async function listening(run: (server: RunningServer) => Promise<void>, change = {}): Promise<void> {
  const parts = standInParts({ showSchema: true, ...change });
  const server = await startServer({ ...parts, config: { ...parts.config, host: '127.0.0.1', port: 0 } });
  await run(server).finally(() => server.close());
}

const ask = (url: string, query: string, headers: Record<string, string>): Promise<RawAnswer> =>
  send(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json', ...headers } });

describe('a long answer', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('is compressed by %s for a client that accepts it', async (encoding, unpack) => {
    await listening(async ({ url }) => {
      const plain = await ask(url, LONG, {});
      const packed = await ask(url, LONG, { 'accept-encoding': encoding });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(Number(packed.headers['content-length'])).toBe(packed.bytes.length);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
      expect(unpack(packed.bytes)).toEqual(plain.bytes);
      expect(packed.headers.vary).toContain('Accept-Encoding');
    });
  });

  it('is not where a setting says so', async () => {
    await listening(
      async ({ url }) => {
        const { headers } = await ask(url, LONG, { 'accept-encoding': 'gzip, br' });
        expect(headers['content-encoding']).toBeUndefined();
      },
      { compression: false },
    );
  });
});

it('compresses pages and the schema, and neither short answers nor streams of events', async () => {
  await listening(async ({ url }) => {
    const packed = { 'accept-encoding': 'gzip, br' };
    const encodingOf = async (path: string, accept: string): Promise<string | null> =>
      (await send(`${url}${path}`, { headers: { ...packed, accept } })).headers['content-encoding'] ?? null;
    expect(await encodingOf('/', 'text/html')).toBe('br');
    expect(await encodingOf('/schema.graphql', '*/*')).toBe('br');
    expect(await encodingOf('/graphql?query={word}', 'application/json')).toBeNull();
    expect(await encodingOf('/livez', '*/*')).toBeNull();
    // Proxies, too, are asked to leave it as it is.
    expect(await encodingOf(`/graphql?query=${encodeURIComponent(LONG)}`, 'text/event-stream')).toBe('none');
  });
});

it('compresses GraphiQL once, and nobody waits for that', async () => {
  await listening(async ({ url }) => {
    const page = (encoding: string) =>
      send(`${url}/graphql`, { headers: { accept: 'text/html', 'accept-encoding': encoding } });
    const first = await page('gzip');
    expect(first.headers['content-encoding']).toBeUndefined();
    const packed = await vi.waitUntil(
      async () => {
        const next = await page('gzip');
        return next.headers['content-encoding'] === 'gzip' && next;
      },
      { timeout: 30_000 },
    );
    expect(gunzipSync(packed.bytes).equals(first.bytes)).toBe(true);
    expect(packed.bytes.length).toBeLessThan(first.bytes.length / 3);
  });
});

it.each([
  [null, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['GZIP, deflate', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', null],
  ['*', 'br'],
  ['*;q=0.1, br;q=0', 'gzip'],
])('reads Accept-Encoding: %s as %s', (header, encoding) => {
  expect(encodingFor(header)).toBe(encoding);
});
