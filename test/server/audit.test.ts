import { describe, expect, it } from 'vitest';
import { singleToken } from '../../src/server/auth/tokens.ts';
import { startServer } from '../../src/server/http/server.ts';
import { send } from '../support/raw-request.ts';
import { standInParts, type World, world } from './world.ts';

const TOKEN = `grappe_${'x'.repeat(43)}`;
const audited = ({ log }: World): Record<string, unknown>[] => log.filter(({ msg }) => msg === 'refused');

describe('what a client may not do', () => {
  it('is logged in one line: who, what, from where, why', async () => {
    const server = world({ tokens: singleToken(TOKEN, { name: 'Édith', role: 'READER' }) });
    await server.ask('query Secret { forbidden }', {
      headers: { authorization: `Bearer ${TOKEN}`, 'user-agent': 'curl/8', 'x-request-id': 'r1' },
    });
    expect(audited(server)).toEqual([
      expect.objectContaining({
        ...{ requestId: 'r1', codes: ['FORBIDDEN'], status: 403, method: 'POST', path: '/graphql' },
        ...{ operation: 'Secret', address: 'local', by: 'Édith', role: 'READER', origin: null, userAgent: 'curl/8' },
      }),
    ]);
  });

  it.each<[string, number, { readonly query?: string; readonly headers?: Record<string, string> }, string]>([
    ['UNAUTHENTICATED', 401, { headers: { authorization: 'Bearer wrong-token' } }, ''],
    ['CROSS_SITE_REQUEST', 403, { headers: { origin: 'https://other.example.org' } }, ''],
    ['TOKEN_IN_URL', 400, {}, `?access_token=${TOKEN}`],
    ['RATE_LIMITED', 429, {}, ''],
    ['INTROSPECTION_DISABLED', 200, { query: '{ __schema { queryType { name } } }' }, ''],
  ])('is logged without secrets: %s', async (code, status, { query = '{ word }', headers = {} }, search) => {
    const server = world({
      costPerMinute: code === 'RATE_LIMITED' ? 1 : 0,
      introspection: code !== 'INTROSPECTION_DISABLED',
    });
    const ask = () =>
      server.application.fetch(`http://grappe.test/graphql${search}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
    if (code === 'RATE_LIMITED') await ask();
    expect((await ask()).status).toBe(status);
    const lines = audited(server);
    expect(lines).toMatchObject([{ codes: [code], status }]);
    expect(JSON.stringify(lines)).not.toMatch(/wrong-token|grappe_|word|__schema/);
  });

  it("is logged for a name that is not the server's", async () => {
    const parts = standInParts();
    const server = await startServer({ ...parts, config: { ...parts.config, host: '127.0.0.1', port: 0 } });
    await send(`${server.url}/graphql?query={secret}`, { headers: { host: 'rebound.example' } }).finally(server.close);
    const [line] = parts.log.filter(({ msg }) => msg === 'refused');
    const address = '127.0.0.1';
    expect(line).toMatchObject({ codes: ['HOST_NOT_ALLOWED'], path: '/graphql', host: 'rebound.example', address });
  });

  it('is not what is asked wrongly, or answered', async () => {
    const server = world();
    await server.ask('{ nothing }');
    await server.ask('{ word }');
    expect(audited(server)).toEqual([]);
  });
});
