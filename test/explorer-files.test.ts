import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf, textOf } from '../explorer/src/api/document.ts';
import { viewOf } from '../explorer/src/app/links.ts';
import { nodeAt, PATHS, pageAt } from '../explorer/src/app/paths.ts';
import { de } from '../explorer/src/app/words/elision.ts';
import { schema } from '../schema/schema.ts';
import { documentsIn, textsIn } from '../scripts/explorer-documents.ts';
import { world } from './server/world.ts';

/** A built explorer of three files. */
const folder = mkdtempSync(join(tmpdir(), 'grappe-explorer-'));
const SCRIPT = 'export const answer = 42;'.repeat(40);
beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="fr"><title>Explorer</title></html>');
  writeFileSync(join(folder, 'paths.json'), JSON.stringify(Object.values(PATHS).flat()));
  writeFileSync(join(folder, 'assets/index-abc123.js'), SCRIPT);
  writeFileSync(join(folder, 'assets/index-abc123.js.gz'), gzipSync(SCRIPT));
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = (
  path: string,
  headers: Record<string, string> = { accept: 'text/html' },
  change = {},
): Promise<Response> => {
  const { application } = world({ explorer: pathToFileURL(`${folder}/`), ...change });
  return Promise.resolve(application.fetch(`http://grappe.test${path}`, { headers }));
};

describe('the explorer as it is served', () => {
  it.each(['/', '/search?q=CNRS', '/pole/aerospace-valley', '/topic/a/b'])('is the page at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).toContain('<title>Explorer</title>');
  });

  it('says on its page where the server has no GraphiQL, so that no link leads there', async () => {
    const opened = async (graphiql: boolean): Promise<string> => (await get('/', undefined, { graphiql })).text();
    expect(await opened(true)).toContain('<html lang="fr">');
    expect(await opened(false)).toContain('<html data-graphiql="off" lang="fr">');
  });

  it('is shown in a frame by the pages of allowed origins alone, and under /embed alone', async () => {
    const frames = async (path: string, embedOrigins?: readonly string[]) => {
      const response = await get(path, undefined, embedOrigins ? { embedOrigins } : {});
      return [
        response.status,
        response.headers.get('x-frame-options'),
        /frame-ancestors [^;]*/.exec(response.headers.get('content-security-policy') ?? '')?.[0],
      ];
    };
    const allowed = ['https://journal.example', 'https://blog.example'];
    expect(await frames('/embed/pole/aerospace-valley', allowed)).toEqual([
      200,
      null,
      'frame-ancestors https://journal.example https://blog.example',
    ]);
    expect(await frames('/pole/aerospace-valley', allowed)).toEqual([200, 'DENY', "frame-ancestors 'none'"]);
    expect(await frames('/embed/pole/aerospace-valley')).toEqual([200, 'DENY', "frame-ancestors 'none'"]);
    expect(await frames('/embed/graphql', allowed)).toEqual([404, 'DENY', "frame-ancestors 'none'"]);
    expect(pageAt('/embed/pole/aerospace-valley')).toBe('node');
  });

  it('leaves / to programs as before, and every other address to the server', async () => {
    expect(await (await get('/', { accept: '*/*' })).text()).toContain('<dt>poles</dt>');
    expect((await get('/livez')).headers.get('content-security-policy')).not.toContain('script-src');
    expect(await (await get('/graphql')).text()).toContain('GraphiQL');
    const served = ['/graphql', '/exports/x/y', '/metrics', '/livez', '/readyz', '/sign-in', '/mcp', '/schema.graphql'];
    expect(served.filter((path) => pageAt(path) !== null)).toEqual([]);
  });

  it.each([['*/*'], ['text/*'], [null]])('is the page to a client that accepts %s', async (accept) => {
    const headers: Record<string, string> = accept === null ? {} : { accept };
    expect(await (await get('/pole/aerospace-valley', headers)).text()).toContain('<title>Explorer</title>');
    expect((await get('/nowhere', headers)).status).toBe(404);
  });

  it.each([['application/json'], ['application/json, text/plain, */*']])(
    'is no page to a program that accepts %s',
    async (accept) => {
      const answer = await get('/pole/aerospace-valley', { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('json')]);
    },
  );

  it('is a page with the status 404 where there is nothing, and JSON to programs', async () => {
    const page = await get('/nowhere');
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('Explorer')]);
    const answer = await get('/nowhere', { accept: 'application/json' });
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_FOUND' }) })] },
    ]);
  });

  it('has the figures of the graph at / where it is not built', async () => {
    expect(await (await get('/', { accept: 'text/html' }, { explorer: null })).text()).toContain('<dt>poles</dt>');
  });

  it('has files that are stored for ever, packed for those who accept it', async () => {
    const packed = await get('/assets/index-abc123.js', { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(packed.headers.get('vary')).toContain('Accept-Encoding');
    const plain = await get('/assets/index-abc123.js', {});
    expect(await plain.text()).toBe(SCRIPT);
    const known = await get('/assets/index-abc123.js', { 'if-none-match': plain.headers.get('etag')! });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });

  it.each(['/assets/nothing.js', '/assets/..%2Findex.html', '/assets/../paths.json', '/assets/'])(
    'gives no other file: %s',
    async (path) => {
      expect((await get(path, {})).status).toBe(404);
    },
  );
});

describe('addresses of the explorer', () => {
  it.each([
    ['/pole/axelera', 'pole/axelera'],
    ['/embed/pole/axelera', 'pole/axelera'],
    ['/topic/%C3%A9nergie', 'topic/énergie'],
    ['/pole/%zz', 'pole/%zz'],
  ])('name at %s the node %s', (path, id) => {
    expect([pageAt(path), nodeAt(path)]).toEqual(['node', id]);
  });

  it('are offered for the views that take a node of its type', () => {
    const all = (id: string): readonly unknown[] =>
      ['network', 'map', 'path', 'compare'].map((page) => viewOf(page, id));
    const territory = 'territory/region-occitanie';
    expect(all(territory)).toEqual([
      `/network?regions=${territory}`,
      `/map?show=selection&regions=${territory}`,
      null,
      null,
    ]);
    expect(all('topic/concept-cluster')).toEqual([null, null, null, null]);
    expect(all('pole/axelera')).not.toContain(null);
  });
});

const root = fileURLToPath(new URL('../explorer/src', import.meta.url));

describe('the queries of the explorer', () => {
  it('are answered by the schema as it is', () => {
    const texts = textsIn(root);
    expect(texts.length).toBeGreaterThan(2);
    const all = parse(texts.join('\n'));
    const names = all.definitions.map((definition) => ('name' in definition ? definition.name?.value : ''));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const unused = /^Fragment ".*" is never used/;
    expect(validate(schema, all).filter(({ message }) => !unused.test(message))).toEqual([]);
  });

  it('are in the manifest as they are sent, whatever the order of their fragments', () => {
    const folder = mkdtempSync(join(tmpdir(), 'grappe-documents-of-explorer-'));
    const [b, a] = ['fragment B on Pole { id }', 'fragment A on Pole { name ...B }'];
    const query = `\n      query Q {\n        poles { nodes { ...B ...A ... on Pole { city } } }\n      }\n    `;
    writeFileSync(join(folder, 'queries.ts'), [b, a, query].map((text) => `graphql(\`${text}\`)`).join(';\n'));
    const fragment = documentOf(b);
    const sent = [
      [fragment, documentOf(a, [fragment])],
      [documentOf(a, [fragment]), fragment],
    ].map((fragments) => textOf(documentOf(query, fragments)));
    expect(sent.map((text) => [text])).toEqual([0, 1].map(() => Object.values(documentsIn(folder))));
    rmSync(folder, { recursive: true });
  });

  it('are each valid with the fragments of the manifest', () => {
    const problems = Object.values(documentsIn(root)).flatMap((text) => validate(schema, parse(text)));
    expect(problems.map(({ message }) => message)).toEqual([]);
  });
});

describe('the French of the explorer', () => {
  it.each([
    ['Axelera', 'd’Axelera'],
    ['Île-de-France', 'd’Île-de-France'],
    ['Occitanie', 'd’Occitanie'],
    ['Hérault', 'd’Hérault'],
    ['Hydreos', 'd’Hydreos'],
    ['Hauts-de-France', 'de Hauts-de-France'],
    ['Minalogic', 'de Minalogic'],
  ])('elides "de" before %s: %s', (name, phrase) => {
    expect(de(name)).toBe(phrase);
  });
});
