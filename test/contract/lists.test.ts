import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { type Arguments, expectedEdges, LISTS, type ListCase, parentsOf, sizeOf } from '../support/lists.ts';
import { Reference } from '../support/reference.ts';
import { amount } from '../support/tier.ts';
import { connectionOf, loadersOf, walk } from '../support/walk.ts';
import { richWorld } from '../support/world-of-plan.ts';

const IN_EVERY_COMBINATION = amount({ usual: 1, neo4j: 0, long: 1 }) === 1;

const world = richWorld();
const reference = new Reference(world);

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
  await graph.import(world);
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const total = (list: ListCase, given: Arguments): number =>
  parentsOf(list, reference).reduce((sum, parent) => sum + sizeOf(list, reference, parent, given), 0);

/** A value of an argument that keeps some entries and leaves others out: any other would prove nothing. */
function tellingValue(list: ListCase, name: string, values: fc.Arbitrary<unknown>): unknown {
  const all = total(list, {});
  const telling = fc.sample(values, { numRuns: 60, seed: 7 }).filter((value) => {
    const size = total(list, { [name]: value });
    return size > 0 && size < all;
  });
  if (telling.length === 0) throw new Error(`No value of ${name} distinguishes entries of ${list.name}.`);
  return telling[0];
}

/**
 * Every combination of a list's arguments, in every order. Neo4j plans each again, which takes minutes: in a usual run it
 * meets each argument alone and all together in one order, and every order without arguments.
 */
function combinations(list: ListCase): Arguments[] {
  let all: Arguments[] = [{}];
  for (const [name, values] of Object.entries(list.filters)) {
    const value = tellingValue(list, name, values);
    all = all.flatMap((given) => [given, { ...given, [name]: value }]);
  }
  const most = Object.keys(list.filters).length;
  if (!IN_EVERY_COMBINATION) all = all.filter((given) => [0, 1, most].includes(Object.keys(given).length));
  // Read backward, an order asks with the texts of the opposite one.
  const directions = IN_EVERY_COMBINATION ? ['ASC', 'DESC'] : ['ASC'];
  const orders = list.orders.flatMap((field) => directions.map((direction) => ({ field, direction })));
  const ordersOf = (given: Arguments): typeof orders =>
    IN_EVERY_COMBINATION || Object.keys(given).length === 0 ? orders : orders.slice(-1);
  return all.flatMap((given) =>
    orders.length === 0 ? [given] : ordersOf(given).map((orderBy) => ({ ...given, orderBy })),
  );
}

/** Does a few things at a time: a database has only so many connections. */
async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const turn = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, turn));
}

/** The parent that has most to list, under the fewest conditions. */
function richestParent(list: ListCase): string {
  const sized = parentsOf(list, reference).map((parent) => ({
    parent,
    size: sizeOf(list, reference, parent, {}),
  }));
  return sized.reduce((most, one) => (one.size > most.size ? one : most)).parent;
}

describe('the statements of each list, in every combination of conditions, order and direction', () => {
  it.each(LISTS)('$name', async (list) => {
    const parents = parentsOf(list, reference);
    const richest = richestParent(list);
    expect(sizeOf(list, reference, richest, {})).toBeGreaterThan(list.most === 1 ? 0 : 1);
    await inTurn([{}, ...combinations(list)], async (given) => {
      const loaders = loadersOf(graph.engine);
      const request = list.request(given);
      const edges = new Map(parents.map((parent) => [parent, expectedEdges(list, reference, parent, given)]));
      // The first page of all parents is one statement, and so are all totals; records that are named take one more.
      const before = loaders.batches.statements;
      const pages = parents.map((parent) => connectionOf(loaders, request, { first: 2 }, parent));
      const [firsts, totals] = await Promise.all([
        Promise.all(pages.map((page) => page.page())),
        Promise.all(pages.map((page) => page.total())),
      ]);
      expect(loaders.batches.statements - before).toBeOneOf([2, 3]);
      for (const [place, parent] of parents.entries()) {
        const plain = firsts[place]!.edges.map(({ cursor: _, ...edge }) => edge);
        expect(plain, `${list.name} of ${parent}`).toEqual(edges.get(parent)!.slice(0, 2));
        expect(totals[place], `count of ${list.name} of ${parent}`).toBe(edges.get(parent)!.length);
      }
      // Backward reads the texts of the opposite order: once for each order is enough.
      const isUnfiltered = Object.keys(given).every((name) => name === 'orderBy');
      for (const direction of isUnfiltered ? (['forward', 'backward'] as const) : (['forward'] as const)) {
        const read = await walk(loaders, request, richest, { direction, sizes: [1, 3] });
        expect(read, `${list.name} ${direction} ${JSON.stringify(given)}`).toEqual(edges.get(richest));
      }
    });
  });
});

describe('the names of lists', () => {
  it('are their own: loaders distinguish statements by them', () => {
    const listings = LISTS.map((list) => list.request({}).listing);
    expect(new Set(listings.map(({ name }) => name)).size).toBe(new Set(listings).size);
  });
});
