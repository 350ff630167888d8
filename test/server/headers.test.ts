import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignIn } from '../../src/server/auth/sign-in.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { createReadiness } from '../../src/server/observe/readiness.ts';
import { type RawAnswer, send } from '../support/raw-request.ts';
import { standInParts } from './world.ts';

let server: RunningServer;
let unready: RunningServer;
beforeAll(async () => {
  const signIn = new SignIn({ name: 'local', role: 'ADMIN' }, () => {});
  const listen = (change: Parameters<typeof standInParts>[0]) => {
    const parts = standInParts({ signIn, showSchema: true, corsOrigins: ['https://app.example.org'], ...change });
    return startServer({ ...parts, config: { ...parts.config, host: '127.0.0.1', port: 0, metricsPort: 0 } });
  };
  server = await listen({ limits: { bodyBytes: 1_000 } });
  unready = await listen({ readiness: createReadiness() });
});
afterAll(() => Promise.all([server.close(), unready.close()]));

const JSON_BODY = { 'content-type': 'application/json' };
const post = (query: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  send(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body: JSON.stringify({ query }),
  });
const get = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  send(`${server.url}${path}`, { headers });

/** Requests, and the status of their answers. */
const ANSWERS: Readonly<Record<string, readonly [status: number, ask: () => Promise<RawAnswer>]>> = {
  'a question by POST': [200, () => post('{ word }')],
  'a question by GET': [200, () => get('/graphql?query={word}')],
  'an answer as text/event-stream': [200, () => post('{ word }', { accept: 'text/event-stream' })],
  'a subscription': [200, () => post('subscription { ticks }', { accept: 'text/event-stream' })],
  'the question of an allowed origin': [200, () => post('{ word }', { origin: 'https://app.example.org' })],
  'a preflight': [
    204,
    () => send(`${server.url}/graphql`, { method: 'OPTIONS', headers: { origin: 'https://app.example.org' } }),
  ],
  'a document that is no GraphQL': [400, () => post('{', { accept: 'application/graphql-response+json' })],
  'a body that is no JSON': [
    400,
    () => send(`${server.url}/graphql`, { method: 'POST', headers: JSON_BODY, body: '{' }),
  ],
  'an unknown token': [401, () => post('{ word }', { authorization: 'Bearer x' })],
  'a token in the address': [400, () => get('/graphql?access_token=x')],
  'what the author may not': [403, () => post('{ forbidden }')],
  'a page of another site': [403, () => post('{ word }', { origin: 'https://other.example.org' })],
  'a name of another site': [403, () => get('/graphql', { host: 'other.example.org' })],
  'a method that there is not': [405, () => send(`${server.url}/graphql`, { method: 'DELETE' })],
  'a mutation by GET': [405, () => get('/graphql?query=mutation{touch}')],
  'a type that is not taken': [406, () => post('{ word }', { accept: 'image/png' })],
  'a body that is too long': [413, () => post('x'.repeat(2_000))],
  'a body of another type': [415, () => post('{ word }', { 'content-type': 'text/plain' })],
  'a question before the database is heard of': [
    503,
    () => send(`${unready.url}/graphql`, { method: 'POST', headers: JSON_BODY, body: '{"query": "{ word }"}' }),
  ],
  GraphiQL: [200, () => get('/graphql', { accept: 'text/html' })],
  'the page at /': [200, () => get('/')],
  'a HEAD of the page at /': [200, () => send(`${server.url}/`, { method: 'HEAD' })],
  '/livez': [200, () => get('/livez')],
  '/readyz': [200, () => get('/readyz')],
  '/readyz, not ready': [503, () => send(`${unready.url}/readyz`)],
  'the metrics': [200, () => send(server.metricsUrl!)],
  'nothing beside the metrics': [404, () => send(server.metricsUrl!.replace('/metrics', '/'))],
  'a POST to the metrics': [405, () => send(server.metricsUrl!, { method: 'POST' })],
  'the page of the sign-in link': [200, () => get('/sign-in')],
  'a link that does not sign in': [
    403,
    () => send(`${server.url}/sign-in`, { method: 'POST', headers: JSON_BODY, body: '{}' }),
  ],
  'the schema': [200, () => get('/schema.graphql')],
  'a path with nothing': [404, () => get('/nowhere')],
  'the metrics, which stand elsewhere': [404, () => get('/metrics')],
  'a POST to a page': [405, () => send(`${server.url}/readyz`, { method: 'POST' })],
  'a path that makes no address': [400, () => get('/', { host: '[' })],
};

describe('every answer says what it varies by, and who may store it', () => {
  it.each(Object.keys(ANSWERS))('%s', async (name) => {
    const [status, ask] = ANSWERS[name]!;
    const { headers, ...answer } = await ask();
    expect(answer.status).toBe(status);
    expect(headers.vary).toBe('Accept, Accept-Encoding, Authorization, Cookie, Origin');
    expect(headers['cache-control']).toMatch(/^(?:no-store|no-cache|private, no-cache)$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('camera=()');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    // GraphiQL is one page with inline scripts.
    expect(policy.includes('unsafe-')).toBe(name === 'GraphiQL');
  });

  it.each(['nonsense\r\n\r\n', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`])(
    'and bytes that are no HTTP',
    async (bytes) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(bytes);
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1\.1 4(?:00 Bad Request|31 Request Header Fields Too Large)\r\n/);
      expect(answer).toContain('Cache-Control: no-store');
      expect(answer).toContain('Vary: Accept');
    },
  );
});

describe('the metrics on a port of their own', () => {
  it('are read without a token, since the port is for those who watch the server', async () => {
    const parts = standInParts({ publicRead: false });
    const closed = await startServer({
      ...parts,
      config: { ...parts.config, host: '127.0.0.1', port: 0, metricsPort: 0 },
    });
    const { status, headers, body } = await send(closed.metricsUrl!);
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain; version=0.0.4')]);
    expect(body).toContain('grappe_request_seconds');
    await closed.close();
    await expect(send(closed.metricsUrl!)).rejects.toThrow();
  });

  it('leave nothing open when their port is taken', async () => {
    const parts = standInParts();
    const metricsPort = Number(new URL(server.metricsUrl!).port);
    const config = { ...parts.config, host: '127.0.0.1', port: 0, metricsPort };
    await expect(startServer({ ...parts, config })).rejects.toMatchObject({ code: 'EADDRINUSE', port: metricsPort });
  });
});
