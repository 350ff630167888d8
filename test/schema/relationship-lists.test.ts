import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareTexts, sortKeyOf } from '../../src/domain/fold.ts';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { Reference } from '../support/reference.ts';
import type { Edge } from '../support/reference-graph.ts';
import { World } from '../support/world.ts';
import { richWorld } from '../support/world-of-plan.ts';

const world = richWorld();
const reference = new Reference(world);

/** Relationships of a type, whichever way a list shows them. */
const all = (type: Edge['type']): Edge[] => reference.edges.filter((edge) => edge.type === type);

let graph: TestGraph;
/** Asked from the snapshot, and without one. */
let askers: readonly { readonly name: string; readonly ask: (source: string) => ReturnType<TestGraph['ask']> }[];

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.import(world);
  const served = await graph.inMemory();
  askers = [
    { name: 'snapshot', ask: (source) => served.ask(source) },
    { name: 'statements', ask: (source) => graph.plain.ask(source) },
  ];
});
afterAll(() => graph?.[Symbol.asyncDispose]());

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const nameOf = ({ from }: Edge): string => sortKeyOf(text(from.fields.name), from.id);

/** Keys of the orders that both lists have, and of partnerships alone. */
const KEYS: Readonly<Record<string, (edge: Edge) => string | number>> = {
  NAME: () => '',
  SINCE: ({ fields }) => text(fields.since),
  UNTIL: ({ fields }) => text(fields.until),
  STRENGTH: ({ fields }) => Number(fields.strength ?? 0),
  PROJECT_COUNT: ({ fields }) => Number(fields.projectCount ?? 0),
};

/** The identifiers of some relationships in an order of the API. */
function inOrder(edges: readonly Edge[], field: string, direction: 'ASC' | 'DESC'): string[] {
  const keyOf = KEYS[field]!;
  const sign = direction === 'ASC' ? 1 : -1;
  // By name alone the direction is that of the names.
  const ofNames = field === 'NAME' ? sign : 1;
  const compareKeys = (a: string | number, b: string | number): number =>
    typeof a === 'number' ? a - Number(b) : compareTexts(a, String(b));
  return edges
    .toSorted(
      (a, b) =>
        sign * compareKeys(keyOf(a), keyOf(b)) ||
        ofNames * (compareTexts(nameOf(a), nameOf(b)) || compareTexts(a.id, b.id)),
    )
    .map(({ id }) => id);
}

/** A list from one end to the other, in pages of some size, as one asker answers it. */
async function walked(
  ask: (source: string) => ReturnType<TestGraph['ask']>,
  field: string,
  args: string,
  way: 'forward' | 'backward',
  size: number,
): Promise<string[]> {
  const [count, cursor] = way === 'forward' ? ['first', 'after'] : ['last', 'before'];
  const read: string[] = [];
  for (let at: string | null = null; ; ) {
    const given = `${count}: ${size} ${at === null ? '' : `${cursor}: "${at}"`} ${args}`;
    const answer = await ask(
      `{ list: ${field}(${given}) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    );
    const { nodes, pageInfo } = answer.list;
    const ids = nodes.map((node: { id: string }) => node.id);
    if (way === 'forward') read.push(...ids);
    else read.unshift(...ids);
    if (!(way === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return read;
    at = way === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
  }
}

/** Values and their numbers, as a facet by count shows them. */
function counted(values: readonly string[]): { value: string; count: number }[] {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts]
    .map(([value, some]) => ({ value, count: some.length }))
    .sort((a, b) => b.count - a.count || compareTexts(a.value, b.value));
}

const years = (edges: readonly Edge[], field: 'since' | 'until'): string[] =>
  edges.flatMap(({ fields }) => (fields[field] === undefined ? [] : [String(fields[field]).slice(0, 4)]));

const holds = ({ valid }: Edge, from: string, to = from): boolean =>
  valid.from <= lastDay(to as PartialDate) && valid.to >= firstDay(from as PartialDate);

const within = (date: unknown, from: string, to: string): boolean =>
  date !== undefined &&
  String(date) >= firstDay(from as PartialDate).slice(0, String(date).length) &&
  String(date) <= lastDay(to as PartialDate);

interface Filtered {
  readonly args: string;
  readonly matches: (edge: Edge) => boolean;
}

const memberships = all('MEMBER_OF');
const partnerships = all('PARTNERS_WITH');
const idsOf = (edges: readonly Edge[], end: 'from' | 'to', most: number): string[] =>
  [...new Set(edges.map((edge) => edge[end].id))].slice(0, most);
const [networks, members] = [idsOf(memberships, 'to', 2), idsOf(memberships, 'from', 4)];
const partners = [...idsOf(partnerships, 'from', 3), ...idsOf(partnerships, 'to', 5)];
const ids = (some: readonly string[]): string => JSON.stringify(some);

const MEMBERSHIPS: readonly Filtered[] = [
  { args: '', matches: () => true },
  { args: 'asOf: "2008"', matches: (edge) => holds(edge, '2008') },
  {
    args: 'filter: { role: [BOARD, FOUNDER] }',
    matches: ({ fields }) => ['BOARD', 'FOUNDER'].includes(text(fields.role)),
  },
  { args: `filter: { network: ${ids(networks)} }`, matches: ({ to }) => networks.includes(to.id) },
  { args: `filter: { member: ${ids(members)} }`, matches: ({ from }) => members.includes(from.id) },
  { args: 'filter: { memberKind: [CLUSTER, POLE] }', matches: ({ from }) => from.type !== 'Organisation' },
  {
    args: 'filter: { organisationKind: [COMPANY] }',
    matches: ({ from }) => from.type === 'Organisation' && from.fields.kind === 'COMPANY',
  },
  { args: 'filter: { during: { from: "2004", to: "2006" } }', matches: (edge) => holds(edge, '2004', '2006') },
  {
    args: 'filter: { startsIn: { from: "2003", to: "2008" } }',
    matches: ({ fields }) => within(fields.since, '2003', '2008'),
  },
  {
    args: 'filter: { endsIn: { from: "2005" } }',
    matches: ({ fields }) => within(fields.until, '2005', '9999'),
  },
];
const PARTNERSHIPS: readonly Filtered[] = [
  { args: '', matches: () => true },
  { args: 'asOf: "2008"', matches: (edge) => holds(edge, '2008') },
  { args: 'filter: { kind: [PROJECT] }', matches: ({ fields }) => fields.kind === 'PROJECT' },
  {
    args: `filter: { partner: ${ids(partners)} }`,
    matches: ({ from, to }) => partners.includes(from.id) || partners.includes(to.id),
  },
  {
    args: `filter: { between: ${ids(partners)} }`,
    matches: ({ from, to }) => partners.includes(from.id) && partners.includes(to.id),
  },
];

/** Each field with what it lists, its filters and its orders. */
const LISTS = [
  { field: 'memberships', edges: memberships, filters: MEMBERSHIPS, orders: ['NAME', 'SINCE', 'UNTIL'], kind: 'role' },
  {
    field: 'partnerships',
    edges: partnerships,
    filters: PARTNERSHIPS,
    orders: ['NAME', 'SINCE', 'STRENGTH', 'PROJECT_COUNT'],
    kind: 'kind',
  },
] as const;

describe.each(LISTS)('$field of the whole graph', ({ field, edges, filters, orders, kind }) => {
  it('are listed each once, in every order, forward and backward, from the snapshot and by statements', async () => {
    expect(edges.length).toBeGreaterThan(10);
    for (const { name, ask } of askers) {
      for (const order of orders) {
        for (const direction of ['ASC', 'DESC'] as const) {
          const args = `orderBy: { field: ${order}, direction: ${direction} }`;
          const expected = inOrder(edges, order, direction);
          const way = direction === 'ASC' ? 'forward' : 'backward';
          expect(await walked(ask, field, args, way, 7), `${name}: ${args}`).toEqual(expected);
        }
      }
    }
  });

  it('are filtered and counted as a loop over all of them is', async () => {
    for (const { args, matches } of filters) {
      const some = edges.filter(matches);
      // A filter that matches nothing or all would prove nothing.
      expect(some.length, args).toBeGreaterThan(0);
      expect(some.length === edges.length, args).toBe(args === '');
      const given = args === '' ? '' : `(${args})`;
      const facets = `{ kinds: ${kind}s { value count } sinceYears { value count } untilYears { value count } }`;
      for (const { name, ask } of askers) {
        const { list } = await ask(`{ list: ${field}${given} { totalCount facets ${facets} } }`);
        expect(list, `${name}: ${args}`).toEqual({
          totalCount: some.length,
          facets: {
            kinds: counted(some.map(({ fields }) => text(fields[kind]))),
            sinceYears: counted(years(some, 'since')),
            untilYears: counted(years(some, 'until')),
          },
        });
        const read = await walked(ask, field, args, 'forward', 50);
        expect(read, `${name}: ${args}`).toEqual(inOrder(some, 'NAME', 'ASC'));
      }
    }
  });
});

describe('memberships of the whole graph', () => {
  it('say who, where and since when, with the networks counted', async () => {
    const expected = counted(memberships.map(({ to }) => to.id));
    for (const { ask } of askers) {
      const { memberships: list } = await ask(`{ memberships(first: 1) {
        edges { cursor node { id role since until member { id } network { id } sources { id } } }
        facets { networks(first: 200) { value count node { id } } memberKinds { value count } }
      } }`);
      const first = memberships.find(({ id }) => id === list.edges[0].node.id)!;
      expect(list.edges[0].node).toMatchObject({
        role: first.fields.role,
        since: first.fields.since ?? null,
        member: { id: first.from.id },
        network: { id: first.to.id },
      });
      expect(list.facets.networks).toEqual(expected.map((each) => ({ ...each, node: { id: each.value } })));
      expect(list.facets.memberKinds).toEqual(counted(memberships.map(({ from }) => from.type.toUpperCase())));
    }
  });

  it('are read at the nodes that the snapshot knows, and their totals from it alone', async () => {
    const plan = async (source: string): Promise<readonly string[]> => (await graph.answer(source)).plan;
    expect(await plan('{ memberships(first: 2) { nodes { id } } }')).toEqual([
      'page of all memberships by snapshot, then statement',
    ]);
    expect(await plan('{ memberships(asOf: "2009") { totalCount } }')).toEqual([
      'total of all memberships by snapshot',
    ]);
  });

  it('answer a filter that cannot be meant with an error that names it', async () => {
    const { errors } = await graph.answer('{ memberships(filter: { network: ["pole/nowhere"] }) { totalCount } }');
    expect(errors[0]!.message).toBe(
      'filter: network: there is no network "pole/nowhere": give identifiers as id fields show them.',
    );
    const inverted = '{ partnerships(filter: { startsIn: { from: "2010", to: "2009" } }) { totalCount } }';
    expect(await graph.errorMessages(inverted)).toEqual(['filter: startsIn ends (2009) before it begins (2010).']);
  });
});

describe('a graph without relationships', () => {
  it('has empty lists of them', async () => {
    await using empty = await emptyGraph();
    await empty.fill(new World().organisation('organisation/alone'));
    const list = '{ totalCount nodes { id } facets { sinceYears { value } } }';
    expect(await empty.ask(`{ memberships ${list} partnerships ${list} }`)).toEqual({
      memberships: { totalCount: 0, nodes: [], facets: { sinceYears: [] } },
      partnerships: { totalCount: 0, nodes: [], facets: { sinceYears: [] } },
    });
  });
});
