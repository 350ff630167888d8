import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartialDate } from '../../src/domain/partial-date.ts';
import type { NodeType } from '../../src/domain/vocabulary.ts';
import { emptyGraph, type TestGraph } from '../support/graph.ts';
import { cases } from '../support/tier.ts';
import { Reference } from './filter-reference.ts';
import { known, networkFilters, organisationFilters, written } from './random-filters.ts';
import { fill, graphs, type PlainGraph, type PlainNode, type PlainRelationship } from './random-graph.ts';

/** Graphs on which every facet of every connection is compared. */
const GRAPHS = cases({ fast: 6, usual: 30, neo4j: 4, long: 200 });
/** Graphs for the facets of filtered lists: each filter is a text of its own, that Neo4j plans again for every facet. */
const FILTERED_GRAPHS = cases({ fast: 6, usual: 20, neo4j: 2, long: 40 });

const DATE = '2007' as PartialDate;

let graph: TestGraph;
beforeAll(async () => {
  graph = await emptyGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

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
