import { createHash } from 'node:crypto';
import { getIntrospectionQuery, getNamedType, isObjectType } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { readConfig } from '../../src/config.ts';
import { type Application, createApplication } from '../../src/server/http/application.ts';
import { createReadiness } from '../../src/server/observe/readiness.ts';
import { standInEngine } from './world.ts';

// What scanners of GraphQL servers look for, on the real schema with the settings of production.

let application: Application;
beforeAll(() => {
  const readiness = createReadiness();
  readiness.become(null);
  application = createApplication({
    config: readConfig({ GRAPPE_PROFILE: 'production', GRAPPE_CACHE_MB: '0' }),
    ...{ engine: standInEngine(), schema, readiness, logger: pino({ level: 'silent' }) },
    createContext: () => ({ author: null }),
  });
});
afterAll(() => application.dispose());

interface Found {
  readonly status: number;
  readonly codes: readonly string[];
  readonly text: string;
}
async function send(path: string, init: RequestInit = {}): Promise<Found> {
  const response = await application.fetch(`http://grappe.test${path}`, init);
  const text = await response.text();
  const errors = [text.startsWith('{') ? JSON.parse(text) : {}].flatMap(({ errors: all = [] }) => all);
  const codes = errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
  return { status: response.status, codes, text };
}
const post = (body: unknown, type = 'application/json', headers: Record<string, string> = {}): Promise<Found> =>
  send('/graphql', {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const ask = (query: string): Promise<Found> => post({ query });
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

describe('in production, a request that makes a server work', () => {
  it.each([
    ['by many aliases of a field', `{ ${times(101, (index) => `a${index}: __typename`)} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['by many aliases below a field', `{ viewer { ${times(101, (index) => `a${index}: role`)} } }`, 'TOO_MANY_ALIASES'],
    ['by the same field again and again', `{ viewer { ${times(500, () => 'role')} } }`, 'TOO_MANY_REPEATS'],
    ['by directives that nobody knows', `{ __typename ${times(60, () => '@aa')} }`, 'TOO_MANY_DIRECTIVES'],
    [
      'by directives that everybody knows',
      `{ __typename ${times(60, () => '@skip(if: false)')} }`,
      'TOO_MANY_DIRECTIVES',
    ],
    [
      'by types of fields of types',
      `{ __schema { types { ${times(12, () => 'fields { type {')} name ${times(12, () => '} }')} } } }`,
      'TOO_DEEP',
    ],
    [
      'by fragments that use each other',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['by a long document', `{ ${times(3_000, () => 'a')} }`, 'TOO_MANY_TOKENS'],
    [
      'by pages of pages',
      '{ poles(first: 200) { nodes { members(first: 200) { nodes { partners(first: 200) { nodes { id } } } } } } }',
      'TOO_COSTLY',
    ],
  ])('%s is rejected', async (_, query, code) => {
    expect((await ask(query)).codes).toEqual([code]);
  });

  it('in a batch is rejected, however short', async () => {
    for (const count of [1, 2, 10]) {
      const { status, codes } = await post(Array.from({ length: count }, () => ({ query: '{ __typename }' })));
      expect([status, codes]).toEqual([400, ['BAD_REQUEST']]);
    }
  });
});

describe('in production, a page of another site', () => {
  const cases: [string, () => Promise<Found>, number][] = [
    ['sends no form', () => post('query=%7B__typename%7D', 'application/x-www-form-urlencoded'), 415],
    ['sends no plain text', () => post('{"query":"{__typename}"}', 'text/plain'), 415],
    ['uploads nothing', () => post('--x--', 'multipart/form-data; boundary=x'), 415],
    ['sends no JSON', () => post({ query: '{__typename}' }, undefined, { origin: 'https://evil.example.org' }), 403],
    ['opens no query', () => send('/graphql?query={__typename}', { headers: { 'sec-fetch-site': 'cross-site' } }), 403],
  ];
  it.each(cases)('%s', async (_, run, status) => {
    expect((await run()).status).toBe(status);
  });

  it.each(['mutation{nodeDelete(id:"pole/a"){problems{message}}}', 'mutation{__typename}'])(
    'changes nothing by an address: %s',
    async (query) => {
      const headers = { accept: 'application/json' };
      const answer = await send(`/graphql?query=${query}`, { headers });
      expect(answer).toMatchObject({ status: 405, codes: ['METHOD_NOT_ALLOWED'] });
    },
  );

  it.each([undefined, '*/*', 'image/avif,image/webp,*/*;q=0.8', 'text/html,application/xhtml+xml,*/*;q=0.8'])(
    'executes nothing by a link, an image or a script: Accept: %s',
    async (accept) => {
      const link = '/graphql?query=query cop {__typename}';
      const headers: Record<string, string> = accept === undefined ? {} : { accept };
      expect(await send(link, { headers })).toMatchObject({ status: 406, codes: ['NOT_ACCEPTABLE'] });
    },
  );

  it.each(['PUT', 'DELETE', 'PATCH'])('has no use for %s', async (method) => {
    expect((await send('/graphql?query={__typename}', { method })).status).toBe(405);
  });
});

it('in production, a program is answered by GET that names the type of the answer, a document, or a table', async () => {
  const query = '{ viewer { role } }';
  const hash = createHash('sha256').update(query).digest('hex');
  const address = (parameters: Record<string, string>): string => `/graphql?${new URLSearchParams(parameters)}`;
  const json = { headers: { accept: 'application/graphql-response+json, application/json;q=0.9' } };
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
  for (const answer of [
    await send(address({ query }), json),
    await send(address({ query, documentId: `sha256:${hash}` })),
    await send(address({ documentId: `sha256:${hash}` })),
    await send(address({ query, extensions })),
  ]) {
    expect(answer).toMatchObject({ status: 200, codes: [] });
  }
  expect((await send(address({ query, format: 'csv' }))).text).toContain('The query has no list');
});

describe('in production, the schema', () => {
  it.each([
    getIntrospectionQuery(),
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Query") { name } }',
    'query ($n: String!) { __type(name: $n) { fields { name } } }',
    'fragment F on Query { __schema { types { name } } } { ...F }',
  ])('is not shown: %.50s', async (query) => {
    expect(new Set((await ask(query)).codes)).toEqual(new Set(['INTROSPECTION_DISABLED']));
  });

  it.each(['/graphiql', '/playground', '/altair', '/voyager', '/console', '/schema.graphql', '/graphql/schema'])(
    'is not shown by a page at %s',
    async (path) => {
      expect((await send(path, { headers: { accept: 'text/html' } })).status).toBe(404);
    },
  );

  it('is not shown by a page at /graphql', async () => {
    const { status, text } = await send('/graphql', { headers: { accept: 'text/html' } });
    expect(status).toBe(406);
    expect(text).not.toContain('<html');
  });

  it('cannot be guessed from errors, name after name', async () => {
    const names = new Set(Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__')));
    const fields = Object.values(schema.getQueryType()!.getFields());
    for (const { name } of fields) names.add(name);
    for (const { name, args, type } of fields) {
      const isComposite = isObjectType(getNamedType(type));
      const [arg] = args;
      const questions = [
        // A name that is nearly right; one that needs a selection; one below it; an argument that is nearly right.
        `{ ${name.slice(0, -1)} }`,
        `{ ${name} }`,
        `{ ${name} { nam } }`,
        `{ ${name}(${arg ? arg.name.slice(0, -1) : 'x'}: 7)${isComposite ? ' { __typename }' : ''} }`,
        `query ($x: ${getNamedType(type).name}x) { ${name}(x: $x) { __typename } }`,
      ];
      for (const query of questions) {
        const { text } = await ask(query);
        expect(text, query).not.toMatch(/did you mean/i);
        const shown = text.match(/\w+/g)!.filter((word) => names.has(word) && !query.includes(word));
        // Words of sentences that are names of types too, beside the kinds of operations.
        expect(
          shown.filter(
            (word) => !/^(?:Query|source|sources|node|nodes|search|changes|String|Int|ID|Boolean|Float)$/.test(word),
          ),
          query,
        ).toEqual([]);
      }
    }
  });
});

it('in production, an error shows no stack, no trace, no query plan', async () => {
  const answers = [
    await ask('{ poles { totalCount } }'),
    await ask('{'),
    await ask('{ viewer { role } }'),
    await post('{'),
  ];
  for (const { text } of answers) {
    expect(text).not.toMatch(/stack|exception|node_modules|\.ts:|tracing|"plan"|debug/i);
  }
});

it.each(['tracing', 'Apollo-Tracing', 'X-Apollo-Tracing'])('in production, %s traces nothing', async (name) => {
  const { text } = await post({ query: '{ viewer { role } }', extensions: { [name]: true } }, undefined, {
    [name]: '1',
  });
  expect(text).not.toMatch(/tracing|resolvers|duration/i);
});
