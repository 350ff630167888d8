import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeType } from '../../src/domain/vocabulary.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { cases } from '../support/tier.ts';
import { Reference, type SortBy } from './filter-reference.ts';
import { known, networkFilters, organisationFilters, projectFilters, written } from './random-filters.ts';
import { fill, graphs } from './random-graph.ts';

/** Number of graphs, and of filters of each type for each graph. */
const GRAPHS = cases({ fast: 5, usual: 20, neo4j: 2, long: 100 });
const FILTERS_EACH = 3;

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const numberOf =
  (property: string): SortBy =>
  (node) =>
    Number(node[property] ?? 0);
const textOf =
  (property: string): SortBy =>
  (node) =>
    String(node[property] ?? '');
const NAME = null;

interface Listed {
  readonly field: string;
  readonly input: string;
  readonly order: string;
  readonly types: readonly NodeType[];
  readonly filters: fc.Arbitrary<object>;
  readonly orders: Readonly<Record<string, SortBy | null>>;
}

const endsOf =
  (direction: 'to' | 'from'): SortBy =>
  ({ id }, reference, asOf) =>
    new Set(reference.ends(id, 'MEMBER_OF', direction, asOf)).size;
const byMembers: SortBy = (node, reference, asOf) =>
  asOf === null ? Number(node.memberCount ?? 0) : endsOf('from')(node, reference, asOf);
const NETWORK_ORDERS = { NAME, SINCE: textOf('since'), MEMBER_COUNT: byMembers };
const network = (field: string, types: readonly NodeType[]): Listed => ({
  field,
  input: 'NetworkFilter',
  order: 'NetworkOrder',
  types,
  filters: networkFilters,
  orders: NETWORK_ORDERS,
});
const LISTS: readonly Listed[] = [
  {
    field: 'organisations',
    input: 'OrganisationFilter',
    order: 'OrganisationOrder',
    types: ['Organisation'],
    filters: organisationFilters,
    orders: {
      NAME,
      PARTNER_COUNT: numberOf('partnerCount'),
      PROJECT_COUNT: numberOf('projectCount'),
      NETWORK_COUNT: endsOf('to'),
      CREATED_AT: textOf('createdAt'),
    },
  },
  network('networks', ['Pole', 'Cluster']),
  network('poles', ['Pole']),
  network('clusters', ['Cluster']),
  {
    field: 'projects',
    input: 'ProjectFilter',
    order: 'ProjectOrder',
    types: ['Project'],
    filters: projectFilters,
    orders: { NAME, START: textOf('since'), FUNDING: numberOf('funding') },
  },
];

const questionOf = ({ field, input, order }: Listed): string => /* GraphQL */ `
  query ($filter: ${input}, $orderBy: ${order}, $first: Int, $after: String, $last: Int, $before: String) {
    ${field}(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      nodes { id }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;

const totalOf = ({ field, input }: Listed): string =>
  `query ($filter: ${input}) { ${field}(filter: $filter) { totalCount } }`;

const idsIn = (nodes: readonly { id: string }[]): string[] => nodes.map(({ id }) => id);

/** All of a list as somebody is answered, read in pages from either end. */
async function readThrough(
  asker: Pick<TestGraph, 'ask'>,
  list: Listed,
  asked: object,
  { size, way }: Pick<Asked, 'size' | 'way'>,
): Promise<string[]> {
  const found: string[] = [];
  const [count, cursor] = way === 'forward' ? ['first', 'after'] : ['last', 'before'];
  for (let at: string | null = null; ; ) {
    const answer = await asker.ask(questionOf(list), { ...asked, [count]: size, ...(at ? { [cursor]: at } : {}) });
    const { nodes, pageInfo } = answer[list.field];
    if (way === 'forward') found.push(...idsIn(nodes));
    else found.unshift(...idsIn(nodes));
    if (!(way === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return found;
    at = way === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
  }
}

interface Asked {
  readonly filter: object;
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
  readonly size: number;
  readonly way: 'forward' | 'backward';
}

const askedOf = ({ filters, orders }: Listed): fc.Arbitrary<Asked> =>
  fc.record({
    filter: filters,
    field: fc.constantFrom(...Object.keys(orders)),
    direction: fc.constantFrom('ASC', 'DESC'),
    size: fc.integer({ min: 1, max: 7 }),
    way: fc.constantFrom('forward', 'backward'),
  });

describe('filters, orders and pages', () => {
  it('equal a plain in-memory reference on random graphs, from the snapshot and from statements', async () => {
    const questions = fc.tuple(
      ...LISTS.map((list) => fc.array(askedOf(list), { minLength: FILTERS_EACH, maxLength: FILTERS_EACH })),
    );
    const property = fc.asyncProperty(graphs, questions, async (plain, asked) => {
      await fill(graph.engine, plain);
      await graph.graph.snapshot!.load();
      const reference = new Reference(plain);
      for (const [place, list] of LISTS.entries()) {
        for (const { filter: made, field, direction, ...part } of asked[place]!) {
          const filter = known(made, plain);
          const expected = idsIn(reference.list(list.types, filter, list.orders[field]!, direction));
          const given = { filter: written(filter), orderBy: { field, direction } };
          const description = `${list.field} ${JSON.stringify(given)}`;
          for (const asker of [graph, graph.plain]) {
            expect(await readThrough(asker, list, given, part), description).toEqual(expected);
            const { totalCount } = (await asker.ask(totalOf(list), { filter: given.filter }))[list.field];
            expect(totalCount, description).toBe(expected.length);
          }
        }
      }
    });
    await fc.assert(property, GRAPHS);
  });
});
