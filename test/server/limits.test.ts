import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../src/config/limits.ts';
import { type Ask, world } from './world.ts';

const repeated = (times: number, text: (place: number) => string): string =>
  Array.from({ length: times }, (_, place) => text(place)).join(' ');
const nested = (times: number, inner: string): string =>
  `${'members(first: 1) { nodes { '.repeat(times)}${inner}${' } }'.repeat(times)}`;

interface Case {
  readonly limit: Partial<Limits>;
  /** At the limit, which must pass. */
  readonly within: string;
  readonly beyond: string;
  readonly variables?: { readonly within: Ask['variables']; readonly beyond: Ask['variables'] };
  readonly code: string;
  /** The numbers in the message: the requested one, and the maximum. */
  readonly names: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  tokens: {
    limit: { tokens: 10 },
    within: '{ word word word word word word word word }',
    beyond: '{ word word word word word word word word word }',
    code: 'TOO_MANY_TOKENS',
    names: ['10'],
  },
  depth: {
    limit: { depth: 5 },
    within: `{ poles(first: 1) { nodes { ${nested(1, 'name')} } } }`,
    beyond: `{ poles(first: 1) { nodes { ${nested(2, 'name')} } } }`,
    code: 'TOO_DEEP',
    names: ['7', '5'],
  },
  'depth through fragments': {
    limit: { depth: 5 },
    within: `{ poles(first: 1) { nodes { ...F } } } fragment F on Pole { ${nested(1, 'name')} }`,
    beyond: `{ poles(first: 1) { nodes { ...F } } } fragment F on Pole { ... on Pole { ...G } } fragment G on Pole { ${nested(2, 'name')} }`,
    code: 'TOO_DEEP',
    names: ['7', '5'],
  },
  'depth of brackets': {
    limit: { depth: 3 },
    within: '{ poles(filter: { and: [{ nameContains: "a" }] }) { totalCount } }',
    beyond: '{ poles(filter: { and: [{ and: [{ nameContains: "a" }] }] }) { totalCount } }',
    code: 'TOO_DEEP',
    names: ['6'],
  },
  'depth of variables': {
    limit: { depth: 4 },
    within: 'query ($f: Filter) { poles(filter: $f) { totalCount } }',
    beyond: 'query ($f: Filter) { poles(filter: $f) { totalCount } }',
    variables: {
      within: { f: { and: [{ and: [] }] } },
      beyond: { f: { and: [{ and: [{ and: [] }] }] } },
    },
    code: 'TOO_DEEP',
    names: ['4'],
  },
  aliases: {
    limit: { aliases: 2 },
    within: '{ a: word b: word }',
    beyond: '{ a: word b: word c: word }',
    code: 'TOO_MANY_ALIASES',
    names: ['3', '2'],
  },
  directives: {
    limit: { directives: 2 },
    within: '{ word @skip(if: false) @include(if: true) }',
    beyond: '{ word @skip(if: false) ... @include(if: true) { word @skip(if: true) } }',
    code: 'TOO_MANY_DIRECTIVES',
    names: ['3', '2'],
  },
  'root fields': {
    limit: { rootFields: 2 },
    within: '{ word ...F } fragment F on Query { slow(ms: 0) }',
    beyond: '{ word ...F ...F } fragment F on Query { slow(ms: 0) }',
    code: 'TOO_MANY_ROOT_FIELDS',
    names: ['3', '2'],
  },
  'the same field in one place': {
    limit: { repeats: 2 },
    within: '{ word word poles { totalCount } }',
    beyond: '{ word poles { totalCount totalCount totalCount } }',
    code: 'TOO_MANY_REPEATS',
    names: ['totalCount', '3', '2'],
  },
  'ids of an argument': {
    limit: { listItems: 2 },
    within: '{ nodes(ids: ["a", "b"]) { name } }',
    beyond: '{ nodes(ids: ["a", "b", "c"]) { name } }',
    code: 'TOO_MANY_ITEMS',
    names: ['3', '2'],
  },
  'ids of a variable': {
    limit: { listItems: 2 },
    within: 'query ($ids: [ID!]!) { nodes(ids: $ids) { name } }',
    beyond: 'query ($ids: [ID!]!) { nodes(ids: $ids) { name } }',
    variables: { within: { ids: ['a', 'b'] }, beyond: { ids: ['a', 'b', 'c'] } },
    code: 'TOO_MANY_ITEMS',
    names: ['3', '2'],
  },
  cost: {
    // poles, then for each of ten: the pole, its name, its members, and for each of five: the member, its name.
    limit: { cost: 1 + 10 * (1 + 1 + 1 + 5 * 2) },
    within: '{ poles(first: 10) { nodes { name members(first: 5) { nodes { name } } } } }',
    beyond: '{ poles(first: 10) { nodes { name members(first: 5) { nodes { name } totalCount } } } }',
    code: 'TOO_COSTLY',
    names: ['141', '131'],
  },
  'cost by variables': {
    limit: { cost: 201 },
    within: 'query ($n: Int = 1) { poles(first: $n) { nodes { name } } }',
    beyond: 'query ($n: Int = 1) { poles(first: $n) { nodes { name } } }',
    variables: { within: { n: 100 }, beyond: { n: 1_000_000 } },
    code: 'TOO_COSTLY',
    names: ['2,000,001', '201'],
  },
};

describe('limits', () => {
  it.each(Object.entries(CASES))('on %s', async (_, { limit, within, beyond, variables, code, names }) => {
    const { ask } = world({ limits: limit });
    const allowed = await ask(within, { variables: variables?.within });
    expect(allowed.body.errors).toBeUndefined();
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const { status, body } = await ask(beyond, { variables: variables?.beyond, headers: { accept } });
      expect(status).toBe(accept === 'application/json' ? 200 : 400);
      expect(body.errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code }) })]);
      for (const number of names) expect(body.errors![0]!.message).toContain(number);
      expect(body).not.toHaveProperty('data');
    }
    // The same document is rejected or answered by what is in it now, not by what was in it before.
    expect((await ask(within, { variables: variables?.within })).body.errors).toBeUndefined();
  });

  it('show the cost of the answer', async () => {
    const { body } = await world().ask('{ poles(first: 3) { edges { node { name } } totalCount } }');
    expect(body.extensions).toEqual({ cost: { requested: 1 + 3 * (1 + 1 + 1) + 1, maximum: 100_000 } });
  });

  it('count a page of the default size where none is given, ids one by one, and nothing that is left out', async () => {
    const cost = async (query: string, variables?: object): Promise<unknown> =>
      (await world().ask(query, { variables })).body.extensions?.cost;
    expect(await cost('{ poles { nodes { name } } }')).toMatchObject({ requested: 1 + 20 * 2 });
    expect(await cost('{ nodes(ids: ["a", "b", "c"]) { name } }')).toMatchObject({ requested: 3 * 2 });
    expect(
      await cost('query ($s: Boolean!) { word poles(first: 9) @skip(if: $s) { totalCount } }', { s: true }),
    ).toMatchObject({
      requested: 1,
    });
  });

  it('count again what is asked with other sizes, whatever was asked before with arguments that are invalid or left out', async () => {
    const { ask } = world();
    const query =
      'query ($n: Int, $kind: String = "any", $s: Boolean! = false) { projects(first: $n, kind: $kind) { nodes { name @skip(if: $s) } } }';
    const costs: unknown[] = [];
    for (const variables of [{ n: 200, kind: null }, { n: 200 }, {}, { n: null }, { n: 2 }, { n: 2, s: true }]) {
      const { body } = await ask(query, { variables });
      costs.push((body.extensions as { cost: { requested: number } }).cost.requested);
    }
    expect(costs).toEqual([401, 401, 41, 41, 5, 3]);
  });

  it('believe what a field says of its own cost', async () => {
    const asked = world();
    const { word, nodes } = asked.schema.getQueryType()!.getFields();
    word!.extensions = { cost: { weight: 50 } };
    nodes!.extensions = { cost: { weight: 7 } };
    const { body } = await asked.ask('{ word nodes(ids: ["a", "b"]) { name } }');
    expect(body.extensions).toMatchObject({ cost: { requested: 50 + 6 + 2 * 2 } });
  });

  it('count what fragments in fragments multiply, without walking it', async () => {
    // Each fragment uses the next twice, inside other fields: 2^18 pages of one.
    const fragments = repeated(9, (n) => {
      const next = n === 8 ? 'name' : `...F${n + 1}`;
      return `fragment F${n} on Pole { a: members(first: 2) { nodes { ${next} } } b: members(first: 2) { nodes { ${next} } } }`;
    });
    const started = performance.now();
    const { code } = await world({ limits: { depth: 100 } }).ask(
      `{ poles(first: 1) { nodes { ...F0 } } } ${fragments}`,
    );
    expect(code).toBe('TOO_COSTLY');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('reject a body that is too large with 413, announced or not', async () => {
    const { application } = world({ limits: { bodyBytes: 100 } });
    const body = JSON.stringify({ query: `{ word } ${'#'.repeat(200)}` });
    const post = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
    for (const given of [body, new Blob([body]).stream()]) {
      const response = await application.fetch('http://grappe.test/graphql', {
        ...post,
        body: given,
        duplex: 'half',
      } as RequestInit);
      expect(response.status).toBe(413);
      const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
      expect(errors[0]!.extensions).toEqual({ code: 'BODY_TOO_LARGE', maximum: 100 });
      expect(errors[0]!.message).toContain('100');
    }
  });

  it('end an execution that takes too long, and abort its statements', async () => {
    const { ask, signals } = world({ limits: { timeMs: 500 } });
    const { status, body, code } = await ask('{ poles(first: 1) { totalCount } slow(ms: 5000) }');
    expect({ status, code }).toEqual({ status: 200, code: 'TIMEOUT' });
    expect(body.data).toBeNull();
    expect(body.errors![0]!.message).toContain('500 ms');
    expect(signals.at(-1)!.aborted).toBe(true);
    // The next one has its own time.
    expect((await ask('{ slow(ms: 1) }')).body.data).toEqual({ slow: 'done' });
  });

  it('let introspection pass, once per document and however large the schema', async () => {
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      specifiedByUrl: true,
      schemaDescription: true,
      oneOf: true,
    });
    const { ask } = world({ limits: { cost: 10 } });
    expect((await ask(query)).body.data).toHaveProperty('__schema');
    const greedy = `{ ${repeated(30, (n) => `a${n}: __schema { types { fields { type { fields { name args { name } } } } } }`)} }`;
    expect((await world({ limits: { rootFields: 50, cost: 10 } }).ask(greedy)).code).toBe('TOO_COSTLY');
  });
});

describe('in production', () => {
  const production = { introspection: false, graphiql: false };

  it('neither the schema nor GraphiQL is shown, and names are not guessed', async () => {
    const { ask, application } = world(production);
    expect((await ask('{ __schema { queryType { name } } }')).code).toBe('INTROSPECTION_DISABLED');
    expect((await ask('{ __type(name: "Pole") { name } }')).code).toBe('INTROSPECTION_DISABLED');
    expect((await ask('{ word __typename }')).body.data).toHaveProperty('__typename');
    expect((await ask('{ pole }')).body.errors![0]!.message).toBe('Cannot query field "pole" on type "Query".');
    const misspelt = await ask('query ($h: How!) { fail(how: $h) }', { variables: { h: 'BUGG' } });
    expect(misspelt.body.errors![0]!.message).not.toContain('BUG"?');
    expect(misspelt.body.errors![0]!.message).not.toMatch(/did you mean/i);
    const page = await application.fetch('http://grappe.test/graphql', { headers: { accept: 'text/html, */*;q=0.1' } });
    expect(page.headers.get('content-type')).not.toContain('html');
  });

  it('names are guessed where developers ask', async () => {
    expect((await world().ask('{ pole }')).body.errors![0]!.message).toContain('Did you mean "poles"');
  });
});

describe('other sites', () => {
  const post = { method: 'POST', body: '{"query":"{ word }"}' };
  const json = { 'content-type': 'application/json' };
  const fetched = async (init: RequestInit, config = {}): Promise<{ response: Response; code: unknown }> => {
    const response = await world(config).application.fetch('http://grappe.test/graphql?query={__typename}', init);
    const body = (await response.json().catch(() => ({}))) as { errors?: { extensions: { code: string } }[] };
    return { response, code: body.errors?.[0]?.extensions.code };
  };

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'cannot send what a browser sends without asking: %j',
    async (type) => {
      const { response, code } = await fetched({ ...post, headers: type ? { 'content-type': type } : {} });
      expect(response.status).toBe(415);
      expect(code).toBe('UNSUPPORTED_MEDIA_TYPE');
    },
  );

  it.each([
    [{ ...post, headers: { ...json, 'sec-fetch-site': 'cross-site' } }],
    [{ ...post, headers: { ...json, origin: 'https://evil.example', host: 'grappe.test' } }],
    [{ ...post, headers: { ...json, origin: 'null', host: 'grappe.test' } }],
    [{ headers: { 'sec-fetch-site': 'same-site' } }],
  ])('cannot make a visitor ask: %j', async (init) => {
    const { response, code } = await fetched(init as unknown as RequestInit);
    expect(response.status).toBe(403);
    expect(code).toBe('CROSS_SITE_REQUEST');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    [{ ...post, headers: { ...json, 'sec-fetch-site': 'same-origin', origin: 'http://grappe.test' } }],
    [{ ...post, headers: { ...json, origin: 'http://grappe.test', host: 'grappe.test' } }],
    [{ headers: { 'sec-fetch-site': 'none' } }],
    [{ headers: {} }],
  ])('are not what its own pages and programs are: %j', async (init) => {
    expect((await fetched(init as unknown as RequestInit)).code).toBeUndefined();
  });

  it('may ask and read when they are configured, without credentials', async () => {
    const friends = { corsOrigins: ['https://friend.example', 'https://other.example'] };
    const headers = { ...json, origin: 'https://friend.example', 'sec-fetch-site': 'cross-site' };
    const { response, code } = await fetched({ ...post, headers }, friends);
    expect(code).toBeUndefined();
    expect(response.headers.get('access-control-allow-origin')).toBe('https://friend.example');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('vary')).toContain('Origin');
    const { response: foreign } = await fetched(
      { ...post, headers: { ...headers, origin: 'https://evil.example' } },
      friends,
    );
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('learn from a preflight whether they may', async () => {
    const preflight = (origin: string): Promise<Response> =>
      Promise.resolve(
        world({ corsOrigins: ['https://friend.example'] }).application.fetch('http://grappe.test/graphql', {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        }),
      );
    const friend = await preflight('https://friend.example');
    expect(friend.headers.get('access-control-allow-origin')).toBe('https://friend.example');
    expect(friend.headers.get('access-control-allow-headers')).toContain('Content-Type');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('methods and bodies', () => {
  it.each([
    ['PUT', 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', 405, 'METHOD_NOT_ALLOWED'],
  ])('%s is rejected', async (method, status, code) => {
    const response = await world().application.fetch('http://grappe.test/graphql', { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toBe('GET, POST');
    expect(((await response.json()) as { errors: { extensions: object }[] }).errors[0]!.extensions).toMatchObject({
      code,
    });
  });

  it('a mutation is not made by GET', async () => {
    const response = await world().application.fetch('http://grappe.test/graphql?query=mutation{touch}');
    expect(response.status).toBe(405);
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(errors[0]!.extensions).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it.each(['', 'x', '[]', '[{"query":"{word}"}]', '1', 'null', '{"query":1}', '{"query":"{word}","x":1}', '{}'])(
    'the body %j is a bad request',
    async (body) => {
      const response = await world().application.fetch('http://grappe.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_REQUEST' });
    },
  );

  it.each(['query={word}&variables=x', 'query={word}&variables={', 'query={word}&extensions=[', 'query=', ''])(
    'the address ?%s is a bad request',
    async (parameters) => {
      const response = await world().application.fetch(`http://grappe.test/graphql?${parameters}`, {
        headers: { accept: 'application/graphql-response+json' },
      });
      expect(response.status).toBe(400);
    },
  );
});
