import { afterEach, describe, expect, it } from 'vitest';
import type { Author } from '../../src/domain/role.ts';
import { SignIn } from '../../src/server/auth/sign-in.ts';
import { signInLink } from '../../src/server/auth/sign-in-route.ts';
import { newToken, singleToken, TOKEN_PATTERN } from '../../src/server/auth/tokens.ts';
import { type RunningServer, startServer } from '../../src/server/http/server.ts';
import { type RawAnswer, send } from '../support/raw-request.ts';
import { standInParts } from './world.ts';

const LOCAL: Author = { name: 'local', role: 'ADMIN' };
const READER = { name: null, role: 'READER' };

interface Local extends RunningServer {
  /** Secrets of the links that the terminal has shown. */
  readonly links: readonly string[];
  readonly log: Record<string, unknown>[];
  readonly token: string;
  readonly port: string;
}

const running: RunningServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

async function local(change: { publicRead?: boolean; allowedHosts?: string[]; corsOrigins?: string[] } = {}) {
  const links: string[] = [];
  const token = newToken();
  const signIn = new SignIn(LOCAL, (secret) => links.push(secret));
  const { allowedHosts = [], ...config } = change;
  const parts = standInParts({ signIn, tokens: singleToken(token, LOCAL), ...config });
  const server = await startServer({ ...parts, config: { ...parts.config, host: '127.0.0.1', port: 0, allowedHosts } });
  running.push(server);
  signIn.offerLink();
  return { ...server, links, token, log: parts.log, port: new URL(server.url).port } satisfies Local;
}

type Headers = Readonly<Record<string, string>>;

/** What the page of the link sends. */
const opened = ({ url }: Local, secret: string, headers: Headers = {}): Promise<RawAnswer> =>
  send(`${url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify({ secret }),
  });

const cookieOf = ({ headers }: RawAnswer): string => headers['set-cookie']?.[0]?.split(';')[0] ?? '';

/** A browser that used a link: the cookie that it sends. */
async function signedIn(server: Local): Promise<string> {
  const answer = await opened(server, server.links.at(-1)!);
  expect(answer.status).toBe(204);
  return cookieOf(answer);
}

async function viewer({ url }: Local, headers: Headers): Promise<unknown> {
  const { body, status } = await send(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ viewer { name role } }' }),
  });
  return JSON.parse(body).data?.viewer ?? status;
}

const ownPage = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };

describe('a sign-in link', () => {
  it('gives one browser a session that may do everything', async () => {
    const server = await local();
    const cookie = await signedIn(server);
    expect(await viewer(server, { cookie, ...ownPage })).toEqual(LOCAL);
    expect(await viewer(server, { cookie, origin: server.url })).toEqual(LOCAL);
    expect(await viewer(server, ownPage)).toEqual(READER);
  });

  it('gives the session as a cookie that no script reads and no other site has sent', async () => {
    const server = await local();
    const { headers, body } = await opened(server, server.links[0]!);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(`^grappe-session-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
      ),
    ]);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toBe('');
  });

  it('works once: the second browser gets an error that says where a new link is', async () => {
    const server = await local();
    const [first] = server.links;
    await signedIn(server);
    const again = await opened(server, first!);
    expect([again.status, again.code, again.headers['set-cookie']]).toEqual([403, 'SIGN_IN_REFUSED', undefined]);
    expect(again.body).toContain('was used already');
    expect(again.body).toContain('shows a new one');
    // A new link is there at once, and works once too.
    expect(server.links).toHaveLength(2);
    const cookie = await signedIn(server);
    expect(await viewer(server, { cookie, ...ownPage })).toEqual(LOCAL);
    expect(new Set(server.links).size).toBe(3);
  });

  it('leads on in the browser that has used it', async () => {
    const server = await local();
    const [first] = server.links;
    const cookie = await signedIn(server);
    expect((await opened(server, first!, { cookie })).status).toBe(204);
    expect(server.links).toHaveLength(2);
  });

  it('is used by one of two that open it at the same time', async () => {
    const server = await local();
    const answers = await Promise.all([1, 2, 3, 4].map(() => opened(server, server.links[0]!)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 403, 403, 403]);
  });

  it.each(['', 'x', 'A'.repeat(43), 'é'])('is not made up: %j', async (secret) => {
    const server = await local();
    const { status, code, headers } = await opened(server, secret);
    expect([status, code, headers['set-cookie']]).toEqual([403, 'SIGN_IN_REFUSED', undefined]);
  });

  it('is of one start: neither links nor sessions of another work', async () => {
    const [server, other] = [await local(), await local()];
    const rejected = await opened(server, other.links[0]!);
    expect([rejected.status, rejected.code]).toEqual([403, 'SIGN_IN_REFUSED']);
    expect(rejected.body).toContain(
      'is not the one that the server at this address shows: it is older, of another server',
    );
    const [, session] = (await signedIn(other)).split('=');
    expect(await viewer(server, { cookie: `grappe-session-${server.port}=${session}`, ...ownPage })).toEqual(READER);
  });

  it('leads to its own server, where another of the same machine is asked, and works there', async () => {
    const [server, other] = [await local(), await local()];
    const ofOther = new URL(signInLink(other.url, other.links[0]!)).hash.slice(1);
    const rejected = await opened(server, ofOther);
    expect([rejected.status, rejected.code, rejected.headers['set-cookie']]).toEqual([421, 'OTHER_SERVER', undefined]);
    expect(rejected.body).toContain(`of the server at port ${other.port} of this machine`);
    expect((await opened(other, ofOther)).status).toBe(204);
    // The same server behind another port, as a tunnel has it.
    const tunnelled = new URL(signInLink('http://127.0.0.1:9', server.links[0]!)).hash.slice(1);
    expect((await opened(server, tunnelled)).status).toBe(204);
    // What is no port leads nowhere.
    const { code } = await opened(server, `${other.links[0]}.evil.example`);
    expect(code).toBe('SIGN_IN_REFUSED');
  });

  it.each([
    ['x-forwarded-for', '203.0.113.7'],
    ['x-forwarded-host', 'graph.example.org'],
    ['x-forwarded-proto', 'https'],
    ['x-forwarded-port', '443'],
    ['x-forwarded-anything', 'x'],
    ['forwarded', 'for=203.0.113.7'],
    ['via', '1.1 proxy'],
    ['x-real-ip', '203.0.113.7'],
  ])('does not work through a proxy that sends %s, nor does a session', async (name, value) => {
    const server = await local();
    const rejected = await opened(server, server.links[0]!, { [name]: value });
    expect([rejected.status, rejected.code, rejected.headers['set-cookie']]).toEqual([
      403,
      'SIGN_IN_REFUSED',
      undefined,
    ]);
    const cookie = await signedIn(server);
    expect(await viewer(server, { cookie, ...ownPage, [name]: value })).toEqual(READER);
    // The token is for scripts, wherever they run.
    expect(await viewer(server, { authorization: `Bearer ${server.token}`, [name]: value })).toEqual(LOCAL);
  });

  it('does not work under a name that is not of this machine, though the server answers to it', async () => {
    const server = await local({ allowedHosts: ['graph.example.org'] });
    const host = 'graph.example.org';
    expect((await opened(server, server.links[0]!, { host })).code).toBe('SIGN_IN_REFUSED');
    const [, session] = (await signedIn(server)).split('=');
    const cookie = `grappe-session-80=${session}`;
    expect(await viewer(server, { host, cookie, ...ownPage })).toEqual(READER);
  });

  it('is exchanged for the page of this server alone, which sends JSON', async () => {
    const server = await local();
    const { url, links } = server;
    for (const site of ['same-site', 'cross-site', 'none']) {
      expect((await opened(server, links[0]!, { 'sec-fetch-site': site })).code).toBe('SIGN_IN_REFUSED');
    }
    const post = (headers: Headers, body: string) => send(`${url}/sign-in`, { method: 'POST', headers, body });
    const json = { 'content-type': 'application/json', ...ownPage };
    const secret = JSON.stringify({ secret: links[0] });
    expect((await post({ ...json, 'content-type': 'text/plain' }, secret)).status).toBe(415);
    expect((await post({ 'content-type': 'application/json' }, secret)).code).toBe('SIGN_IN_REFUSED');
    expect((await post({ ...json, 'sec-fetch-site': '', origin: 'http://127.0.0.1:1' }, secret)).status).toBe(403);
    for (const body of ['', '{', 'null', '[]', '{"secret": 1}', `{"secret": "${'x'.repeat(2_000)}"}`]) {
      expect((await post(json, body)).code).toBe('BAD_REQUEST');
    }
    expect((await send(`${url}/sign-in`, { method: 'DELETE' })).headers.allow).toBe('GET, HEAD, POST');
    // Nothing of that has used the link up.
    await signedIn(server);
  });
});

describe('a session', () => {
  it('counts for pages of this server, not for those of other ports, sites or allowed origins', async () => {
    const app = 'https://app.example.org';
    const server = await local({ corsOrigins: [app] });
    const cookie = await signedIn(server);
    const others: Headers[] = [
      { 'sec-fetch-site': 'same-site', origin: app },
      { 'sec-fetch-site': 'cross-site', origin: app },
      { origin: app },
      {},
    ];
    for (const headers of others) expect(await viewer(server, { cookie, ...headers })).toEqual(READER);
    for (const headers of [{ 'sec-fetch-site': 'same-site' }, { origin: 'http://127.0.0.1:3000' }] as Headers[]) {
      expect(await viewer(server, { cookie, ...headers })).toBe(403);
    }
  });

  it('sends mutations as JSON only', async () => {
    const server = await local();
    const cookie = await signedIn(server);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type, cookie, ...ownPage };
      const answer = await send(`${server.url}/graphql`, { method: 'POST', headers, body: 'query={viewer{role}}' });
      expect([type, answer.status]).toEqual([type, 415]);
    }
    const get = `${server.url}/graphql?query=${encodeURIComponent('mutation { touch }')}`;
    expect((await send(get, { headers: { cookie, ...ownPage } })).status).toBe(405);
  });

  it('gives way to a token that is sent beside it', async () => {
    const server = await local();
    const cookie = await signedIn(server);
    expect(await viewer(server, { cookie, ...ownPage, authorization: `Bearer ${newToken()}` })).toBe(401);
  });

  it('is found among cookies of the same name, which pages at other ports may set', async () => {
    const server = await local();
    const cookie = await signedIn(server);
    const [name] = cookie.split('=');
    const jar = `${name}=x; theme=dark; ${cookie}; ${name}=; ${name}`;
    expect(await viewer(server, { cookie: jar, ...ownPage })).toEqual(LOCAL);
  });

  it('reads where reading is not public, also by an address that is opened by hand', async () => {
    const server = await local({ publicRead: false });
    const cookie = await signedIn(server);
    expect(await viewer(server, ownPage)).toBe(401);
    expect(await viewer(server, { cookie, ...ownPage })).toEqual(LOCAL);
    const metrics = (headers: Headers) => send(`${server.url}/metrics`, { headers });
    expect((await metrics({ cookie, 'sec-fetch-site': 'none' })).status).toBe(200);
    expect((await metrics({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await metrics({})).status).toBe(401);
  });
});

describe('no page holds what opens the door', () => {
  it('for every reader: another process, a browser before and after it was signed in', async () => {
    const server = await local();
    const cookie = await signedIn(server);
    const pages = ['/', '/sign-in', '/graphql'];
    const readers: Headers[] = [{}, { cookie, 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' }];
    for (const path of pages) {
      for (const headers of readers) {
        const {
          status,
          body,
          headers: answered,
        } = await send(`${server.url}${path}`, {
          headers: { accept: 'text/html', ...headers },
        });
        expect(status).toBe(200);
        expect(answered['cache-control']).toBe('no-store');
        expect(body).not.toMatch(TOKEN_PATTERN);
        for (const secret of [...server.links, cookie.split('=')[1]!]) expect(body).not.toContain(secret);
      }
    }
    const log = JSON.stringify(server.log);
    expect(log).toContain('a browser was signed in');
    for (const secret of [...server.links, cookie.split('=')[1]!, server.token]) expect(log).not.toContain(secret);
  });

  it('the page of the link runs its own script alone, and shows nobody where it came from', async () => {
    const { url } = await local();
    const { headers, body } = await send(`${url}/sign-in`);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/]{43}='/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(body).not.toMatch(/https?:/);
  });

  it('and there is none where nobody can be signed in', async () => {
    const parts = standInParts();
    const server = await startServer({ ...parts, config: { ...parts.config, host: '127.0.0.1', port: 0 } });
    running.push(server);
    expect((await send(`${server.url}/sign-in`)).status).toBe(404);
    expect((await send(`${server.url}/sign-in`, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
