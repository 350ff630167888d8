import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { send } from '../support/raw-request.ts';

/** A user who owns nothing. */
const NOBODY = 65_534;
const MAIN = fileURLToPath(new URL('../../src/start.mjs', import.meta.url));

let folder: string;
let file: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grappe-token-'));
  file = join(folder, 'tokens');
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Environment = Readonly<Record<string, string>>;

function started(words: readonly string[], environment: Environment) {
  const defaults = { PATH: process.env.PATH, GRAPPE_DATA: join(folder, 'data'), GRAPPE_SEED: 'none', PORT: '0' };
  const child = spawn(process.execPath, [MAIN, ...words], { cwd: folder, env: { ...defaults, ...environment } });
  running.push(child);
  const texts = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    texts.out += text;
  });
  child.stderr.on('data', (text) => {
    texts.err += text;
  });
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.on('close', resolve);
  return { child, texts, ended };
}

async function grappe(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { texts, ended } = started(words, { GRAPPE_TOKENS_FILE: file });
  return { code: await ended, ...texts };
}

async function served(environment: Environment = { GRAPPE_TOKENS_FILE: file }) {
  const run = started(['serve'], environment);
  const url = await vi.waitFor(() => {
    const [found] = /http:\S+?:\d+/.exec(run.texts.out) ?? [];
    if (found === undefined) throw new Error(run.texts.out + run.texts.err);
    return found;
  }, 30_000);
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 30_000);
  return { ...run, url };
}

async function viewer(url: string, token?: string): Promise<unknown> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/graphql?query={viewer{name role}}`, { headers });
  const { data } = (await response.json()) as { data?: { viewer: unknown } };
  return data?.viewer ?? response.status;
}

const tokenIn = (text: string): string => /grappe_[\w-]{43}/.exec(text)?.[0] ?? '';

describe('grappe token', () => {
  it('shows a token once, keeps its hash, lists it, revokes it, while a server runs', async () => {
    const added = await grappe('token', 'add', 'Édith Piaf', '--role', 'EDITOR', '--expires', '2999-01-01');
    expect(added).toMatchObject({ code: 0, err: '' });
    const token = tokenIn(added.out);
    expect(added.out.split('\n')[0]).toBe(token);
    expect(added.out).toContain('EDITOR, until 2999-01-01');
    expect(readFileSync(file, 'utf8')).not.toContain(token.slice(7));
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const { url, texts, child, ended } = await served();
    expect(await viewer(url, token)).toEqual({ name: 'Édith Piaf', role: 'EDITOR' });
    expect(await viewer(url)).toEqual({ name: null, role: 'READER' });
    expect(texts.out).not.toMatch(/token {5}/);

    await grappe('token', 'add', 'Rémi', '--role', 'READER');
    const listed = await grappe('token', 'list');
    expect(listed.code).toBe(0);
    expect(listed.out).toMatch(
      /^Édith Piaf {2}EDITOR {2}made .* until 2999-01-01T00:00:00.000Z\nRémi {8}READER {2}made .* until it is revoked\n$/,
    );

    expect(await grappe('token', 'revoke', 'Édith Piaf')).toMatchObject({ code: 0, err: '' });
    expect(await viewer(url, token)).toBe(401);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(texts.out + texts.err).not.toContain(token);
  });

  it.each([
    [['add', 'a'], 2, '--role'],
    [['add', 'a', '--role', 'OWNER'], 2, 'READER, EDITOR, ADMIN'],
    [['add', 'a', '--role', 'READER', '--expires', 'soon'], 2, '2027-01-01'],
    [['add', 'a', '--role', 'READER', '--expires', '2027-02-30'], 2, '2027-01-01'],
    [['add', 'a', '--role', 'READER', '--expires', '2020-01-01'], 1, 'is over'],
    [['add', ' ', '--role', 'READER'], 1, 'name'],
    [['list'], 1, 'grappe token add'],
    [['revoke', 'a'], 1, 'grappe token add'],
  ] as const)('token %j is an error, and says so', async (words, code, text) => {
    const result = await grappe('token', ...words);
    expect(result.code).toBe(code);
    expect(result.err).toContain(text);
    expect(result.err).not.toContain('    at ');
  });

  it('takes no name twice, and revokes none that it does not hold', async () => {
    await grappe('token', 'add', 'a', '--role', 'READER');
    const again = await grappe('token', 'add', 'a', '--role', 'ADMIN');
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('already');
    const other = await grappe('token', 'revoke', 'b');
    expect(other.code).toBe(1);
    expect(other.err).toContain('no token of b');
    expect((await grappe('token', 'list')).out.trim().split('\n')).toHaveLength(1);
  });

  it.runIf(process.getuid?.() === 0)(
    'leaves the file to its owner, whose server reads it, when root changes it',
    async () => {
      await grappe('token', 'add', 'Édith', '--role', 'READER');
      chownSync(file, NOBODY, NOBODY);
      chmodSync(file, 0o640);
      await grappe('token', 'add', 'backup', '--role', 'ADMIN');
      await grappe('token', 'revoke', 'Édith');
      const { uid, gid, mode } = statSync(file);
      expect({ uid, gid, mode: mode & 0o777 }).toEqual({ uid: NOBODY, gid: NOBODY, mode: 0o640 });
      expect((await grappe('token', 'list')).out).toMatch(/^backup /);
    },
  );

  it('asks for the name of its file', async () => {
    const { texts, ended } = started(['token', 'list'], {});
    expect(await ended).toBe(2);
    expect(texts.err).toContain('GRAPPE_TOKENS_FILE');
  });
});

describe('a server', () => {
  it('on this machine, without settings, shows a link for a browser and a token for scripts that may change everything', async () => {
    const { url, texts, child, ended } = await served({});
    const token = tokenIn(texts.out);
    expect(texts.out).toContain(`token     ${token}`);
    expect(await viewer(url, token)).toEqual({ name: 'local', role: 'ADMIN' });
    const [link = ''] = /http\S+\/sign-in#\S+/.exec(texts.out) ?? [];
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const body = JSON.stringify({ secret: new URL(link).hash.slice(1) });
    const opened = await send(`${url}/sign-in`, { method: 'POST', headers, body });
    expect(opened.status).toBe(204);
    const cookie = opened.headers['set-cookie']![0]!.split(';')[0]!;
    const answer = await send(`${url}/graphql?query={viewer{name}}`, { headers: { cookie, ...headers } });
    expect(JSON.parse(answer.body)).toMatchObject({ data: { viewer: { name: 'local' } } });
    // The terminal reports it, and shows the link for the next browser.
    await vi.waitFor(() => expect(texts.out.match(/\/sign-in#/g)).toHaveLength(2));
    expect(texts.out).toContain('A browser was signed in');
    child.kill('SIGTERM');
    await ended;
    for (const secret of [token, ...(texts.out.match(/#\S+/g) ?? [])]) expect(texts.err).not.toContain(secret);
  });

  it.each([
    ['open to others', { HOST: '0.0.0.0' }],
    ['in production', { GRAPPE_PROFILE: 'production' }],
  ])('%s, without a file, is for reading only, and says so', async (_, environment) => {
    const { texts } = await served(environment);
    expect(tokenIn(texts.out)).toBe('');
    expect(texts.out).not.toContain('/sign-in');
    expect(texts.out).toContain(
      'nothing can be changed over GraphQL: neither GRAPPE_TOKENS_FILE nor GRAPPE_JWT_JWKS_URL is set',
    );
  });

  it('does not start with a tokens file that it cannot use, and warns of one that others may read', async () => {
    const { texts, ended } = started(['serve'], { GRAPPE_TOKENS_FILE: file });
    expect(await ended).toBe(1);
    expect(texts.err).toContain('ENOENT');
    expect(texts.err).not.toContain('    at ');
    writeFileSync(file, '', { mode: 0o644 });
    const { texts: said } = await served();
    expect(said.out).toContain(`may read ${file}: chmod 600 ${file}`);
  });
});
