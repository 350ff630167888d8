import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JwtSettings } from '../../src/config/jwt.ts';
import type { Role } from '../../src/domain/role.ts';
import { jwtTokens } from '../../src/server/auth/jwt.ts';
import { anyOf, singleToken } from '../../src/server/auth/tokens.ts';
import { type World, world } from './world.ts';

const ISSUER = 'https://login.example.org/';
const AUDIENCE = 'grappe';
const VIEWER = '{ viewer { name role } }';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let provider: Server;
let published: JWK[];
let fetches: number;
let lines: Record<string, unknown>[];
const keys = new Map<string, Key>();

async function newKey(kid: string, algorithm = 'ES256'): Promise<JWK> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  keys.set(kid, privateKey);
  return { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-29T08:00:00Z') });
  published = [await newKey('one')];
  fetches = 0;
  lines = [];
  provider = createServer((_, response) => {
    fetches++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => void provider.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.useRealTimers();
  provider.closeAllConnections();
  provider.close();
});

function served(change: Partial<JwtSettings> = {}, otherwise: Role | null = 'READER'): World {
  const settings: JwtSettings = {
    jwksUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`,
    ...{ issuer: ISSUER, audiences: ['other', AUDIENCE], algorithms: ['ES256', 'RS256'], clockSkewS: 30 },
    ...{ nameClaim: 'sub', rolesClaim: 'roles', roles: { READER: 'READER', EDITOR: 'EDITOR', ADMIN: 'ADMIN' } },
    ...change,
  };
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const local = singleToken(`grappe_${'x'.repeat(43)}`, { name: 'Édith', role: 'EDITOR' });
  return world({ tokens: anyOf(local, jwtTokens(settings, { logger, otherwise })), publicRead: otherwise !== null });
}

interface Claims {
  readonly [claim: string]: unknown;
}
const signed = (claims: Claims = {}, kid = 'one', alg = 'ES256'): Promise<string> => {
  const now = Math.floor(Date.now() / 1_000);
  const all = { iss: ISSUER, aud: AUDIENCE, sub: 'user-7', iat: now, exp: now + 3_600, ...claims };
  return new SignJWT(all).setProtectedHeader({ alg, kid }).sign(keys.get(kid)!);
};
const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const viewerOf = async (server: World, token: string): Promise<unknown> =>
  (await server.ask(VIEWER, as(token))).body.data?.viewer;

describe('a token of an identity provider', () => {
  it('names its author, who has the highest role that a claim grants', async () => {
    const server = served();
    expect(await viewerOf(server, await signed({ roles: ['EDITOR', 'ADMIN', 'other'] }))).toEqual({
      name: 'user-7',
      role: 'ADMIN',
    });
    expect(await viewerOf(server, await signed({ roles: 'READER EDITOR' }))).toMatchObject({ role: 'EDITOR' });
    expect(await viewerOf(server, await signed())).toMatchObject({ role: 'READER' });
    expect(fetches).toBe(1);
    // The tokens of the file are still there.
    expect(await viewerOf(server, `grappe_${'x'.repeat(43)}`)).toEqual({ name: 'Édith', role: 'EDITOR' });
  });

  it('may have its role and its name in other claims, by other words', async () => {
    const roles = { READER: 'lecteurs', EDITOR: 'urn:graph:editors', ADMIN: 'admins' };
    const server = served({ nameClaim: 'email', rolesClaim: 'realm_access.roles', roles });
    const claims = { email: 'e@example.org', realm_access: { roles: ['urn:graph:editors'] }, roles: ['admins'] };
    expect(await viewerOf(server, await signed(claims))).toEqual({ name: 'e@example.org', role: 'EDITOR' });
  });

  it('without a role is not accepted where reading needs one', async () => {
    const { status, code } = await served({}, null).ask(VIEWER, as(await signed()));
    expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(lines.at(-1)).toMatchObject({ msg: 'a token was not accepted', cause: 'roles grants no role' });
  });

  it.each([
    ['of another issuer', { iss: 'https://evil.example.org/' }],
    ['for another audience', { aud: 'shop' }],
    ['that has expired', { exp: 1 }],
    ['that never expires', { exp: undefined }],
    ['that is not valid yet', { nbf: 4_000_000_000 }],
    ['without a name', { sub: undefined }],
    ['with a name that is too long', { sub: 'x'.repeat(10_000) }],
  ])('%s is not accepted, and the log says why without the token', async (_, claims) => {
    const token = await signed(claims);
    const { status, code, headers } = await served().ask(VIEWER, as(token));
    expect([status, code, headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer']);
    expect(lines.at(-1)).toMatchObject({ msg: 'a token was not accepted', cause: expect.any(String) });
    expect(JSON.stringify(lines)).not.toContain(token.split('.')[2]);
  });

  it('may come from a clock that differs a little', async () => {
    const now = Math.floor(Date.now() / 1_000);
    expect(await viewerOf(served(), await signed({ nbf: now + 20, iat: now + 20 }))).toMatchObject({ name: 'user-7' });
    expect((await served({ clockSkewS: 10 }).ask(VIEWER, as(await signed({ nbf: now + 20 })))).status).toBe(401);
  });

  it('with another signature is not accepted', async () => {
    const server = served();
    const [header, payload, signature] = (await signed({ roles: ['ADMIN'] })).split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url');
    const none = Buffer.from('{"alg":"none","kid":"one"}').toString('base64url');
    // A secret made of the public key, for servers that do not look at the algorithm.
    const secret = new TextEncoder().encode(JSON.stringify(published[0]));
    const hmac = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret);
    for (const token of [`${header}.${forged}.${signature}`, `${none}.${payload}.${signature}`, hmac]) {
      expect((await server.ask(VIEWER, as(token))).code).toBe('UNAUTHENTICATED');
    }
    await newKey('stranger');
    expect((await server.ask(VIEWER, as(await signed({}, 'stranger')))).code).toBe('UNAUTHENTICATED');
  });

  it('in an address is rejected', async () => {
    const { application } = served();
    const response = await application.fetch(`http://grappe.test/graphql?query={word}&x=${await signed()}`);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOKEN_IN_URL' } }] });
  });
});

describe('the keys of an identity provider', () => {
  it('are fetched again for a new one, after a pause', async () => {
    const server = served();
    expect(await viewerOf(server, await signed())).toMatchObject({ name: 'user-7' });
    published = [await newKey('two', 'RS256')];
    const next = await signed({ exp: 4_000_000_000 }, 'two', 'RS256');
    expect((await server.ask(VIEWER, as(next))).code).toBe('UNAUTHENTICATED');
    expect(fetches).toBe(1);
    vi.setSystemTime(Date.now() + 31_000);
    expect(await viewerOf(server, next)).toMatchObject({ name: 'user-7' });
    // The old key is withdrawn.
    expect((await server.ask(VIEWER, as(await signed()))).code).toBe('UNAUTHENTICATED');
    expect(fetches).toBe(2);
  });

  it('that cannot be read say so, and those that are known serve an hour', async () => {
    const server = served();
    const token = await signed({ exp: 4_000_000_000 });
    expect(await viewerOf(server, token)).toMatchObject({ name: 'user-7' });
    provider.closeAllConnections();
    provider.close();
    vi.setSystemTime(Date.now() + 700_000);
    expect(await viewerOf(server, token)).toMatchObject({ name: 'user-7' });
    expect(lines).toMatchObject([
      { msg: 'the keys of the identity provider cannot be read', jwksUrl: expect.any(String) },
    ]);
    vi.setSystemTime(Date.now() + 3_600_000);
    const { status, code, headers } = await server.ask(VIEWER, as(token));
    expect([status, code, headers.get('retry-after')]).toEqual([503, 'IDENTITY_UNAVAILABLE', '10']);
    // Who sends no token, or one of the file, is not concerned.
    expect((await server.ask('{ word }')).status).toBe(200);
    expect(await viewerOf(server, `grappe_${'x'.repeat(43)}`)).toMatchObject({ name: 'Édith' });
  });

  it('are not asked for by what is no token of theirs', async () => {
    const server = served();
    for (const token of ['abc', 'a.b.c', `grappe_${'y'.repeat(43)}`]) {
      expect((await server.ask(VIEWER, as(token))).code).toBe('UNAUTHENTICATED');
    }
    expect(fetches).toBe(0);
  });
});
