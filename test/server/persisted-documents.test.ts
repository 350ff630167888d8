import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManifestError } from '../../src/server/documents/manifest.ts';
import { openManifests } from '../../src/server/documents/persisted-store.ts';
import { type Answer, type World, world } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'grappe-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const file = (name: string, contents: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof contents === 'string' ? contents : JSON.stringify(contents));
  return path;
};

const WORD = 'query Word { word }';
const POLES = 'query Poles($first: Int) { poles(first: $first) { nodes { id } } }';
const TOUCH = 'mutation Touch { touch }';
const SDL_QUERY = 'query Wrong { nothing }';

interface Sent {
  readonly status: number;
  readonly body: Answer['body'];
  readonly code: unknown;
}
async function answered(response: Response): Promise<Sent> {
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, body, code: body.errors?.[0]?.extensions.code };
}
const post = async ({ application }: World, body: object, headers = {}): Promise<Sent> =>
  answered(
    await application.fetch('http://grappe.test/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
const get = async ({ application }: World, parameters: Record<string, string>): Promise<Sent> =>
  answered(await application.fetch(`http://grappe.test/graphql?${new URLSearchParams(parameters)}`));
const apollo = (sha256Hash: string): object => ({ persistedQuery: { version: 1, sha256Hash } });

describe('a document that a client registers by its hash', () => {
  let server: World;
  beforeEach(() => {
    server = world();
  });

  it('is asked for in the words that Apollo and urql wait for, then answered by the hash alone', async () => {
    const extensions = apollo(hashOf(WORD));
    const unknown = await post(server, { extensions });
    expect(unknown.body.errors).toMatchObject([{ message: 'PersistedQueryNotFound' }]);
    expect([unknown.status, unknown.code]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    const strict = { accept: 'application/graphql-response+json' };
    expect((await post(server, { extensions }, strict)).status).toBe(400);
    expect((await post(server, { query: WORD, extensions })).body.data).toEqual({ word: 'word' });
    expect((await post(server, { extensions })).body.data).toEqual({ word: 'word' });
    expect((await get(server, { extensions: JSON.stringify(extensions) })).body.data).toEqual({ word: 'word' });
    expect((await get(server, { documentId: `sha256:${hashOf(WORD)}` })).body.data).toEqual({ word: 'word' });
  });

  it('may come by GET, or with the identifier of GraphQL over HTTP', async () => {
    const documentId = `sha256:${hashOf(POLES)}`;
    expect((await post(server, { documentId })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    const first = await get(server, { documentId, query: POLES, variables: '{"first":1}' });
    expect(first.body.data).toEqual({ poles: { nodes: [{ id: 'pole/0' }] } });
    const again = await post(server, { documentId, operationName: 'Poles', variables: { first: 1 } });
    expect(again.body.data).toEqual(first.body.data);
    expect(server.log.at(-1)).toMatchObject({ msg: 'graphql', operation: 'Poles', type: 'query' });
  });

  it('is rejected if the hash is of another text', async () => {
    for (const wrong of [hashOf(POLES), 'abc', hashOf(WORD).toUpperCase()]) {
      const answer = await post(server, { query: WORD, extensions: apollo(wrong) });
      expect([answer.status, answer.code]).toEqual([400, 'PERSISTED_QUERY_MISMATCH']);
    }
    expect((await post(server, { query: WORD, documentId: 'word' })).code).toBe('PERSISTED_QUERY_MISMATCH');
    expect((await post(server, { extensions: apollo(hashOf(WORD)) })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it.each([SDL_QUERY, '{', 'x'])('is not stored unless it is valid: %s', async (query) => {
    const extensions = apollo(hashOf(query));
    expect((await post(server, { query, extensions })).body.errors).toHaveLength(1);
    expect((await post(server, { extensions })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('is answered and not stored where a few like it would drop all others', async () => {
    const query = `{ word } #${'.'.repeat(33_000)}`;
    const extensions = apollo(hashOf(query));
    expect((await post(server, { query, extensions })).body.data).toEqual({ word: 'word' });
    expect((await post(server, { extensions })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('leaves, when the memory is full, before those that are in use', async () => {
    const large = (index: number): string => `query Large { word } #${'.'.repeat(31_000)}${index}`;
    const used = apollo(hashOf(WORD));
    await post(server, { query: WORD, extensions: used });
    for (let index = 0; index < 130; index++) {
      await post(server, { query: large(index), extensions: apollo(hashOf(large(index))) });
      expect((await post(server, { extensions: used })).body.data).toEqual({ word: 'word' });
    }
    expect((await post(server, { extensions: apollo(hashOf(large(0))) })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await post(server, { extensions: apollo(hashOf(large(129))) })).body.data).toEqual({ word: 'word' });
  });

  it.each([
    [{ documentId: 1 }],
    [{ documentId: '' }],
    [{ extensions: { persistedQuery: { version: 2, sha256Hash: 'a' } } }],
    [{ extensions: { persistedQuery: 'a' } }],
    [{ documentId: 'a', extensions: apollo(hashOf(WORD)) }],
    [{ documentId: 'a', extensions: apollo('b') }],
  ])('is named by a text, and in one way: %j', async (body) => {
    const answer = await post(server, body);
    expect([answer.status, answer.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('is bound by the limits of every request', async () => {
    const limited = world({ limits: { depth: 3, cost: 50 } });
    const deep = '{ poles { nodes { members { nodes { id } } } } }';
    expect((await post(limited, { query: deep, extensions: apollo(hashOf(deep)) })).code).toBe('TOO_DEEP');
    const documentId = `sha256:${hashOf(POLES)}`;
    await post(limited, { query: POLES, documentId, variables: { first: 1 } });
    expect((await post(limited, { documentId, variables: { first: 99 } })).code).toBe('TOO_COSTLY');
  });

  it('is answered as CSV', async () => {
    const documentId = `sha256:${hashOf(POLES)}`;
    await post(server, { query: POLES, documentId, variables: { first: 1 } });
    const parameters = new URLSearchParams({ documentId, format: 'csv', variables: '{"first":1}' });
    const answer = await server.application.fetch(`http://grappe.test/graphql?${parameters}`);
    expect(await answer.text()).toBe('id\r\npole/0\r\n');
  });

  it('changes nothing by GET', async () => {
    const documentId = `sha256:${hashOf(TOUCH)}`;
    expect((await post(server, { query: TOUCH, documentId })).body.data).toEqual({ touch: null });
    const answer = await get(server, { documentId });
    expect([answer.status, answer.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  });
});

describe('a manifest', () => {
  const codegen = () => file('persisted-documents.json', { a1: WORD, [hashOf(TOUCH)]: TOUCH });
  const ofApollo = () =>
    file('apollo.json', {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: hashOf(POLES), name: 'Poles', type: 'query', body: POLES }],
    });

  it('of GraphQL Code Generator, of Relay or of Apollo names documents from the start', async () => {
    const server = world({ documents: await openManifests([codegen(), ofApollo()]) });
    expect((await get(server, { documentId: 'a1' })).body.data).toEqual({ word: 'word' });
    expect((await get(server, { documentId: `sha256:${hashOf(WORD)}` })).body.data).toEqual({ word: 'word' });
    const extensions = apollo(hashOf(POLES));
    expect((await post(server, { extensions, variables: { first: 1 } })).body.data).toHaveProperty('poles');
    expect((await post(server, { query: '{ word }' })).body.data).toEqual({ word: 'word' });
    expect((await post(server, { query: POLES, documentId: 'a1' })).code).toBe('PERSISTED_QUERY_MISMATCH');
    const unknown = await post(server, { documentId: 'a2' });
    expect(unknown.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(unknown.body.errors?.[0]?.message).toContain('manifests of this server do not list it');
  });

  it('may be the only source of documents', async () => {
    const server = world({ documents: await openManifests([codegen()], { trustedOnly: true }) });
    expect((await post(server, { documentId: 'a1' })).body.data).toEqual({ word: 'word' });
    expect((await post(server, { query: WORD })).body.data).toEqual({ word: 'word' });
    const answers = [
      await post(server, { query: POLES }),
      await get(server, { query: '{ __typename }' }),
      await post(server, { query: POLES, extensions: apollo(hashOf(POLES)) }),
    ];
    for (const { status, code } of answers) expect([status, code]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    expect((await post(server, { extensions: apollo(hashOf(POLES)) })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('is read again when it has changed, and stays as it was while it cannot be read', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const path = file('deployed.json', { one: WORD });
      const problems: string[] = [];
      const documents = await openManifests([path], { complain: (problem) => problems.push(problem) });
      const server = world({ documents });
      expect((await post(server, { documentId: 'two' })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
      file('deployed.json', { one: WORD, two: POLES });
      vi.advanceTimersByTime(1_001);
      expect((await post(server, { documentId: 'two' })).body.data).toHaveProperty('poles');
      file('deployed.json', '{');
      vi.advanceTimersByTime(1_001);
      expect((await post(server, { documentId: 'three' })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
      expect((await post(server, { documentId: 'two' })).body.data).toHaveProperty('poles');
      expect(problems).toEqual([expect.stringContaining('deployed.json is not JSON')]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('may begin with a byte order mark, as some editors write it', async () => {
    const documents = await openManifests([file('marked.json', `\uFEFF${JSON.stringify({ one: WORD })}`)]);
    expect(await documents.find('one')).toBe(WORD);
  });

  it.each([
    '{',
    '[]',
    '{"a": 1}',
    '{"format": "other", "operations": []}',
    '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}',
  ])('that is none is rejected with its name and the formats: %s', async (contents) => {
    const path = file('wrong.json', contents);
    await expect(openManifests([path])).rejects.toThrow(ManifestError);
    await expect(openManifests([path])).rejects.toThrow(/wrong\.json .*apollo-persisted-query-manifest/);
  });

  it('that is not there is named with its setting', async () => {
    const missing = join(folder, 'missing.json');
    await expect(openManifests([missing])).rejects.toThrow(`${missing} cannot be read (ENOENT): GRAPPE_PERSISTED_`);
  });
});
