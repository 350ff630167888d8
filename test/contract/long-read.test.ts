import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONG_READ_PAGE, longRead } from '../../src/graph/long-read.ts';
import { statement } from '../../src/graph/statement.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';

const fill = statement<never>(
  'fill',
  "UNWIND range(1, $total) AS number CREATE (n:Fixture {number: number, group: number % 2, key: 'k' + number})",
);
const numbersAfter = statement<{ number: number }>(
  'numbersAfter',
  'MATCH (n:Fixture) WHERE n.number > $after RETURN n.number AS number ORDER BY number LIMIT $limit',
);
const oddAfter = statement<{ number: number }>(
  'oddAfter',
  'MATCH (n:Fixture) WHERE n.group = $group AND n.number > $after RETURN n.number AS number ORDER BY number LIMIT $limit',
);

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.engine.ensureSchema([{ kind: 'node-index', label: 'Fixture', property: 'number' }]);
  await graph.engine.write((transaction) => transaction.run(fill, { total: 2 * LONG_READ_PAGE }));
});
afterAll(() => graph?.[Symbol.asyncDispose]());

describe('a long read', () => {
  it('brings every row once, in order, a page at a time', async () => {
    const seen: number[] = [];
    const pages: number[] = [];
    for await (const rows of longRead(graph.engine, numbersAfter, ({ number }) => number, 0)) {
      pages.push(rows.length);
      for (const { number } of rows) seen.push(number);
    }
    expect(pages).toEqual([LONG_READ_PAGE, LONG_READ_PAGE]);
    expect(seen).toEqual(Array.from({ length: 2 * LONG_READ_PAGE }, (_, place) => place + 1));
  });

  it('ends with a page that is not full', async () => {
    const pages: number[] = [];
    for await (const rows of longRead(graph.engine, numbersAfter, ({ number }) => number, LONG_READ_PAGE - 3)) {
      pages.push(rows.length);
    }
    expect(pages).toEqual([LONG_READ_PAGE, 3]);
  });

  it('brings no page where there is nothing', async () => {
    for await (const rows of longRead(graph.engine, numbersAfter, ({ number }) => number, 1e9)) {
      expect.unreachable(`${rows.length} rows`);
    }
  });

  it('passes parameters on to every page', async () => {
    let total = 0;
    for await (const rows of longRead(graph.engine, oddAfter, ({ number }) => number, 0, { group: 1 })) {
      expect(rows.every(({ number }) => number % 2 === 1)).toBe(true);
      total += rows.length;
    }
    expect(total).toBe(LONG_READ_PAGE);
  });

  it('asks for no page that nobody takes', async () => {
    const before = graph.engine.statements.length;
    for await (const _ of longRead(graph.engine, numbersAfter, ({ number }) => number, 0)) break;
    expect(graph.engine.statements.length - before).toBe(1);
  });

  it('ends with the reason when it is called off between two pages', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const reading = async (): Promise<void> => {
      const pages = longRead(graph.engine, numbersAfter, ({ number }) => number, 0, {}, { signal: controller.signal });
      for await (const _ of pages) controller.abort(reason);
    };
    await expect(reading()).rejects.toBe(reason);
  });
});
