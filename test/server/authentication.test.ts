import { appendFile, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../src/domain/role.ts';
import {
  changeTokens,
  hashOf,
  modeProblem,
  newToken,
  openTokenFile,
  singleToken,
  TOKEN_PATTERN,
  TokenFileError,
  type TokenRecord,
} from '../../src/server/auth/tokens.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type Asking, type LiveServer, liveServer } from '../support/live.ts';
import { scratchFolder, World } from '../support/world.ts';

const VIEWER = '{ viewer { name role } }';
const RECORD = 'mutation { sourceCreate(input: { title: "A bulletin" }) { source { id } problems { message } } }';
const DELETE = 'mutation { nodeDelete(id: "source/none") { problems { code } } }';

let graph: TestGraph;
let file: string;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(new World());
  file = join(await scratchFolder(), 'tokens');
});
afterAll(() => graph[Symbol.asyncDispose]());

const open: LiveServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    await server.close();
    // Whatever happened in it, no log may hold what opens the door.
    const log = server.log.join('');
    expect(log).not.toMatch(TOKEN_PATTERN);
    expect(log.toLowerCase()).not.toContain('bearer');
  }
  await rm(file, { force: true });
});

async function served(...[change]: Parameters<typeof liveServer> extends [unknown, ...infer Rest] ? Rest : never) {
  const server = await liveServer(graph.engine, change);
  open.push(server);
  return server;
}

/** Puts a token into the file. */
async function added(name: string, role: Role, expiresAt: string | null = null): Promise<string> {
  const token = newToken();
  const record: TokenRecord = { name, role, hash: hashOf(token), createdAt: new Date().toISOString(), expiresAt };
  await changeTokens(file, (records) => [...records, record]);
  return token;
}

const complaints: string[] = [];
const fromFile = async () => served({ tokens: await openTokenFile(file, (problem) => complaints.push(problem)) });

describe('who asks', () => {
  it('may do what the role of the token allows, and is named in the change log', async () => {
    const tokens = {
      READER: await added('Rémi', 'READER'),
      EDITOR: await added('Édith', 'EDITOR'),
      ADMIN: await added('Adèle', 'ADMIN'),
    };
    const server = await fromFile();
    const answers = async (token?: string): Promise<unknown[]> => {
      const all = [VIEWER, RECORD, DELETE].map((query) => server.ask(query, { token }));
      return (await Promise.all(all)).map(({ status, code, data }) => code ?? data.viewer ?? status);
    };
    expect(await answers()).toEqual([{ name: null, role: 'READER' }, 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(await answers(tokens.READER)).toEqual([{ name: 'Rémi', role: 'READER' }, 'FORBIDDEN', 'FORBIDDEN']);
    expect(await answers(tokens.EDITOR)).toEqual([{ name: 'Édith', role: 'EDITOR' }, 200, 'FORBIDDEN']);
    expect(await answers(tokens.ADMIN)).toEqual([{ name: 'Adèle', role: 'ADMIN' }, 200, 200]);
    const { data } = await server.ask('{ changesSince(sequence: 0) { by action } }');
    for (const by of ['Édith', 'Adèle']) expect(data.changesSince).toContainEqual({ by, action: 'sourceCreate' });
    expect((await server.ask(RECORD)).status).toBe(401);
    expect((await server.ask(RECORD)).headers.get('www-authenticate')).toBe('Bearer');
    expect((await server.ask(RECORD, { token: tokens.READER })).status).toBe(403);
  });

  it('learns nothing about why a token is invalid: unknown, expired, malformed, another scheme', async () => {
    const token = await added('Rémi', 'ADMIN');
    const expired = await added('Yann', 'ADMIN', '2020-01-01T00:00:00.000Z');
    const server = await fromFile();
    const tries: Asking[] = [
      { token: newToken() },
      { token: expired },
      { token: token.slice(0, -1) },
      { token: `${token}x` },
      { token: hashOf(token) },
      { token: 'ü€'.normalize('NFD').replace(/[^\w]/g, '') || 'x' },
      { headers: { authorization: token } },
      { headers: { authorization: 'Bearer' } },
      { headers: { authorization: '' } },
      { headers: { authorization: `Bearer ${token} ${token}` } },
      { headers: { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` } },
    ];
    const texts = new Set<string>();
    for (const each of tries) {
      for (const query of [VIEWER, RECORD, '{ not GraphQL']) {
        const { status, headers, code, text } = await server.ask(query, each);
        expect([status, code, headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer']);
        texts.add(text);
      }
    }
    expect(texts.size).toBe(1);
    expect((await server.ask(VIEWER, { headers: { authorization: `bearer  ${token} ` } })).status).toBe(200);
  });

  it('is nobody without a token where reading is not public', async () => {
    const token = await added('Rémi', 'READER');
    const server = await served({ tokens: await openTokenFile(file, () => {}), publicRead: false });
    for (const query of [VIEWER, '{ __typename }', '{ __schema { queryType { name } } }', '{ poles { totalCount } }']) {
      expect(await server.ask(query)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', data: undefined });
      expect((await server.ask(query, { token })).status).toBe(200);
    }
    const page = await (await fetch(`${server.url}/`)).text();
    expect(page).toContain('for those who hold a token');
    expect(page).not.toMatch(/<dd>|facts/);
    for (const path of ['/livez', '/readyz']) expect((await fetch(`${server.url}${path}`)).status).toBe(200);
    const metrics = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers });
    const rejected = await metrics({});
    expect([rejected.status, rejected.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await rejected.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await metrics({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('may not send a token in an address, wherever', async () => {
    const token = await added('Rémi', 'ADMIN');
    const server = await fromFile();
    const searches = [
      `query={viewer{role}}&access_token=${token}`,
      `query={viewer{role}}&Token=x`,
      `query={viewer{role}}&authorization=Bearer%20${token}`,
      `query=${encodeURIComponent(`{ viewer { role } } # ${token}`)}`,
      `${token}`,
      `anything=${token.replace('_', '%5F')}`,
    ];
    for (const path of ['/graphql', '/', '/nowhere']) {
      for (const search of searches) {
        const response = await fetch(`${server.url}${path}?${search}`);
        const text = await response.text();
        expect([path, search, response.status]).toEqual([path, search, 400]);
        expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'TOKEN_IN_URL' } }] });
        expect(text).not.toContain(token);
      }
    }
    const headers = { authorization: `Bearer ${token}` };
    const { data } = (await (await fetch(`${server.url}/graphql?query={viewer{name}}`, { headers })).json()) as {
      data: unknown;
    };
    expect(data).toEqual({ viewer: { name: 'Rémi' } });
  });
});

describe('the tokens file', () => {
  it('is read again when it changes: a token revoked is rejected at once, one added is known at once', async () => {
    const token = await added('Rémi', 'EDITOR');
    const server = await fromFile();
    expect((await server.ask(VIEWER, { token })).data.viewer.role).toBe('EDITOR');
    const other = await added('Yann', 'READER');
    expect((await server.ask(VIEWER, { token: other })).data.viewer.name).toBe('Yann');
    await changeTokens(file, (records) => records.filter(({ name }) => name !== 'Rémi'));
    expect((await server.ask(VIEWER, { token })).status).toBe(401);
    expect((await server.ask(VIEWER, { token: other })).status).toBe(200);
  });

  it('opens to nobody when it cannot be read any more, and says so', async () => {
    const token = await added('Rémi', 'ADMIN');
    const server = await fromFile();
    expect((await server.ask(VIEWER, { token })).status).toBe(200);
    await appendFile(file, `{"name": "half", "hash": "${token}`);
    complaints.length = 0;
    expect((await server.ask(VIEWER, { token })).status).toBe(401);
    await rm(file);
    expect((await server.ask(VIEWER, { token })).status).toBe(401);
    expect(complaints).toEqual([
      expect.stringContaining('Line 2 is no JSON object'),
      expect.stringContaining('ENOENT'),
    ]);
    expect(complaints.join()).not.toContain(token);
    expect((await server.ask(VIEWER)).status).toBe(200);
  });

  it('holds no token, and is its owner’s alone', async () => {
    const token = await added('Rémi', 'ADMIN');
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(token.slice('grappe_'.length));
    expect(JSON.parse(text)).toMatchObject({ name: 'Rémi', role: 'ADMIN', expiresAt: null });
    expect(await modeProblem(file)).toBe(null);
    await chmod(file, 0o644);
    expect(await modeProblem(file)).toContain('may read');
    await chmod(file, 0o620);
    expect(await modeProblem(file)).toContain('may change');
  });

  it('may begin with a byte order mark, as some editors write it', async () => {
    const token = await added('Rémi', 'READER');
    await writeFile(file, `\uFEFF${await readFile(file, 'utf8')}`);
    expect(await (await openTokenFile(file, () => {})).authorOf(token)).toEqual({ name: 'Rémi', role: 'READER' });
  });

  it('is rejected as a whole when a line of it cannot be used', async () => {
    const fine = { name: 'a', role: 'READER', hash: hashOf('x'), createdAt: '2026-01-01T00:00:00Z' };
    const lines = [
      ['nonsense', 'is no JSON object'],
      [{ ...fine, role: 'OWNER' }, 'has no role of READER, EDITOR, ADMIN'],
      [{ ...fine, name: ' ' }, 'has no usable name'],
      [{ ...fine, hash: 'md5:0' }, 'has no hash'],
      [{ ...fine, createdAt: 'once' }, 'has no createdAt'],
      [{ ...fine, expiresAt: 'soon' }, 'has an expiresAt that is no instant'],
      [fine, 'has the name of an earlier one'],
    ] as const;
    const written = [fine, ...lines.map(([line]) => line)];
    await writeFile(file, written.map((line) => `${JSON.stringify(line)}\n\n`).join(''));
    const failure = await openTokenFile(file, () => {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TokenFileError);
    for (const [, problem] of lines) expect((failure as Error).message).toContain(problem);
    await expect(openTokenFile(`${file}.none`, () => {})).rejects.toThrow('grappe token add');
  });

  it('is changed by one at a time, and stays as it was when a change fails', async () => {
    await added('Rémi', 'READER');
    const before = await readFile(file, 'utf8');
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, place) => added(`n${place}`, 'READER')));
    const names = (await readFile(file, 'utf8')).trim().split('\n');
    expect(names).toHaveLength(1 + results.filter(({ status }) => status === 'fulfilled').length);
    await writeFile(file, before);
    const failing = changeTokens(file, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await readFile(file, 'utf8')).toBe(before);
    await added('Yann', 'READER');
  });
});

describe('tokens', () => {
  it('are random, and compared as wholes', async () => {
    const tokens = new Set(Array.from({ length: 100 }, newToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^grappe_[\w-]{43}$/);
    const [token = ''] = tokens;
    const one = singleToken(token, { name: 'a', role: 'READER' });
    const authorOf = vi.spyOn(one, 'authorOf');
    expect(await one.authorOf(token)).toEqual({ name: 'a', role: 'READER' });
    expect(await one.authorOf(token.toLowerCase() === token ? '' : token.toLowerCase())).toBe(null);
    expect(authorOf).toHaveBeenCalledTimes(2);
  });
});
