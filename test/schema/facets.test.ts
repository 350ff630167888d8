import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import type { NodeType } from '../../src/domain/vocabulary.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { cases } from '../support/tier.ts';
import { World } from '../support/world.ts';
import {
  fill,
  graphs,
  known,
  networkFilters,
  organisationFilters,
  type PlainGraph,
  type PlainNode,
  type PlainRelationship,
  projectFilters,
  Reference,
  written,
} from './random-graph.ts';

/** Graphs on which every facet of every connection is compared. */
const GRAPHS = cases({ fast: 6, usual: 30, neo4j: 4, long: 200 });
/** Graphs for the facets of filtered lists: each filter is a text of its own, that Neo4j plans again for every facet. */
const FILTERED_GRAPHS = cases({ fast: 6, usual: 20, neo4j: 2, long: 40 });

const DATE = '2007' as PartialDate;

let graph: TestGraph;

/** A graph for the tests of one `describe`. */
function withGraph(): void {
  beforeAll(async () => {
    graph = await emptyGraph();
  });
  afterAll(() => graph[Symbol.asyncDispose]());
}

const FACETS = /* GraphQL */ `
  fragment Facets on ActorFacets {
    actorKinds { ...Count }
    organisationKinds { ...Count }
    sectors: topics(scheme: SECTOR) { ...Count }
    oneMarket: topics(scheme: MARKET, first: 1) { ...Count }
    regions: territories(level: REGION) { ...Count }
    communes: territories(level: COMMUNE, first: 2) { ...Count }
    regionsThen: territories(level: REGION, asOf: "2007") { ...Count }
    sinceYears { ...Count }
    networkCounts { ...Count }
  }
  fragment Count on Facet { value label count node { id __typename } }`;

interface Count {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly node: { readonly id: string; readonly __typename: string } | null;
}

const READABLE: Readonly<Record<string, string>> = {
  ORGANISATION: 'Organisation',
  POLE: 'Pole',
  CLUSTER: 'Cluster',
  COMPANY: 'Company',
  RESEARCH: 'Research',
  TRAINING: 'Training',
};

/** One entry of a list: an actor, and the relationship that brings it there. */
interface Entry {
  readonly actor: PlainNode;
  readonly by: PlainRelationship | null;
}

/** Counts each actor once for each value that it has. */
function countBy(
  entries: readonly Entry[],
  valuesOf: (entry: Entry) => Iterable<string | undefined>,
): Map<string, number> {
  const having = new Map<string, Set<string>>();
  for (const entry of entries) {
    for (const value of valuesOf(entry)) {
      if (value === undefined) continue;
      having.set(value, (having.get(value) ?? new Set()).add(entry.actor.id));
    }
  }
  return new Map([...having].map(([value, actors]) => [value, actors.size]));
}

function ranked(counts: ReadonlyMap<string, number>, reference: Reference, first = 20): Count[] {
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, first)
    .map(([value, count]) => {
      const node = reference.byId.get(value);
      return {
        value,
        label: node?.name ?? READABLE[value] ?? value,
        count,
        node: node ? { id: node.id, __typename: node.type } : null,
      };
    });
}

/** The territories of a level in which an actor has its seat; without a date those that exist today. */
function placesOf(reference: Reference, actor: string, level: string, asOf: PartialDate | null): string[] {
  return [...reference.places(actor, asOf)].filter((id) => {
    const { kind, until } = reference.byId.get(id)!;
    return kind === level && (asOf !== null || until === undefined);
  });
}

/** What the facets of a list shall be; `dated` is the list's date. */
function expectedFacets(reference: Reference, entries: readonly Entry[], dated: PartialDate | null, ofFacts: boolean) {
  const topics = (scheme: string) =>
    countBy(entries, ({ actor }) =>
      reference.ends(actor.id, 'ABOUT', 'to').filter((id) => reference.byId.get(id)!.kind === scheme),
    );
  const places = (level: string, asOf = dated) =>
    countBy(entries, ({ actor }) => placesOf(reference, actor.id, level, asOf));
  return {
    actorKinds: ranked(
      countBy(entries, ({ actor }) => [actor.type.toUpperCase()]),
      reference,
    ),
    organisationKinds: ranked(
      countBy(entries, ({ actor }) => [actor.type === 'Organisation' ? String(actor.kind) : undefined]),
      reference,
    ),
    sectors: ranked(topics('SECTOR'), reference),
    oneMarket: ranked(topics('MARKET'), reference, 1),
    regions: ranked(places('REGION'), reference),
    communes: ranked(places('COMMUNE'), reference, 2),
    regionsThen: ranked(places('REGION', DATE), reference),
    networkCounts: ranked(
      countBy(entries, ({ actor: { id } }) => [String(new Set(reference.ends(id, 'MEMBER_OF', 'to', dated)).size)]),
      reference,
    ),
    sinceYears: ranked(
      countBy(entries, ({ actor, by }) => [((ofFacts ? by?.since : actor.since) as string | undefined)?.slice(0, 4)]),
      reference,
    ),
  };
}

/** Every connection of actors of a parent: its query, its types, and its entries. */
interface OfParent {
  readonly field: string;
  readonly parents: readonly NodeType[];
  readonly dated: PartialDate | null;
  readonly ofFacts: boolean;
  readonly entries: (plain: PlainGraph, reference: Reference, parent: PlainNode) => Entry[];
}

const isDated = ({ validFrom, validTo }: PlainRelationship): boolean =>
  validFrom <= `${DATE}-12-31` && validTo >= `${DATE}-01-01`;

function along(
  type: string,
  near: 'from' | 'to',
  choose: (by: PlainRelationship, actor: PlainNode) => boolean = () => true,
) {
  const far = near === 'from' ? 'to' : 'from';
  return (plain: PlainGraph, reference: Reference, parent: PlainNode): Entry[] =>
    plain.relationships
      .filter((each) => each.type === type && each[near] === parent.id)
      .map((by) => ({ by, actor: reference.byId.get(by[far])! }))
      .filter(({ by, actor }) => choose(by, actor));
}

function either(...ways: OfParent['entries'][]): OfParent['entries'] {
  return (...of) => ways.flatMap((way) => way(...of));
}

const ACTORS: readonly NodeType[] = ['Organisation', 'Pole', 'Cluster'];
const seatedIn =
  (dated: PartialDate | null) =>
  (plain: PlainGraph, reference: Reference, parent: PlainNode): Entry[] =>
    plain.nodes
      .filter(({ id, type }) => ACTORS.includes(type) && reference.places(id, dated).has(parent.id))
      .map((actor) => ({ actor, by: null }));

const OF_PARENT: readonly OfParent[] = [
  { field: 'members', parents: ['Pole', 'Cluster'], dated: null, ofFacts: true, entries: along('MEMBER_OF', 'to') },
  {
    field: `members(asOf: "${DATE}", actorKind: [ORGANISATION])`,
    parents: ['Pole', 'Cluster'],
    dated: DATE,
    ofFacts: true,
    entries: along('MEMBER_OF', 'to', (by, { type }) => isDated(by) && type === 'Organisation'),
  },
  {
    field: `members(asOf: "${DATE}", locatedIn: ["territory/1-eau", "territory/2-eau"])`,
    parents: ['Pole', 'Cluster'],
    dated: DATE,
    ofFacts: true,
    entries: (plain, reference, parent) =>
      along('MEMBER_OF', 'to', isDated)(plain, reference, parent).filter(({ actor }) => {
        const places = reference.places(actor.id, DATE);
        return places.has('territory/1-eau') || places.has('territory/2-eau');
      }),
  },
  { field: 'memberships', parents: ACTORS, dated: null, ofFacts: true, entries: along('MEMBER_OF', 'from') },
  {
    field: 'partners',
    parents: ACTORS,
    dated: null,
    ofFacts: true,
    entries: either(along('PARTNERS_WITH', 'from'), along('PARTNERS_WITH', 'to')),
  },
  {
    field: `partners(asOf: "${DATE}")`,
    parents: ACTORS,
    dated: DATE,
    ofFacts: true,
    entries: either(along('PARTNERS_WITH', 'from', isDated), along('PARTNERS_WITH', 'to', isDated)),
  },
  { field: 'participants', parents: ['Project'], dated: null, ofFacts: true, entries: along('PARTICIPATES_IN', 'to') },
  {
    field: 'actors',
    parents: ['Topic'],
    dated: null,
    ofFacts: false,
    entries: along('ABOUT', 'to', (_, { type }) => type !== 'Project'),
  },
  { field: 'actors', parents: ['Territory'], dated: null, ofFacts: false, entries: seatedIn(null) },
  { field: `actors(asOf: "${DATE}")`, parents: ['Territory'], dated: DATE, ofFacts: false, entries: seatedIn(DATE) },
];

const INTERFACE: Readonly<Record<string, string>> = { Pole: 'Network', Organisation: 'Actor' };

describe('facets', () => {
  withGraph();

  it('of every connection of actors equal a plain in-memory reference on random graphs', async () => {
    const property = fc.asyncProperty(graphs, async (plain) => {
      await fill(graph.engine, plain);
      await graph.graph.snapshot!.load();
      const reference = new Reference(plain);
      for (const { field, parents, dated, ofFacts, entries } of OF_PARENT) {
        const asked = plain.nodes.filter(({ type }) => parents.includes(type));
        const type = INTERFACE[parents[0]!] ?? parents[0];
        const source = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${field} { facets { ...Facets } } } } } ${FACETS}`;
        const name = field.replace(/\(.*/, '');
        for (const asker of [graph, graph.plain]) {
          const { nodes } = await asker.ask(source, { ids: asked.map(({ id }) => id) });
          for (const [place, parent] of asked.entries()) {
            const found = entries(plain, reference, parent);
            const description = `${field} of ${parent.id}`;
            expect(nodes[place][name].facets, description).toEqual(expectedFacets(reference, found, dated, ofFacts));
          }
        }
      }
    });
    await fc.assert(property, GRAPHS);
  });

  it('of projects count in the territories of those who take part, on random graphs', async () => {
    const property = fc.asyncProperty(graphs, async (plain) => {
      await fill(graph.engine, plain);
      await graph.graph.snapshot!.load();
      const reference = new Reference(plain);
      const projects = plain.nodes.filter(({ type }) => type === 'Project').map((actor) => ({ actor, by: null }));
      const regions = (asOf: PartialDate | null) =>
        ranked(
          countBy(projects, ({ actor: { id } }) =>
            reference
              .ends(id, 'PARTICIPATES_IN', 'from')
              .flatMap((participant) => placesOf(reference, participant, 'REGION', asOf)),
          ),
          reference,
        );
      for (const asker of [graph, graph.plain]) {
        const answer = await asker.ask(`{ projects { facets {
          today: territories(level: REGION) { ...Count }
          dated: territories(level: REGION, asOf: "${DATE}") { ...Count }
        } } } fragment Count on Facet { value label count node { id __typename } }`);
        expect(answer.projects.facets).toEqual({ today: regions(null), dated: regions(DATE) });
      }
    });
    await fc.assert(property, GRAPHS);
  });

  it('count what the filter of the list leaves', async () => {
    const property = fc.asyncProperty(
      graphs,
      organisationFilters,
      networkFilters,
      async (plain, ofOrganisations, ofNetworks) => {
        await fill(graph.engine, plain);
        await graph.graph.snapshot!.load();
        const reference = new Reference(plain);
        const lists: [field: string, input: string, types: NodeType[], filter: { asOf?: PartialDate | null }][] = [
          ['organisations', 'OrganisationFilter', ['Organisation'], ofOrganisations as object],
          ['networks', 'NetworkFilter', ['Pole', 'Cluster'], ofNetworks as object],
          ['poles', 'NetworkFilter', ['Pole'], ofNetworks as object],
          ['clusters', 'NetworkFilter', ['Cluster'], ofNetworks as object],
        ];
        for (const [field, input, types, made] of lists) {
          const filter = known(made, plain);
          const source = `query ($filter: ${input}) { ${field}(filter: $filter, first: 1) { facets { ...Facets } } } ${FACETS}`;
          const found = reference.list(types, filter, null, 'ASC').map((actor) => ({ actor, by: null }));
          const description = `${field} ${JSON.stringify(filter)}`;
          for (const asker of [graph, graph.plain]) {
            const answer = await asker.ask(source, { filter: written(filter) });
            expect(answer[field].facets, description).toEqual(
              expectedFacets(reference, found, filter.asOf ?? null, false),
            );
          }
        }
      },
    );
    await fc.assert(property, FILTERED_GRAPHS);
  });
});

describe('groups', () => {
  withGraph();

  /** Counts what is given of each, largest first. */
  const groupsOf = <Group extends object>(all: readonly Group[], keyOf: (group: Group) => string) =>
    [...Map.groupBy(all, (one) => JSON.stringify(one))]
      .map(([text, some]) => ({ ...(JSON.parse(text) as Group), count: some.length }))
      .sort((a, b) => b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1));
  const yearOf = ({ since }: PlainNode | PlainRelationship): number | null =>
    typeof since === 'string' ? Number(since.slice(0, 4)) : null;
  const GROUPS = /* GraphQL */ `
    query ($filter: ProjectFilter) {
      projects(filter: $filter, first: 1) {
        facets {
          both: groups(by: [PROGRAMME, START_YEAR]) { programme startYear count }
          years: groups(by: [START_YEAR]) { programme startYear count }
          two: groups(by: [START_YEAR, PROGRAMME], first: 2) { programme startYear count }
        }
      }
      both: partnershipGroups(by: [START_YEAR, KIND]) { kind startYear count }
      kinds: partnershipGroups(by: [KIND], asOf: "${DATE}") { kind startYear count }
      supply: partnershipGroups(by: [START_YEAR], kind: [SUPPLY, OTHER]) { kind startYear count }
    }`;

  it('of projects and partnerships equal a plain in-memory reference on random graphs', async () => {
    const property = fc.asyncProperty(graphs, projectFilters, async (plain, made) => {
      await fill(graph.engine, plain);
      await graph.graph.snapshot!.load();
      const filter = known(made, plain);
      const projects = new Reference(plain).list(['Project'], filter, null, 'ASC');
      const ofProjects = projects.map((node) => ({
        programme: (node.programme as string | undefined) ?? null,
        startYear: yearOf(node),
      }));
      const byBoth = groupsOf(ofProjects, ({ programme, startYear }) => `${programme ?? ''}\u001f${startYear ?? ''}`);
      const byYear = groupsOf(ofProjects, ({ programme, startYear }) => `${startYear ?? ''}\u001f${programme ?? ''}`);
      const years = groupsOf(
        ofProjects.map(({ startYear }) => ({ programme: null, startYear })),
        ({ startYear }) => `${startYear ?? ''}`,
      );
      const partnerships = plain.relationships.filter(({ type }) => type === 'PARTNERS_WITH');
      const ofPartnerships = (some: readonly PlainRelationship[], hasKind: boolean, hasYear: boolean) =>
        groupsOf(
          some.map((each) => ({ kind: hasKind ? each.kind : null, startYear: hasYear ? yearOf(each) : null })),
          ({ startYear }) => `${startYear ?? ''}`,
        );
      for (const asker of [graph, graph.plain]) {
        const found = await asker.ask(GROUPS, { filter: written(filter) });
        expect(found.projects.facets, JSON.stringify(filter)).toEqual({ both: byBoth, years, two: byYear.slice(0, 2) });
        expect(found.both).toEqual(ofPartnerships(partnerships, true, true));
        expect(found.kinds).toEqual(ofPartnerships(partnerships.filter(isDated), true, false));
        expect(found.supply).toEqual(ofPartnerships(partnerships, false, true));
      }
    });
    await fc.assert(property, FILTERED_GRAPHS);
  });

  it.each([
    ['{ partnershipGroups(by: []) { count } }', 'by: give at least one value.'],
    ['{ partnershipGroups(by: [KIND], first: -1) { count } }', 'first: -1 is not between 0 and 500.'],
    ['{ projects { facets { groups(by: []) { count } } } }', 'by: give at least one value.'],
    [
      '{ projects { facets { groups(by: [PROGRAMME], first: 501) { count } } } }',
      'first: 501 is not between 0 and 500.',
    ],
  ])('are bounded: %s', async (asked, message) => {
    const { errors } = await graph.answer(asked);
    expect(errors.map((error) => [error.message, error.extensions.code])).toEqual([[message, 'BAD_USER_INPUT']]);
  });
});

describe('facets of a small world', () => {
  withGraph();
  beforeAll(async () => {
    const world = new World().territory('territory/r', { level: 'REGION' }).topic('topic/t');
    for (const pole of ['pole/a', 'pole/b', 'pole/c']) world.pole(pole, { id: pole, since: '2005' });
    for (let number = 0; number < 6; number++) {
      const id = `organisation/${number}`;
      world.organisation(`Membre ${number}`, { id, territory: 'territory/r', topics: 'topic/t' });
      world.member(id, 'pole/a', { since: '2006' });
      if (number < 2) world.member(id, 'pole/b', { since: `200${6 + number}` });
    }
    world.member('organisation/0', 'pole/a', { since: '2009', role: 'BOARD' });
    await graph.fill(world);
  });

  const MEMBERS = `{ poles(first: POLES) { nodes { members(first: 1) { totalCount nodes { name } SELECTED } } } }`;
  const ask = (poles: number, selected: string) =>
    graph.plain.answer(MEMBERS.replace('POLES', String(poles)).replace('SELECTED', selected));

  it('cost a statement each, whatever the number of lists, and no batch', async () => {
    const plain = await ask(3, '');
    const all = 'facets { actorKinds { count } topics(scheme: SECTOR) { node { id } } sinceYears { value } }';
    for (const poles of [1, 3]) {
      const faceted = await ask(poles, all);
      expect(faceted.errors).toEqual([]);
      expect(faceted.roundTrips).toBe(plain.roundTrips);
      expect(faceted.statements.length).toBe(plain.statements.length + 3);
    }
    expect((await ask(3, 'facets { __typename }')).statements).toEqual(plain.statements);
  });

  it('count an actor once, whatever the number of its memberships', async () => {
    const { data } = await ask(3, 'facets { actorKinds { value label count } sinceYears { value count } }');
    const [a, b, c] = data.poles.nodes.map((pole: { members: object }) => pole.members);
    expect([a.totalCount, b.totalCount, c.totalCount]).toEqual([6, 2, 0]);
    expect(a.facets.actorKinds).toEqual([{ value: 'ORGANISATION', label: 'Organisation', count: 6 }]);
    expect(a.facets.sinceYears).toEqual([
      { value: '2006', count: 6 },
      { value: '2009', count: 1 },
    ]);
    expect(b.facets.sinceYears).toEqual([
      { value: '2006', count: 1 },
      { value: '2007', count: 1 },
    ]);
    expect(c.facets).toEqual({ actorKinds: [], sinceYears: [] });
  });

  it('count actors by the number of their networks, at a date too', async () => {
    const asked = (filter: string, order = 'COUNT') =>
      graph.ask(
        `{ organisations(filter: { ${filter} }) { facets { networkCounts(order: ${order}) { value count } } } }`,
      );
    expect((await asked('')).organisations.facets.networkCounts).toEqual([
      { value: '1', count: 4 },
      { value: '2', count: 2 },
    ]);
    expect((await asked('asOf: "2005"')).organisations.facets.networkCounts).toEqual([{ value: '0', count: 6 }]);
    expect((await asked('asOf: "2006"', 'VALUE')).organisations.facets.networkCounts).toEqual([
      { value: '1', count: 5 },
      { value: '2', count: 1 },
    ]);
  });

  it.each([
    ['topics(scheme: SECTOR, first: 201)', 'first: 201 is not between 0 and 200.'],
    ['territories(level: REGION, first: -1)', 'first: -1 is not between 0 and 200.'],
  ])('are bounded: %s', async (field, message) => {
    const { errors } = await ask(1, `facets { ${field} { count } }`);
    expect(errors.map((error) => [error.message, error.extensions.code])).toEqual([[message, 'BAD_USER_INPUT']]);
  });

  it('may be empty', async () => {
    const { data } = await ask(1, 'facets { topics(scheme: SECTOR, first: 0) { count } }');
    expect(data.poles.nodes[0].members.facets.topics).toEqual([]);
  });

  // The last one: it empties the only database of a Neo4j.
  it('count in the territories of today, and with a date in those of then', async () => {
    await using graph = await emptyGraph();
    await graph.fill(
      new World()
        .territory('territory/old', { level: 'REGION', until: '2015-12-31' })
        .territory('territory/new', { level: 'REGION', since: '2016-01-01' })
        .territory('territory/town', { level: 'COMMUNE' })
        .part('territory/town', 'territory/old', { until: '2015-12-31' })
        .part('territory/town', 'territory/new', { since: '2016-01-01' })
        .organisation('A', { territory: 'territory/town' }),
    );
    const regions = async (filter: string) => {
      const asked = `{ organisations(filter: { ${filter} }) { facets { territories(level: REGION) { value count } } } }`;
      return (await graph.ask(asked)).organisations.facets.territories;
    };
    expect(await regions('kind: [COMPANY]')).toEqual([{ value: 'territory/new', count: 1 }]);
    expect(await regions('asOf: "2010"')).toEqual([{ value: 'territory/old', count: 1 }]);
    expect(await regions('asOf: "2020"')).toEqual([{ value: 'territory/new', count: 1 }]);
  });
});
