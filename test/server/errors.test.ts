import { describe, expect, it } from 'vitest';
import { createReadiness } from '../../src/server/observe/readiness.ts';
import { type Answer, SECRET, standInEngine, type World, world } from './world.ts';

async function asked(query: string): Promise<Answer & Pick<World, 'log'>> {
  const { ask, log } = world();
  return { ...(await ask(query)), log };
}

describe('errors', () => {
  it.each([
    ['UNAVAILABLE', 'DATABASE_UNAVAILABLE'],
    ['CREDENTIALS', 'DATABASE_UNAVAILABLE'],
    ['READ_ONLY', 'DATABASE_READ_ONLY'],
    ['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN'],
    ['TIMEOUT', 'TIMEOUT'],
    ['CONTENTION', 'CONTENTION'],
    ['NOT_UNIQUE', 'CONFLICT'],
    ['STORAGE_FULL', 'STORAGE_FULL'],
    ['STORAGE_FAILED', 'STORAGE_FAILED'],
  ])('reports a failure %s of the graph as %s, without its address, and logs it in full', async (how, code) => {
    const { ask, log } = world();
    const { status, body } = await ask(`{ fail(how: ${how}) poles { totalCount } }`);
    expect(status).toBe(200);
    expect(body.data).toEqual({ fail: null, poles: { totalCount: 95 } });
    expect(body.errors).toEqual([
      expect.objectContaining({ path: ['fail'], extensions: { code }, message: expect.stringMatching(/ /) }),
    ]);
    expect(JSON.stringify(body)).not.toContain(SECRET);
    expect(JSON.stringify(log)).toContain(SECRET);
    expect(JSON.stringify(log)).not.toContain('stack');
  });

  it.each(['BUG', 'TEXT', 'FAILED', 'LOCKED'])(
    'masks an unexpected %s, and finds it in the log by its request id',
    async (how) => {
      const { ask, log } = world();
      const { body, headers } = await ask(`{ fail(how: ${how}) }`);
      const requestId = headers.get('x-request-id');
      expect(body.errors).toEqual([
        expect.objectContaining({
          message: 'Unexpected error.',
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        }),
      ]);
      expect(JSON.stringify(body)).not.toContain(SECRET);
      const logged = log.find(({ msg }) => msg === 'unexpected error');
      expect(logged).toMatchObject({ requestId, path: ['fail'] });
      expect(JSON.stringify(logged)).toContain(SECRET);
    },
  );

  it.each(['broken', 'kind'])(
    'masks a value that does not fit the schema (%s): that is no error of the client',
    async (field) => {
      const { ask, log } = world();
      expect((await ask(`{ ${field} }`)).code).toBe('INTERNAL_SERVER_ERROR');
      expect(log.some(({ msg }) => msg === 'unexpected error')).toBe(true);
    },
  );

  it.each([
    ['CURSOR', 'BAD_CURSOR', '"x" is not a cursor.'],
    ['FILTER', 'BAD_FILTER', 'filter: 31 conditions in all; 30 is the most.'],
    ['PAGE', 'BAD_PAGE', 'first: 201 is more than 200.'],
  ])('reports the problem of a %s', async (how, code, message) => {
    const { body, log } = await asked(`{ fail(how: ${how}) }`);
    expect(body.errors?.[0]).toMatchObject({ message, extensions: { code } });
    expect(log).toHaveLength(1);
  });

  it('leave the status to a resolver where nothing could be answered', async () => {
    const { status, body, code } = await asked('{ forbidden }');
    expect({ status, body, code }).toMatchObject({ status: 403, body: { data: null }, code: 'FORBIDDEN' });
    expect(body.errors![0]!.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  it('logs once what fails for many', async () => {
    const { log } = await asked('{ a: fail(how: SAME) b: fail(how: SAME) }');
    expect(log.map(({ msg }) => msg)).toEqual(['graph failure', 'graphql']);
  });

  it.each([
    ['{ poles', undefined, 'GRAPHQL_PARSE_FAILED'],
    ['{ pole }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($ms: Int!) { slow(ms: $ms) }', { ms: 'x' }, 'BAD_USER_INPUT'],
    ['query ($ms: Int = 1) { slow(ms: $ms) }', { ms: null }, 'BAD_USER_INPUT'],
    ['query A { kind } query B { kind }', undefined, 'OPERATION_RESOLUTION_FAILURE'],
  ])('gives %s with %j the code %s', async (query, variables, code) => {
    const { ask } = world();
    expect((await ask(query, { variables })).code).toBe(code);
  });

  it('answers a question without an operation to run as a bad request, strictly where the client is strict', async () => {
    const { ask } = world();
    const accept = { accept: 'application/graphql-response+json' };
    for (const query of [
      '{ poles',
      '{ pole }',
      'query ($ms: Int!) { slow(ms: $ms) }',
      'fragment F on Query { kind }',
    ]) {
      const { status, body } = await ask(query, { headers: accept });
      expect(status).toBe(400);
      expect(body).not.toHaveProperty('data');
    }
  });

  it('masks the events of a subscription alike', async () => {
    const { application } = world();
    const url = `http://grappe.test/graphql?query=${encodeURIComponent('subscription { fails }')}`;
    const response = await application.fetch(url, { headers: { accept: 'text/event-stream' } });
    const text = await response.text();
    expect(text).toContain('INTERNAL_SERVER_ERROR');
    expect(text).not.toContain(SECRET);
  });

  it('answers at once while the database was never heard of, and describes its schema all the same', async () => {
    const { ask } = world({ readiness: createReadiness(), engine: standInEngine() });
    const rejected = await ask('{ poles { totalCount } }');
    expect(rejected).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' });
    expect(rejected.headers.get('retry-after')).toBe('5');
    expect((await ask('{ __schema { queryType { name } } }')).body.data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
  });
});

describe('the log', () => {
  it('has one line for each question, with what it took', async () => {
    const { ask, log } = world();
    await ask('query Names { poles(first: 2) { nodes { name } } }', { headers: { 'x-request-id': 'mine-1' } });
    expect(log).toEqual([
      expect.objectContaining({
        level: 30,
        msg: 'graphql',
        requestId: 'mine-1',
        operation: 'Names',
        type: 'query',
        status: 200,
        roundTrips: 3,
        statements: 4,
        cost: 5,
        outcome: 'ok',
      }),
    ]);
    expect(log[0]!.ms).toBeTypeOf('number');
  });

  it('names the codes of a question that failed, and of one that never ran', async () => {
    const { ask, log } = world();
    await ask('{ fail(how: CURSOR) other: fail(how: TIMEOUT) }');
    await ask('{ nothing }');
    const outcomes = log.filter(({ msg }) => msg === 'graphql').map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['BAD_CURSOR,TIMEOUT', 'GRAPHQL_VALIDATION_FAILED']);
  });

  it('has no line for health checks', async () => {
    const { application, log } = world();
    await application.fetch('http://grappe.test/livez');
    expect(log).toEqual([]);
  });
});

describe('the request id', () => {
  it.each(['/livez', '/readyz', '/', '/nothing', '/graphql'])('is on the answer of %s', async (path) => {
    const response = await world().application.fetch(`http://grappe.test${path}`);
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['a b', 'x'.repeat(65), '<script>', ''])('is generated where the client gave %j', async (given) => {
    const { headers } = await world().ask('{ kind }', { headers: { 'x-request-id': given } });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
