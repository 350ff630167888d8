import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/schema.ts';
import { world } from '../server/world.ts';

const EVENTS = { accept: 'text/event-stream, application/json' };
/** The real schema: what is rejected asks nothing of the graph. */
const served = () => world({ schema });

describe('a subscription whose field may be left out', () => {
  it.each([
    'subscription { graphChanged @skip(if: true) { sequence } }',
    'subscription { graphChanged @include(if: false) { sequence } }',
    'subscription ($x: Boolean!) { graphChanged @include(if: $x) { sequence } }',
    'subscription { ... @skip(if: true) { graphChanged { sequence } } }',
    'subscription { ...F @skip(if: true) } fragment F on Subscription { graphChanged { sequence } }',
    'subscription { ...F } fragment F on Subscription { ... @include(if: false) { graphChanged { sequence } } }',
    'subscription { ...F } fragment F on Subscription { graphChanged @skip(if: true) { sequence } }',
  ])('is rejected: %s', async (query) => {
    const { body, code, status } = await served().ask(query, { headers: EVENTS, variables: { x: true } });
    expect({ code, status }).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED', status: 200 });
    expect(body.errors![0]!.message).toContain('@skip and @include');
  });
});

const DATE = 'query ($d: PartialDate) { pole(id: "pole/a") { territory(asOf: $d) { id } } }';

/** What the JSON of a variable may hold. */
const NO_DATES: readonly string[] = [
  '{"toString": 1}',
  '{"toString": null, "valueOf": null}',
  '{"toJSON": 1, "constructor": 1, "then": 1}',
  '{"__proto__": null}',
  '[]',
  '[{"toString": 1}]',
  '2009',
  'true',
  '1e300',
  '"2009-13"',
];

describe('a value that is none of its scalar', () => {
  it.each(NO_DATES)('is rejected, whatever it holds: %s', async (json) => {
    const headers = { accept: 'application/graphql-response+json' };
    const { code, status, body } = await served().ask(DATE, { variables: { d: JSON.parse(json) }, headers });
    expect({ code, status, data: body.data }).toEqual({ code: 'BAD_USER_INPUT', status: 400, data: undefined });
  });
});

describe('the list of errors', () => {
  it('has five entries at the most: of a document', async () => {
    const misspelt = Array.from({ length: 300 }, (_, place) => `x${place}`).join(' ');
    const { body } = await served().ask(`{ poles { ${misspelt} } }`);
    expect(body.errors).toHaveLength(5);
    for (const { message } of body.errors!) expect(message).toContain('Cannot query field');
  });

  it('has five entries at the most: of variables', async () => {
    const filter = Object.fromEntries(Array.from({ length: 300 }, (_, place) => [`x${place}`, 1]));
    const query = 'query ($f: NetworkFilter) { poles(filter: $f) { totalCount } }';
    const { body } = await served().ask(query, { variables: { f: filter } });
    expect(body.errors).toHaveLength(5);
    for (const { extensions } of body.errors!) expect(extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('the list of errors of an answer', () => {
  it('has five entries at the most, beside the data', async () => {
    const fails = Array.from({ length: 20 }, (_, place) => `f${place}: fail(how: FILTER)`).join(' ');
    const { body } = await world().ask(`{ ${fails} }`);
    expect(body.errors).toHaveLength(5);
    expect(Object.keys(body.data!)).toHaveLength(20);
  });
});

describe('the same field in one place', () => {
  it.each([
    ['alone', `{ poles(first: 1) { ${'nodes { id } '.repeat(480)} } }`],
    ['inside others', `{ poles(first: 1) { ${`nodes { ${'id '.repeat(46)} } `.repeat(40)} } }`],
    [
      'through fragments',
      `{ poles(first: 1) { ${'...F '.repeat(9)} ${Array.from({ length: 9 }, (_, n) => `... on PolesConnection { ${`nodes { id name ...G${n} } `.repeat(20)} }`).join(' ')} } } fragment F on PolesConnection { nodes { id } } ${Array.from({ length: 9 }, (_, n) => `fragment G${n} on Pole { ${'id '.repeat(60)} }`).join(' ')}`,
    ],
  ])('is rejected by its name where it is selected too often: %s', async (_, query) => {
    const { code, body } = await served().ask(query);
    expect(code).toBe('TOO_MANY_REPEATS');
    expect(body.errors![0]!.message).not.toContain('aborted');
  });
});
