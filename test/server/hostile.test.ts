import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type World, world } from './world.ts';

const RUNS = 2_000;

/** Words of our schema and of GraphQL, so that many documents get past the parser, and some past validation. */
const word = fc.constantFrom(
  'poles',
  'nodes',
  'edges',
  'node',
  'name',
  'members',
  'totalCount',
  'word',
  'fail',
  'slow',
  '__schema',
  '__type',
  '__typename',
  'types',
  'fields',
  'type',
  'ofType',
  'query',
  'mutation',
  'subscription',
  'fragment',
  'on',
  'Pole',
  'Query',
  'Filter',
  'F',
  'G',
);
const sign = fc.constantFrom(
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ':',
  '!',
  '$',
  '@',
  '...',
  '=',
  '|',
  '&',
  '"',
  '"""',
  '#',
  ',',
  '\n',
  '\\',
  '\0',
);
const value = fc.constantFrom(
  '1',
  '-1',
  '1e999',
  '99999999999',
  '"x"',
  '"\\u{110000}"',
  'null',
  'true',
  '{}',
  '[]',
  '$v',
  'ENUM',
);
const soup = fc
  .array(fc.oneof(word, sign, value, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 })
  .map((parts) => parts.join(' '));

/** Well formed, and as deep, wide or repetitive as it happens to come. */
const { selection } = fc.letrec<{ selection: string; field: string }>((of) => ({
  field: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('name', 'id', 'totalCount', '__typename', '...F', '...G', 'a: name', 'name @skip(if: $v)'),
    fc
      .tuple(
        fc.constantFrom('members', 'nodes', 'edges', 'node', 'poles', '... on Pole'),
        fc.integer({ min: -5, max: 2e9 }),
        of('selection'),
      )
      .map(
        ([field, first, inner]) =>
          `${field}${field === 'members' || field === 'poles' ? `(first: ${first})` : ''} ${inner}`,
      ),
  ),
  selection: fc.array(of('field'), { minLength: 1, maxLength: 6 }).map((fields) => `{ ${fields.join(' ')} }`),
}));
const shaped = fc
  .tuple(selection, selection, selection)
  .map(
    ([query, f, g]) =>
      `query ($v: Boolean) { poles(first: 2) { nodes ${query} } } fragment F on Pole ${f} fragment G on Pole ${g}`,
  );

const times = fc.integer({ min: 1, max: 20_000 });
const nested = fc
  .tuple(fc.constantFrom('{a', '{a:poles', '[', '{a:', '(', '$v:[', '...{', '"""', '{and:[', '@a('), times)
  .map(([unit, n]) => `{ poles ${unit.repeat(n)}`);
const repeated = fc
  .tuple(fc.constantFrom('word ', 'a:word ', '@skip(if:true) ', '...F ', '# ', 'poles{totalCount} ', '"x" '), times)
  .map(([unit, n]) => `{ word ${unit.repeat(n)} }`);
const cyclic = fc.constantFrom(
  '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  '{ ...A } fragment A on Query { ...A }',
  '{ poles { nodes { ...A } } } fragment A on Pole { members { nodes { ...A } } }',
);
const document = fc.oneof(soup, shaped, nested, repeated, cyclic, fc.string());

const deep = (open: string, close: string): fc.Arbitrary<string> => times.map((n) => open.repeat(n) + close.repeat(n));
const body = fc.oneof(
  fc.tuple(document, fc.jsonValue()).map(([query, variables]) => JSON.stringify({ query, variables })),
  fc
    .tuple(document, fc.jsonValue(), fc.jsonValue())
    .map(([query, operationName, extensions]) => JSON.stringify({ query, operationName, extensions })),
  deep('{"and":[', ']}').map(
    (f) =>
      `{"query":"query ($f: Filter) { poles(filter: $f) { totalCount } }","variables":{"f":${f.replace('[]', '[{}]')}}}`,
  ),
  deep('[', ']'),
  fc.constant(
    '{"query":"query ($f: Filter) { poles(filter: $f) { totalCount } }","variables":{"f":{"__proto__":{"x":1},"constructor":1}}}',
  ),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
const type = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'application/graphql',
  'application/graphql+json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'x',
);
const accept = fc.constantFrom(
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'text/event-stream',
  'multipart/mixed',
  'image/png',
  ';;;',
);

async function honest({ ask }: World): Promise<void> {
  const started = performance.now();
  const { body: answer } = await ask('{ poles(first: 1) { nodes { name } } }');
  expect(answer.data).toEqual({ poles: { nodes: [{ name: 'Pole <pole/0>' }] } });
  expect(performance.now() - started).toBeLessThan(250);
}

describe('hostile requests', () => {
  it('are answered without an error of the server, and delay nobody', async () => {
    const asked = world({ limits: { timeMs: 1_000 } });
    await fc.assert(
      fc.asyncProperty(body, type, accept, async (posted, contentType, accepted) => {
        const started = performance.now();
        const response = await asked.application.fetch('http://grappe.test/graphql', {
          method: 'POST',
          headers: { 'content-type': contentType, accept: accepted },
          body: posted,
        });
        await response.text();
        expect(response.status).toBeLessThan(500);
        expect(performance.now() - started).toBeLessThan(2_000);
      }),
      { numRuns: RUNS },
    );
    expect(asked.log.filter(({ msg }) => msg === 'unexpected error')).toEqual([]);
    await honest(asked);
  });

  it('are no more harmful in the address', async () => {
    const asked = world({ limits: { timeMs: 1_000 } });
    const parameters = fc.dictionary(
      fc.constantFrom('query', 'variables', 'extensions', 'operationName', 'x'),
      fc.oneof(document, fc.json()),
    );
    await fc.assert(
      fc.asyncProperty(parameters, accept, async (given, accepted) => {
        const query = new URLSearchParams(given).toString().slice(0, 15_000);
        const response = await asked.application.fetch(`http://grappe.test/graphql?${query}`, {
          headers: { accept: accepted },
        });
        await response.text();
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: RUNS / 4 },
    );
    await honest(asked);
  });
});
