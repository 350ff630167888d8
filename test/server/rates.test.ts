import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TokenBuckets } from '../../src/scheduling/token-buckets.ts';
import { world } from './world.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const PAGE = 'query Page($first: Int) { poles(first: $first) { nodes { id } } }';
const tokens = {
  authorOf: async (token: string) => ({ name: token, role: 'READER' as const }),
};
const by = (name: string) => ({ authorization: `Bearer ${name}` });

describe('the cost of a minute', () => {
  it('is counted for each client, said in headers, and the request beyond it comes when it is there again', async () => {
    const server = world({ costPerMinute: 200, tokens });
    const first = await server.ask(PAGE, { variables: { first: 60 }, headers: by('a') });
    const cost = Number(first.headers.get('x-query-cost'));
    expect(cost).toBeGreaterThan(60);
    expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=200;w=60');
    expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"cost";r=${200 - cost};t=\\d+$`));
    const second = await server.ask(PAGE, { variables: { first: 60 }, headers: by('a') });
    expect([second.status, second.code]).toEqual([429, 'RATE_LIMITED']);
    const seconds = Number(second.headers.get('retry-after'));
    expect(second.body.errors?.[0]?.extensions).toMatchObject({
      requested: cost,
      remaining: 200 - cost,
      maximum: 200,
      retryAfter: seconds,
    });
    // Another client has its own, and a smaller request still passes.
    expect((await server.ask(PAGE, { variables: { first: 60 }, headers: by('b') })).status).toBe(200);
    expect((await server.ask('{ word }', { headers: by('a') })).status).toBe(200);
    vi.advanceTimersByTime((seconds + 1) * 1_000);
    expect((await server.ask(PAGE, { variables: { first: 60 }, headers: by('a') })).status).toBe(200);
  });

  it('may be exceeded by one request, which is paid back', async () => {
    const server = world({ costPerMinute: 50, tokens });
    const large = { variables: { first: 100 }, headers: by('a') };
    expect((await server.ask(PAGE, large)).status).toBe(200);
    expect((await server.ask('{ word }', { headers: by('a') })).code).toBe('RATE_LIMITED');
    vi.advanceTimersByTime(60_000);
    expect((await server.ask(PAGE, large)).code).toBe('RATE_LIMITED');
    vi.advanceTimersByTime(300_000);
    expect((await server.ask(PAGE, large)).status).toBe(200);
  });

  it('counts for as many servers as have a part of the requests: what is left is that of all of them', async () => {
    let servers = 2;
    const config = { costPerMinute: 400, tokens };
    const [one, other] = [0, 1].map(() => world({ ...config, serverCount: () => servers }));
    const question = { variables: { first: 60 }, headers: by('a') };
    const first = await one!.ask(PAGE, question);
    const cost = Number(first.headers.get('x-query-cost'));
    expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=400;w=60');
    expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"cost";r=${400 - 2 * cost};`));
    expect((await other!.ask(PAGE, question)).status).toBe(200);
    expect((await one!.ask(PAGE, question)).code).toBe('RATE_LIMITED');
    expect((await other!.ask(PAGE, question)).code).toBe('RATE_LIMITED');
    // One of them ends.
    vi.advanceTimersByTime(60_000);
    servers = 1;
    expect((await one!.ask(PAGE, question)).headers.get('ratelimit')).toMatch(new RegExp(`^"cost";r=${400 - cost};`));
  });

  it('is not limited unless a setting says so', async () => {
    const { headers } = await world().ask(PAGE);
    expect([headers.get('ratelimit'), headers.get('x-query-cost')]).toEqual([null, expect.any(String)]);
  });

  it('is remembered for a bounded number of clients', () => {
    const buckets = new TokenBuckets(10);
    for (let client = 0; client < 20_000; client++) buckets.take(`address ${client}`, 10);
    expect(buckets.take('address 19999', 1).isAllowed).toBe(false);
    expect(buckets.take('address 0', 1).isAllowed).toBe(true);
  });
});

it('reports cost and rate in extensions to a client that asks for it', async () => {
  const { application } = world({ costPerMinute: 100 });
  const ask = async (extensions?: object): Promise<{ extensions?: { report?: unknown } }> => {
    const body = JSON.stringify({ query: '{ word }', extensions });
    const headers = { 'Content-Type': 'application/json', 'X-Request-Id': 'r1' };
    return (await application.fetch('http://grappe.test/graphql', { method: 'POST', headers, body })).json();
  };
  expect((await ask()).extensions).not.toHaveProperty('report');
  expect((await ask({ report: true })).extensions?.report).toEqual({
    requestId: 'r1',
    cost: { requested: 1, maximum: 100_000 },
    cache: null,
    rate: { limit: 100, remaining: 98, resetSeconds: 2 },
  });
});
