import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driverParameters } from '../../src/graph/neo4j/values.ts';
import { type GraphValue, statement } from '../../src/graph/statement.ts';
import { bareGraph, type TestGraph } from '../support/graph.ts';

const echo = statement<{ value: GraphValue }>('echo', 'RETURN $value AS value');
const keep = statement<never>('keep', 'CREATE (n:Fixture) SET n = $properties');
const stored = statement<{ properties: Record<string, GraphValue> }>(
  'stored',
  'MATCH (n:Fixture {id: $id}) RETURN properties(n) AS properties',
);
const element = statement<{ value: GraphValue }>('element', 'UNWIND $values AS value RETURN value');

let graph: TestGraph;
beforeAll(async () => {
  graph = await bareGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

async function echoed(value: GraphValue): Promise<GraphValue> {
  const [row] = await graph.engine.read(echo, { value });
  return row!.value;
}

/** Text that UTF-8 can hold; neither engine has a negative zero. */
const anyText = fc.string({ unit: 'grapheme' });
const anyNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const anyValue = fc.letrec<{ value: GraphValue }>((of) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    anyNumber,
    anyText,
    fc.array(of('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]\w{0,5}$/), of('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('values of statements', () => {
  it.each<[string, GraphValue]>([
    ['nothing', null],
    ['yes', true],
    ['no', false],
    ['zero', 0],
    ['the largest exact whole number', Number.MAX_SAFE_INTEGER],
    ['the smallest exact whole number', Number.MIN_SAFE_INTEGER],
    ['a whole number beyond them', 2 ** 60],
    ['a fraction', 0.1],
    ['a very large number', 1e300],
    ['a very small number', 5e-324],
    ['an empty text', ''],
    ['accents, ligatures and emoji', "L'Œuvre d'Été, 𝒜, 日本語, 👩‍🔬 e\u0301"],
    ['quotes and backslashes', `'"\\\n\r\t`],
    ['a long text', 'x'.repeat(70_000)],
    ['an empty list', []],
    ['lists in lists', [[], [1, [null, 'a']], [[[]]]]],
    ['a list of all kinds', [1, 1.5, 'one', true, null]],
    ['an empty map', {}],
    ['a map with nothing in it', { a: null, b: { c: [{ d: null }] } }],
  ])('carry %s there and back', async (_, value) => {
    expect(await echoed(value)).toEqual(value);
  });

  it('carry any value there and back', async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, async (value) => {
        expect(await echoed(value)).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('keep properties as they were given, and those that are null as absent', async () => {
    const properties = {
      id: 'fixture/1',
      text: 'Mecanic Vallée',
      empty: '',
      flag: false,
      whole: 210,
      large: Number.MAX_SAFE_INTEGER,
      fraction: 0.25,
      words: ['b', 'a', ''],
      numbers: [3, 1, 2],
      none: [],
    };
    await graph.engine.write((transaction) => transaction.run(keep, { properties: { ...properties, nothing: null } }));
    expect(await graph.engine.read(stored, { id: 'fixture/1' })).toEqual([{ properties }]);
  });

  it('distinguish a stored integer from a text that looks like one', async () => {
    await graph.engine.write((transaction) =>
      transaction.run(keep, { properties: { id: 'fixture/2', number: 12, text: '12' } }),
    );
    const [row] = await graph.engine.read(stored, { id: 'fixture/2' });
    expect(row!.properties).toEqual({ id: 'fixture/2', number: 12, text: '12' });
  });

  it('give no rows for an empty list, and one for each element of another', async () => {
    expect(await graph.engine.read(element, { values: [] })).toEqual([]);
    expect(await graph.engine.read(element, { values: [2, 2, null] })).toEqual([
      { value: 2 },
      { value: 2 },
      { value: null },
    ]);
  });

  it('stand for LIMIT, as whole numbers must', async () => {
    const some = statement<{ value: number }>('some', 'UNWIND range(1, 9) AS value RETURN value LIMIT $limit');
    expect(await graph.engine.read(some, { limit: 2 })).toHaveLength(2);
    expect(await graph.engine.read(some, { limit: 0 })).toEqual([]);
  });

  it('divide, add up and compare alike', async () => {
    const sums = statement<{ values: GraphValue }>(
      'sums',
      'RETURN [7 / 2, 7.0 / 2, 1 = 1.0, coalesce(null, 3), 2 > 1, size($list), $list[1]] AS values',
    );
    const [row] = await graph.engine.read(sums, { list: ['a', '👩‍🔬'] });
    expect(row!.values).toEqual([3, 3.5, true, 3, true, 2, '👩‍🔬']);
  });

  it('are ordered by code point, nothing last, as the keys of lists are', async () => {
    const ordered = statement<{ key: string | null }>('ordered', 'MATCH (n:Ordered) RETURN n.key AS key ORDER BY key');
    const keys = ['', '\u0001', ' ', '-', '0', '9', 'B', 'a', 'a\u0001b', 'a b', 'aa', 'é', '日', '豈', '𠮷'];
    const make = statement<never>('make', 'UNWIND $rows AS row CREATE (n:Ordered) SET n = row');
    const rows = [...keys.toReversed(), null].map((key) => ({ key }));
    await graph.engine.write((transaction) => transaction.run(make, { rows }));
    expect((await graph.engine.read(ordered)).map(({ key }) => key)).toEqual([...keys, null]);
  });
});

describe('what Neo4j cannot hold', () => {
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a Date', new Date(0)],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 10n],
    ['a Map', new Map()],
    ['bytes', Buffer.from('a')],
    ['a function', () => 1],
  ])('is rejected before it is sent, by its path: %s', (_, value) => {
    expect(() => driverParameters({ rows: [{ fine: 1 }, { since: value as null }] })).toThrow(
      new TypeError(
        typeof value === 'number'
          ? 'The parameter $rows[1].since is not a finite number.'
          : 'The parameter $rows[1].since is neither text, number, boolean, list nor plain map.',
      ),
    );
  });
});
