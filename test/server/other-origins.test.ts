import { describe, expect, it } from 'vitest';
import { world } from './world.ts';

const APP = 'https://app.example.org';
const FOREIGN = 'https://other.example.org';

const fetchFrom = (origin: string, init: RequestInit, change: object = {}): [Promise<Response>, string[]] => {
  const said: string[] = [];
  const { application } = world({ corsOrigins: [APP], say: (line: string) => said.push(line), ...change });
  const request = { ...init, headers: { origin, 'content-type': 'application/json', ...init.headers } };
  return [Promise.resolve(application.fetch('http://grappe.test/graphql', request)), said];
};
const namesIn = (header: string | null): string[] => (header ?? '').toLowerCase().split(', ');

describe('a page of an origin that may query', () => {
  it('may send the headers of clients, after a preflight', async () => {
    const [preflight] = fetchFrom(APP, {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    const { status, headers } = await preflight;
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(APP);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const allowed = namesIn(headers.get('access-control-allow-headers'));
    for (const name of ['authorization', 'if-none-match', 'x-request-id', 'apollo-require-preflight', 'traceparent']) {
      expect(allowed).toContain(name);
    }
  });

  it('reads when to come again, the tag, the cost and what is left', async () => {
    const body = JSON.stringify({ query: '{ word }' });
    const [answer, said] = fetchFrom(APP, { method: 'POST', body }, { costPerMinute: 1_000 });
    const { headers } = await answer;
    const exposed = namesIn(headers.get('access-control-expose-headers'));
    for (const name of ['retry-after', 'etag', 'x-request-id', 'x-query-cost', 'ratelimit']) {
      expect(exposed).toContain(name);
    }
    expect(said).toEqual([]);
  });
});

describe('a page of another origin', () => {
  it('gets nothing, and the terminal says once what would allow it', async () => {
    const said: string[] = [];
    const { application } = world({ corsOrigins: [APP], say: (line: string) => said.push(line) });
    const preflight = (origin: string) =>
      application.fetch('http://grappe.test/graphql', { method: 'OPTIONS', headers: { origin } });
    const { headers } = await preflight(FOREIGN);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    await preflight('https://third.example.org');
    expect(said).toEqual([
      `  note      a page of ${FOREIGN} was not allowed to query: GRAPPE_CORS_ORIGINS=${APP},${FOREIGN} allows it`,
    ]);
  });

  it('is not named if its name is none', async () => {
    const [answer, said] = fetchFrom('https://x\u00a0y/<b>', { method: 'OPTIONS' });
    await answer.catch(() => {});
    expect(said).toEqual([]);
  });
});
