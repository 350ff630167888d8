import fc from 'fast-check';
import { firstDay, lastDay } from '../../src/domain/partial-date.ts';
import {
  ACTOR_TYPES,
  MEMBERSHIP_ROLES,
  NETWORK_TYPES,
  type NodeType,
  ORGANISATION_KINDS,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
  type RelationshipType,
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from '../../src/domain/vocabulary.ts';
import { affiliated, affiliations } from '../../src/store/affiliation.ts';
import { claims, indicators, subjectOfIndicator } from '../../src/store/annotation.ts';
import { labelsOf } from '../../src/store/label.ts';
import type { ListEdge, ListRequest } from '../../src/store/list.ts';
import type { Direction } from '../../src/store/listing.ts';
import { members, memberships } from '../../src/store/membership.ts';
import { networks } from '../../src/store/network.ts';
import { organisations } from '../../src/store/organisation.ts';
import { participants, projectsOfActor } from '../../src/store/participation.ts';
import { partners } from '../../src/store/partnership.ts';
import {
  applicants,
  patentsOfOrganisation,
  patentsOfProject,
  productions,
  projectsOfPatent,
} from '../../src/store/patent.ts';
import { labelledProjects, labellers, projects } from '../../src/store/project.ts';
import { predecessors, successors } from '../../src/store/succession.ts';
import { actorsOfTerritory, coveredTerritories, parts, seats, territories, wholes } from '../../src/store/territory.ts';
import { actorsOfTopic, broader, narrower, topics, topicsOf } from '../../src/store/topic.ts';
import { anyDate } from './arbitraries.ts';
import { beginning, fact, facts, membership, participation, partnership, sum, text } from './list-edges.ts';
import { type Entry, inOrder, type Neighbour, type Reference, summaryOf } from './reference.ts';
import type { Edge } from './reference-graph.ts';

/** Arguments of a list, by name; each may be left out. */
// biome-ignore lint/suspicious/noExplicitAny: each list has arguments of its own, and the cases below fit them
export type Arguments = Record<string, any>;

/** One list of the store, what may be asked of it, and what the reference answers. */
export interface ListCase {
  readonly name: string;
  /** Types of the nodes that have this list; null for one that has no parent. */
  readonly parents: readonly NodeType[] | null;
  readonly filters: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  /** Fields that it may be ordered by; none where it has one order only. */
  readonly orders: readonly string[];
  readonly request: (given: Arguments) => ListRequest;
  readonly entries: (reference: Reference, parent: string, given: Arguments) => Entry[];
  /** What entries are ordered by before their names, and the direction where none is asked. */
  readonly key: (field: string | undefined, reference: Reference) => ((entry: Neighbour) => string | number) | null;
  readonly direction?: Direction;
  /** What an edge says of its relationships; null where the edge is the node alone. */
  readonly edge: ((edges: readonly Edge[]) => object) | null;
  /** It lists relationships, each by itself. */
  readonly each?: true;
  /** Entries that it can have at the most, by the nature of the relationship. */
  readonly most?: 1;
}

const someOf = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.subarray([...values], { maxLength: Math.min(4, values.length) });
const TERRITORY_IDS = ['a0', 'h1', 'o2', 'v3', 'c4'].map((key) => `territory/${key}`);

const isAmong = (values: unknown[] | undefined, value: unknown): boolean =>
  values === undefined || values.includes(value);

const projectKey = (field = 'START'): ((entry: Neighbour) => string | number) | null => {
  if (field === 'START') return ({ node }) => text(node.fields.since);
  return field === 'FUNDING' ? ({ node }) => Number(node.fields.funding ?? 0) : null;
};
const PROJECT_ORDERS = ['NAME', 'START', 'FUNDING'];
const byName = (): null => null;

/** Neighbours of a node along relationships: those that a list shows of them, and what its entries are ordered by. */
type Along = Partial<ListCase> & {
  readonly shows?: (entry: Entry, given: Arguments, reference: Reference) => boolean;
};

/** A list of neighbours along relationships, of one date where `asOf` is among its arguments; by name, unless it says more. */
const along = (
  name: string,
  parents: readonly NodeType[],
  request: ListCase['request'],
  types: readonly RelationshipType[],
  near: 'from' | 'to' | 'either',
  { shows = () => true, ...more }: Along = {},
): ListCase => ({
  ...{ name, parents, filters: {}, orders: [], request, key: byName, edge: null },
  entries: (reference, parent, given) =>
    reference.entries(types, near, parent, given.asOf).filter((entry) => shows(entry, given, reference)),
  ...more,
});

const DATED = { filters: { asOf: anyDate } };

/** Relationships, each by itself, from the earliest. */
const eachByBeginning = (...own: string[]): Along => ({ key: () => beginning, edge: fact(...own), each: true });

/** Whole tables: lists without a parent. */
const WHOLE: readonly ListCase[] = [
  {
    name: 'organisations',
    parents: null,
    filters: {},
    orders: ['NAME', 'PARTNER_COUNT', 'PROJECT_COUNT', 'CREATED_AT'],
    request: organisations,
    entries: (reference) => reference.all('Organisation'),
    key: (field, reference) => {
      if (field === 'PARTNER_COUNT') return ({ node }) => reference.count('PARTNERS_WITH', 'either', node.id);
      if (field === 'PROJECT_COUNT') return ({ node }) => reference.count('PARTICIPATES_IN', 'from', node.id);
      // One import makes them all at one instant.
      return field === 'CREATED_AT' ? () => 'now' : null;
    },
    edge: null,
  },
  ...(['Network', ...NETWORK_TYPES] as const).map(
    (type): ListCase => ({
      name: `networks of type ${type}`,
      parents: null,
      filters: {},
      orders: ['NAME', 'SINCE', 'MEMBER_COUNT'],
      request: (given) => networks(type, given),
      entries: (reference) => (type === 'Network' ? reference.all(...NETWORK_TYPES) : reference.all(type)),
      key: (field, reference) => {
        if (field === 'SINCE') return ({ node }) => text(node.fields.since);
        return field === 'MEMBER_COUNT' ? ({ node }) => reference.count('MEMBER_OF', 'to', node.id) : null;
      },
      edge: null,
    }),
  ),
  {
    name: 'projects',
    parents: null,
    filters: {},
    orders: PROJECT_ORDERS,
    request: projects,
    entries: (reference) => reference.all('Project'),
    key: projectKey,
    direction: 'DESC',
    edge: null,
  },
  {
    name: 'topics',
    parents: null,
    filters: { scheme: fc.constantFrom(...TOPIC_SCHEMES) },
    orders: [],
    request: ({ scheme }) => topics(scheme),
    entries: (reference, _, { scheme }) =>
      reference.all('Topic').filter(({ node }) => isAmong(scheme && [scheme], node.fields.kind)),
    key: byName,
    edge: null,
  },
  {
    name: 'territories',
    parents: null,
    filters: { levels: someOf(TERRITORY_LEVELS), asOf: anyDate },
    orders: [],
    request: territories,
    entries: (reference, _, { levels, asOf }) =>
      reference.all('Territory').filter(({ node }) => isAmong(levels, node.fields.kind) && reference.holds(node, asOf)),
    key: byName,
    edge: null,
  },
];

const OF_ACTORS: readonly ListCase[] = [
  along('members', NETWORK_TYPES, members, ['MEMBER_OF'], 'to', {
    filters: {
      types: someOf(ACTOR_TYPES),
      organisationKinds: someOf(ORGANISATION_KINDS),
      roles: someOf(MEMBERSHIP_ROLES),
      locatedIn: someOf(TERRITORY_IDS),
      asOf: anyDate,
    },
    orders: ['NAME', 'SINCE', 'PARTNER_COUNT'],
    shows: ({ node, edge }, { types, organisationKinds, roles, locatedIn, asOf }, reference) =>
      isAmong(types, node.type) &&
      isAmong(organisationKinds, node.fields.kind) &&
      isAmong(roles, edge!.fields.role) &&
      (locatedIn === undefined || reference.isSeatedIn(node.id, locatedIn, asOf)),
    key: (field, reference) => {
      if (field === 'SINCE') return beginning;
      return field === 'PARTNER_COUNT' ? ({ node }) => reference.count('PARTNERS_WITH', 'either', node.id) : null;
    },
    edge: membership,
  }),
  along('memberships', ACTOR_TYPES, memberships, ['MEMBER_OF'], 'from', {
    filters: { roles: someOf(MEMBERSHIP_ROLES), asOf: anyDate },
    shows: ({ edge }, { roles }) => isAmong(roles, edge!.fields.role),
    edge: membership,
  }),
  along('affiliations', ['Organisation'], affiliations, ['AFFILIATED_WITH'], 'from', {
    ...DATED,
    edge: (edges) => facts(edges, []),
  }),
  along('affiliated organisations', ['Organisation'], affiliated, ['AFFILIATED_WITH'], 'to', {
    filters: { kinds: someOf(ORGANISATION_KINDS), asOf: anyDate },
    shows: ({ node }, { kinds }) => isAmong(kinds, node.fields.kind),
    edge: (edges) => facts(edges, []),
  }),
  along('partners', ACTOR_TYPES, partners, ['PARTNERS_WITH'], 'either', {
    filters: { kinds: someOf(PARTNERSHIP_KINDS), types: someOf(ACTOR_TYPES), asOf: anyDate },
    orders: ['NAME', 'STRENGTH', 'PROJECT_COUNT', 'SINCE'],
    shows: ({ node, edge }, { kinds, types }) => isAmong(kinds, edge!.fields.kind) && isAmong(types, node.type),
    key: (field) => {
      if (field === 'SINCE') return beginning;
      if (field === 'STRENGTH') return ({ edges }) => sum(edges, 'strength');
      return field === 'PROJECT_COUNT' ? ({ edges }) => sum(edges, 'projectCount') : null;
    },
    edge: partnership,
  }),
  along('participants', ['Project'], participants, ['PARTICIPATES_IN'], 'to', {
    filters: { roles: someOf(PARTICIPATION_ROLES) },
    orders: ['NAME', 'ROLE'],
    shows: ({ edge }, { roles }) => isAmong(roles, edge!.fields.role),
    key: (field) => (field === 'ROLE' ? ({ edges }) => edges.map(({ fields }) => text(fields.role)).sort()[0]! : null),
    edge: participation,
  }),
  along('projects of an actor', ACTOR_TYPES, projectsOfActor, ['PARTICIPATES_IN'], 'from', {
    ...DATED,
    orders: PROJECT_ORDERS,
    key: projectKey,
    direction: 'DESC',
    edge: participation,
  }),
  along('labelled projects', NETWORK_TYPES, labelledProjects, ['LABELS'], 'from', {
    ...DATED,
    orders: PROJECT_ORDERS,
    // The date is one of the project, not of its label.
    entries: (reference, parent, { asOf }) =>
      reference.entries(['LABELS'], 'from', parent).filter(({ node }) => reference.holds(node, asOf)),
    key: projectKey,
    direction: 'DESC',
  }),
  along('networks that label a project', ['Project'], labellers, ['LABELS'], 'to'),
  along('predecessors', NETWORK_TYPES, predecessors, ['SUCCEEDED_BY'], 'to', eachByBeginning('kind')),
  along('successors', NETWORK_TYPES, successors, ['SUCCEEDED_BY'], 'from', eachByBeginning('kind')),
  along('labels of a network', NETWORK_TYPES, ({ asOf }) => labelsOf(asOf), ['HOLDS_LABEL'], 'from', {
    ...DATED,
    ...eachByBeginning('term', 'conditions'),
  }),
];

const OF_TERRITORIES_AND_TOPICS: readonly ListCase[] = [
  along('seats', ACTOR_TYPES, ({ asOf }) => seats(asOf), ['LOCATED_IN'], 'from', {
    ...DATED,
    key:
      () =>
      ({ edges }) =>
        edges
          .map(({ valid }) => valid.to)
          .sort()
          .at(-1)!,
    direction: 'DESC',
  }),
  along(
    'covered territories',
    NETWORK_TYPES,
    ({ asOf }) => coveredTerritories(asOf),
    ['COVERS', 'LOCATED_IN'],
    'from',
    DATED,
  ),
  along('wholes of a territory', ['Territory'], ({ asOf }) => wholes(asOf), ['PART_OF'], 'from', DATED),
  along('parts of a territory', ['Territory'], ({ asOf }) => parts(asOf), ['PART_OF'], 'to', DATED),
  {
    name: 'actors of a territory',
    parents: ['Territory'],
    filters: { types: someOf(ACTOR_TYPES), asOf: anyDate },
    orders: [],
    request: actorsOfTerritory,
    entries: (reference, parent, { types, asOf }) => {
      const seats = [...reference.within(parent, asOf)].flatMap((place) =>
        reference.entries(['LOCATED_IN'], 'to', place, asOf),
      );
      // An actor is one, however many seats it has there.
      const actors = [...new Map(seats.map(({ node }) => [node.id, { node, edge: null }])).values()];
      return actors.filter(({ node }) => isAmong(types, node.type));
    },
    key: byName,
    edge: null,
  },
  along(
    'topics of an actor or a project',
    [...ACTOR_TYPES, 'Project'],
    ({ scheme }) => topicsOf(scheme),
    ['ABOUT'],
    'from',
    {
      filters: { scheme: fc.constantFrom(...TOPIC_SCHEMES) },
      shows: ({ node }, { scheme }) => isAmong(scheme && [scheme], node.fields.kind),
    },
  ),
  along('actors of a topic', ['Topic'], actorsOfTopic, ['ABOUT'], 'to', {
    filters: { types: someOf(ACTOR_TYPES) },
    shows: ({ node }, { types }) => node.type !== 'Project' && isAmong(types, node.type),
  }),
  along('the broader topic', ['Topic'], broader, ['BROADER'], 'from', { most: 1 }),
  along('narrower topics', ['Topic'], narrower, ['BROADER'], 'to'),
];

const OF_PATENTS_FIGURES_AND_CLAIMS: readonly ListCase[] = [
  along('patents of an organisation', ['Organisation'], patentsOfOrganisation, ['FILED'], 'from', {
    orders: ['FILED_ON', 'NUMBER'],
    key: (field) =>
      field === 'NUMBER' ? ({ node }) => text(node.fields.number) : ({ node }) => text(node.fields.filedOn),
    direction: 'DESC',
  }),
  along('patents of a project', ['Project'], patentsOfProject, ['RESULTED_IN'], 'from'),
  along('applicants', ['Patent'], applicants, ['FILED'], 'to'),
  along('projects of a patent', ['Patent'], projectsOfPatent, ['RESULTED_IN'], 'to'),
  along('productions', ['Patent'], ({ asOf }) => productions(asOf), ['PRODUCED_AT'], 'from', {
    ...DATED,
    edge: fact('by'),
    each: true,
  }),
  along('indicators', [...ACTOR_TYPES, 'Territory'], indicators, ['OBSERVED'], 'from', {
    filters: { measures: someOf(['companies', 'members']), from: anyDate, to: anyDate },
    shows: ({ node }, { measures, from, to }) =>
      isAmong(measures, node.fields.measure) &&
      (from === undefined || node.valid.to >= firstDay(from)) &&
      (to === undefined || node.valid.from <= lastDay(to)),
    key:
      () =>
      ({ node }) =>
        text(node.fields.since),
  }),
  along(
    'claims',
    [...ACTOR_TYPES, 'Project', 'Patent', 'Topic', 'Territory', 'Source'],
    ({ field }) => claims(field),
    ['CLAIMED'],
    'from',
    {
      filters: { field: fc.constantFrom('since', 'name', 'website') },
      shows: ({ node }, { field }) => isAmong(field && [field], node.fields.field),
    },
  ),
  along('the subject of an indicator', ['Indicator'], subjectOfIndicator, ['OBSERVED'], 'to', { most: 1 }),
];

/** Every list of the store. */
export const LISTS: readonly ListCase[] = [
  ...WHOLE,
  ...OF_ACTORS,
  ...OF_TERRITORIES_AND_TOPICS,
  ...OF_PATENTS_FIGURES_AND_CLAIMS,
];

/** A question: the arguments of a list, with its order. */
export function argumentsOf({ filters, orders }: ListCase): fc.Arbitrary<Arguments> {
  const optional = Object.fromEntries(
    Object.entries(filters).map(([name, values]) => [name, fc.option(values, { nil: undefined })]),
  );
  if (orders.length === 0) return fc.record(optional);
  const order = fc.record({ field: fc.constantFrom(...orders), direction: fc.constantFrom('ASC', 'DESC') });
  return fc.record({ ...optional, orderBy: fc.option(order, { nil: undefined }) });
}

/** Each neighbour once; each relationship by itself where these are what is listed. */
function neighbours(entries: readonly Entry[], each: boolean): Neighbour[] {
  const groups = Map.groupBy(entries, ({ node, edge }) => (each ? edge!.id : node.id));
  return [...groups.values()].map((some) => ({
    node: some[0]!.node,
    edges: some.flatMap(({ edge }) => edge ?? []),
  }));
}

/** How many entries a list has. */
export const sizeOf = ({ entries, each }: ListCase, ...asked: Parameters<ListCase['entries']>): number =>
  neighbours(entries(...asked), each === true).length;

/** The edges that a list must have, in order, as the reference sees the graph. */
export function expectedEdges(list: ListCase, reference: Reference, parent: string, given: Arguments): ListEdge[] {
  const { field, direction = list.direction ?? 'ASC' } = given.orderBy ?? {};
  const key = list.key(field, reference);
  const entries = neighbours(list.entries(reference, parent, given), list.each === true);
  return inOrder(entries, key, direction).map(({ node, edges }) => ({ node: summaryOf(node), ...list.edge?.(edges) }));
}

/** The nodes that have a list, or the one place of a list without a parent. */
export function parentsOf({ parents }: ListCase, reference: Reference): string[] {
  return parents === null ? [''] : reference.all(...parents).map(({ node }) => node.id);
}
