import { graphql, isEnumType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../../schema/context.ts';
import { createGraph } from '../../schema/graph.ts';
import { schema } from '../../schema/schema.ts';
import { DEFAULT_LIMITS } from '../../src/config/limits.ts';
import { statement } from '../../src/graph/statement.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { hasArgument, isRequired, SCHEMA_LISTS, type SchemaList, type Step, wayTo } from '../support/schema-lists.ts';
import { World } from '../support/world.ts';

/** Lists that are inside another list, or need more groups of nodes than this world has: their suite reads them backward. */
const READ_ELSEWHERE: ReadonlySet<string> = new Set(['CommunityPartition.communities', 'Community.members']);
const PAGED = SCHEMA_LISTS.filter(
  ({ name, field }) => hasArgument(field, 'first') && hasArgument(field, 'last') && !READ_ELSEWHERE.has(name),
);
const SIZE = 3;
/** Questions of one request: as many as a server allows. */
const AT_ONCE = DEFAULT_LIMITS.rootFields;

/** A world in which some node of every type has more of everything than a page, alike in some of what orders it. */
function hubs(): World {
  const hubs = ['organisation/hub', 'pole/hub', 'cluster/hub'];
  const world = new World()
    .territory('territory/t')
    .topic('topic/t')
    .organisation('Hub', { id: hubs[0]!, territory: 'territory/t', topics: 'topic/t' })
    .pole('Hub', { id: hubs[1]! })
    .cluster('Hub', { id: hubs[2]! })
    .project('project/hub');
  for (let number = 0; number < 2 * SIZE; number++) {
    const [one, network, project] = [`organisation/${number}`, `pole/${number}`, `project/${number}`];
    const year = String(2005 + (number % 4));
    for (const about of [...hubs, 'territory/t'])
      world.indicator(about, 'members', number, { from: `20${10 + number}` });
    world
      .source(`source/${number}`, { title: `Source ${number % 5}` })
      .territory(`territory/${number}`, { name: `Part ${number % 5}` })
      .part(`territory/${number}`, 'territory/t')
      .topic(`topic/${number}`, { name: `Narrower ${number % 5}`, broader: 'topic/t' });
    world
      .organisation(`One ${number % 5}`, { id: one, territory: 'territory/t', topics: 'topic/t' })
      .organisation(`Above ${number % 5}`, { id: `organisation/above-${number}` })
      .pole(`Network ${number % 5}`, { id: network, since: year })
      .cluster(`Network ${number % 5}`, { id: `cluster/${number}`, since: year })
      .project(project, { name: `Project ${number % 5}`, start: year, labelledBy: hubs.slice(1) })
      .patent(String(number), { applicants: hubs[0]!, filedOn: year })
      .takesPart(one, 'project/hub');
    world.affiliation(one, hubs[0]!, { since: year }).affiliation(hubs[0]!, `organisation/above-${number}`);
    for (const hub of hubs) {
      world.member(hub, network, { since: year }).partners(hub, one, { since: year }).takesPart(hub, project);
      if (hub !== hubs[0]) world.member(one, hub, { since: year });
    }
  }
  return world;
}
const PAGE = 'nodes { __typename } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const idsOfAll = statement<{ id: string; type: string }>(
  'idsOfAll',
  'MATCH (n:Entity) RETURN n.id AS id, n.type AS type',
);

let graph: TestGraph;
let idsOf: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  graph = await emptyGraph();
  await graph.fill(hubs());
  const rows = await graph.engine.read(idsOfAll);
  idsOf = new Map(
    [...Map.groupBy(rows, ({ type }) => type)].map(([type, some]) => [type, some.map(({ id }) => id).sort()]),
  );
});
afterAll(() => graph?.[Symbol.asyncDispose]());

/** Values for the arguments that a list, or the way to it, cannot do without. */
const required = (): Readonly<Record<string, string>> => ({
  of: JSON.stringify(idsOf.get('Organisation')!.slice(0, 3)),
  from: '"2000"',
  to: '"2020"',
  measure: 'DEGREE',
});

function written(args: readonly string[]): string {
  return args.length === 0 ? '' : `(${args.join(', ')})`;
}

function requiredOf({ name, args }: SchemaList['field']): string[] {
  return args.filter(isRequired).map((arg) => {
    const value = required()[arg.name];
    if (value === undefined) throw new Error(`${name}(${arg.name}): add a value to this test.`);
    return `${arg.name}: ${value}`;
  });
}

/** A document that asks a list several times, each under a name of its own; `id` is that of its parent, where it is a node. */
function documentOf(list: SchemaList, id: string, pages: readonly string[], selection = PAGE): string {
  const asked = pages.map((page, place) => {
    const args = [...requiredOf(list.field), ...(page === '' ? [] : [page])];
    return `page${place}: ${list.field.name}${written(args)} { ${selection} }`;
  });
  const along = ({ field, on }: Step, inside: string): string => {
    const args = field.name === 'node' ? [`id: "${id}"`] : requiredOf(field);
    return `at: ${field.name}${written(args)} { ... on ${on.name} { ${inside} } }`;
  };
  return `{ ${wayTo(list).reduceRight((inside, step) => along(step, inside), asked.join(' '))} }`;
}

/** What is found of each page, in their order. */
function pagesIn(data: unknown): unknown[] {
  const { at, ...pages } = data as Record<string, unknown>;
  return at === undefined ? Object.values(pages) : pagesIn(at);
}

/** The parent that has most to list. */
async function richestParent(list: SchemaList): Promise<string> {
  if (wayTo(list)[0]?.field.name !== 'node') return '';
  const ids = idsOf.get(list.parent.name) ?? [];
  const totals = await Promise.all(
    ids.map(async (id) => {
      const [found] = pagesIn(await graph.ask(documentOf(list, id, [''], 'totalCount'))) as { totalCount: number }[];
      return { id, total: found!.totalCount };
    }),
  );
  return totals.toSorted((a, b) => b.total - a.total)[0]!.id;
}

/** Every order of a list, with its default. */
function ordersOf({ field }: SchemaList): string[] {
  const type = field.args.find(({ name }) => name === 'orderBy')?.type;
  if (!isInputObjectType(type)) return [''];
  const [fields, directions] = ['field', 'direction'].map((name) => {
    const its = type.getFields()[name]?.type;
    const named = its && 'ofType' in its ? its.ofType : its;
    if (!isEnumType(named)) throw new Error(`${type.name}.${name} is no enum: add the order to this test.`);
    // By distance is from a point that a filter names: test/schema/location.test.ts.
    return named.getValues().flatMap(({ name: value }) => (value === 'DISTANCE' ? [] : [value]));
  });
  const named = fields!.flatMap((by) => directions!.map((way) => `orderBy: { field: ${by}, direction: ${way} }`));
  return ['', ...named];
}

const pagesOf = (list: SchemaList): string[] =>
  ordersOf(list).flatMap((order) => ['first', 'last'].map((end) => `${end}: ${SIZE} ${order}`));

/** The entries of a list in an order, as far as they are there once. */
async function idsIn(list: SchemaList, id: string, order: string): Promise<string[]> {
  const asked = documentOf(list, id, [`first: 200 ${order}`], 'nodes { ... on Node { id } }');
  const [found] = pagesIn(await graph.ask(asked)) as { nodes: { id: string }[] }[];
  const ids = found!.nodes.map((node) => node.id);
  return ids.filter((one) => ids.indexOf(one) === ids.lastIndexOf(one));
}

/** Asks as one server does: what was found for one request may answer the next. */
function server(snapshotBytes: number): (source: string) => Promise<unknown> {
  const served = createGraph(graph.engine, { cache: { bytes: 1_000_000, stalenessMs: 0 }, snapshotBytes });
  const loaded = served.snapshot?.load();
  return async (source) => {
    await loaded;
    const contextValue = createContext(served, new AbortController().signal);
    const { data, errors } = await graphql({ schema, source, contextValue });
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data));
  };
}

it('the lists that can be read from both ends are found in the schema', () => {
  const names = PAGED.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Query.poles', 'Organisation.partners', 'Subgraph.nodes']));
});

describe.each(PAGED)('$name', (list) => {
  let id: string;
  let pages: string[];
  let alone: unknown[];

  beforeAll(async () => {
    id = await richestParent(list);
    const [whole] = pagesIn(await graph.ask(documentOf(list, id, [''], 'totalCount'))) as { totalCount: number }[];
    expect(whole!.totalCount, 'the fixture needs more entries in this list').toBeGreaterThan(SIZE);
    pages = pagesOf(list);
    alone = [];
    for (const page of pages) alone.push(pagesIn(await graph.ask(documentOf(list, id, [page])))[0]);
  });

  it('gives each page of one request as it gives it alone', async () => {
    const together: unknown[] = [];
    for (let start = 0; start < pages.length; start += AT_ONCE) {
      together.push(...pagesIn(await graph.ask(documentOf(list, id, pages.slice(start, start + AT_ONCE)))));
    }
    expect(together).toEqual(alone);
  });

  it('has what is equal in its order by name, in either direction', async () => {
    const [, ...orders] = ordersOf(list);
    const fields = new Set(orders.map((order) => order.replace(/, direction: .*/, '')));
    const byName = fields.has('orderBy: { field: NAME')
      ? await idsIn(list, id, 'orderBy: { field: NAME, direction: ASC }')
      : null;
    for (const field of fields) {
      if (byName === null || field.endsWith('NAME')) continue;
      const [up, down] = await Promise.all(
        ['ASC', 'DESC'].map((to) => idsIn(list, id, `${field}, direction: ${to} }`)),
      );
      const pairs = up!.flatMap((one, place) => up!.slice(place + 1).map((other) => [one, other] as const));
      // Of two that are not equal the one comes first in one direction, and the other in the other.
      const equal = pairs.filter(([one, other]) => down!.indexOf(one) < down!.indexOf(other));
      expect(equal.length, `${field}: the fixture needs equal entries`).toBeGreaterThan(0);
      for (const [one, other] of equal) expect(byName.indexOf(one), field).toBeLessThan(byName.indexOf(other));
    }
  });

  it.each(['first to last', 'last to first'])('gives each page after all others, read %s', async (order) => {
    // Measures are answered from the graph in memory.
    const ask = server(list.parent.name === 'Subgraph' ? 100_000_000 : 0);
    const places = order === 'first to last' ? [...pages.keys()] : [...pages.keys()].reverse();
    for (const place of [...places, ...places]) {
      const [found] = pagesIn(await ask(documentOf(list, id, [pages[place]!])));
      expect(found, pages[place]).toEqual(alone[place]);
    }
  });
});
