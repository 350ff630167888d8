import fc from 'fast-check';
import { firstDay, lastDay, type PartialDate } from '../../src/domain/partial-date.ts';
import {
  ACTOR_TYPES,
  MEMBERSHIP_ROLES,
  NETWORK_TYPES,
  type NodeType,
  ORGANISATION_KINDS,
  PARTICIPATION_ROLES,
  PARTNERSHIP_KINDS,
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
import { compare, type Edge, type Entry, inOrder, type Neighbour, type Reference, summaryOf } from './reference.ts';

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

const text = (value: unknown): string => (value === undefined ? '' : String(value));
/** The earliest beginning that is known. */
const beginning = ({ edges }: Pick<Neighbour, 'edges'>): string =>
  text(edges.flatMap(({ fields }) => (fields.since === undefined ? [] : String(fields.since))).sort()[0]);
const sum = (edges: readonly Edge[], field: string): number =>
  edges.reduce((total, { fields }) => total + Number(fields[field] ?? 0), 0);
const values = (edges: readonly Edge[], field: string, vocabulary: readonly string[]): string[] =>
  vocabulary.filter((value) => edges.some(({ fields }) => fields[field] === value));

/** A relationship as the store makes a record of it, with the columns of its list. */
const record = ({ id, type, from, to, fields }: Edge, own: readonly string[]): object => ({
  ...{ id, type, from: from.id, to: to.id, since: fields.since ?? null, until: fields.until ?? null },
  ...{ attestedOn: fields.attestedOn ?? [], sources: fields.sources ?? [] },
  own: Object.fromEntries(['version', ...own].map((name) => [name, fields[name] ?? null])),
});

/** What an edge says of a relationship by itself. */
const fact =
  (...own: string[]) =>
  ([edge]: readonly Edge[]): object => ({ relationship: record(edge!, own) });

/** What an edge says of the relationships to a neighbour. */
const facts = (edges: readonly Edge[], own: readonly string[]): object => {
  const byBeginning = edges.toSorted((a, b) => {
    const [one, other] = [text(a.fields.since), text(b.fields.since)];
    return compare(one, other) || compare(a.id, b.id);
  });
  const ends = edges.map(({ fields }) => fields.until as PartialDate | undefined);
  const last = ends.every((end) => end !== undefined)
    ? ends.reduce(
        (latest, end) => (lastDay(end!) > lastDay(latest!) ? end : latest),
        byBeginning[0]!.fields.until as PartialDate,
      )
    : null;
  return {
    since: beginning({ edges }) || null,
    until: last ?? null,
    relationships: byBeginning.map((edge) => record(edge, own)),
  };
};
const membership = (edges: readonly Edge[]): object => ({
  ...facts(edges, ['role', 'roleLabel', 'writtenAs']),
  roles: values(edges, 'role', MEMBERSHIP_ROLES),
});
const participation = (edges: readonly Edge[]): object => ({
  ...facts(edges, ['role']),
  roles: values(edges, 'role', PARTICIPATION_ROLES),
});
const partnership = (edges: readonly Edge[]): object => ({
  ...facts(edges, ['kind', 'label', 'parties', 'projectCount', 'strength']),
  kinds: values(edges, 'kind', PARTNERSHIP_KINDS),
  projectCount: sum(edges, 'projectCount'),
  strength: sum(edges, 'strength'),
});
const isAmong = (values: unknown[] | undefined, value: unknown): boolean =>
  values === undefined || values.includes(value);

const projectKey = (field = 'START'): ((entry: Neighbour) => string | number) | null => {
  if (field === 'START') return ({ node }) => text(node.fields.since);
  return field === 'FUNDING' ? ({ node }) => Number(node.fields.funding ?? 0) : null;
};
const PROJECT_ORDERS = ['NAME', 'START', 'FUNDING'];
const byName = (): null => null;

const plain = (
  name: string,
  parents: readonly NodeType[] | null,
  request: () => ListRequest,
  entries: ListCase['entries'],
): ListCase => ({ name, parents, filters: {}, orders: [], request, entries, key: byName, edge: null });

/** Every list of the store. */
export const LISTS: readonly ListCase[] = [
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
  {
    name: 'members',
    parents: NETWORK_TYPES,
    filters: {
      types: someOf(ACTOR_TYPES),
      organisationKinds: someOf(ORGANISATION_KINDS),
      roles: someOf(MEMBERSHIP_ROLES),
      locatedIn: someOf(TERRITORY_IDS),
      asOf: anyDate,
    },
    orders: ['NAME', 'SINCE', 'PARTNER_COUNT'],
    request: members,
    entries: (reference, parent, { types, organisationKinds, roles, locatedIn, asOf }) =>
      reference
        .entries(['MEMBER_OF'], 'to', parent, asOf)
        .filter(
          ({ node, edge }) =>
            isAmong(types, node.type) &&
            isAmong(organisationKinds, node.fields.kind) &&
            isAmong(roles, edge!.fields.role) &&
            (locatedIn === undefined || reference.isSeatedIn(node.id, locatedIn, asOf)),
        ),
    key: (field, reference) => {
      if (field === 'SINCE') return beginning;
      return field === 'PARTNER_COUNT' ? ({ node }) => reference.count('PARTNERS_WITH', 'either', node.id) : null;
    },
    edge: membership,
  },
  {
    name: 'memberships',
    parents: ACTOR_TYPES,
    filters: { roles: someOf(MEMBERSHIP_ROLES), asOf: anyDate },
    orders: [],
    request: memberships,
    entries: (reference, parent, { roles, asOf }) =>
      reference.entries(['MEMBER_OF'], 'from', parent, asOf).filter(({ edge }) => isAmong(roles, edge!.fields.role)),
    key: byName,
    edge: membership,
  },
  {
    name: 'affiliations',
    parents: ['Organisation'],
    filters: { asOf: anyDate },
    orders: [],
    request: affiliations,
    entries: (reference, parent, { asOf }) => reference.entries(['AFFILIATED_WITH'], 'from', parent, asOf),
    key: byName,
    edge: (edges) => facts(edges, []),
  },
  {
    name: 'affiliated organisations',
    parents: ['Organisation'],
    filters: { kinds: someOf(ORGANISATION_KINDS), asOf: anyDate },
    orders: [],
    request: affiliated,
    entries: (reference, parent, { kinds, asOf }) =>
      reference.entries(['AFFILIATED_WITH'], 'to', parent, asOf).filter(({ node }) => isAmong(kinds, node.fields.kind)),
    key: byName,
    edge: (edges) => facts(edges, []),
  },
  {
    name: 'partners',
    parents: ACTOR_TYPES,
    filters: { kinds: someOf(PARTNERSHIP_KINDS), types: someOf(ACTOR_TYPES), asOf: anyDate },
    orders: ['NAME', 'STRENGTH', 'PROJECT_COUNT', 'SINCE'],
    request: partners,
    entries: (reference, parent, { kinds, types, asOf }) =>
      reference
        .entries(['PARTNERS_WITH'], 'either', parent, asOf)
        .filter(({ node, edge }) => isAmong(kinds, edge!.fields.kind) && isAmong(types, node.type)),
    key: (field) => {
      if (field === 'SINCE') return beginning;
      if (field === 'STRENGTH') return ({ edges }) => sum(edges, 'strength');
      return field === 'PROJECT_COUNT' ? ({ edges }) => sum(edges, 'projectCount') : null;
    },
    edge: partnership,
  },
  {
    name: 'participants',
    parents: ['Project'],
    filters: { roles: someOf(PARTICIPATION_ROLES) },
    orders: ['NAME', 'ROLE'],
    request: participants,
    entries: (reference, parent, { roles }) =>
      reference.entries(['PARTICIPATES_IN'], 'to', parent).filter(({ edge }) => isAmong(roles, edge!.fields.role)),
    key: (field) => (field === 'ROLE' ? ({ edges }) => edges.map(({ fields }) => text(fields.role)).sort()[0]! : null),
    edge: participation,
  },
  {
    name: 'projects of an actor',
    parents: ACTOR_TYPES,
    filters: { asOf: anyDate },
    orders: PROJECT_ORDERS,
    request: projectsOfActor,
    entries: (reference, parent, { asOf }) => reference.entries(['PARTICIPATES_IN'], 'from', parent, asOf),
    key: projectKey,
    direction: 'DESC',
    edge: participation,
  },
  {
    name: 'labelled projects',
    parents: NETWORK_TYPES,
    filters: { asOf: anyDate },
    orders: PROJECT_ORDERS,
    request: labelledProjects,
    entries: (reference, parent, { asOf }) =>
      reference.entries(['LABELS'], 'from', parent).filter(({ node }) => reference.holds(node, asOf)),
    key: projectKey,
    direction: 'DESC',
    edge: null,
  },
  plain('networks that label a project', ['Project'], labellers, (reference, parent) =>
    reference.entries(['LABELS'], 'to', parent),
  ),
  {
    ...plain('predecessors', NETWORK_TYPES, predecessors, (reference, parent) =>
      reference.entries(['SUCCEEDED_BY'], 'to', parent),
    ),
    key: () => beginning,
    edge: fact('kind'),
    each: true,
  },
  {
    ...plain('successors', NETWORK_TYPES, successors, (reference, parent) =>
      reference.entries(['SUCCEEDED_BY'], 'from', parent),
    ),
    key: () => beginning,
    edge: fact('kind'),
    each: true,
  },
  {
    name: 'labels of a network',
    parents: NETWORK_TYPES,
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => labelsOf(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['HOLDS_LABEL'], 'from', parent, asOf),
    key: () => beginning,
    edge: fact('term', 'conditions'),
    each: true,
  },
  {
    name: 'seats',
    parents: ACTOR_TYPES,
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => seats(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['LOCATED_IN'], 'from', parent, asOf),
    key:
      () =>
      ({ edges }) =>
        edges
          .map(({ valid }) => valid.to)
          .sort()
          .at(-1)!,
    direction: 'DESC',
    edge: null,
  },
  {
    name: 'covered territories',
    parents: NETWORK_TYPES,
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => coveredTerritories(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['COVERS', 'LOCATED_IN'], 'from', parent, asOf),
    key: byName,
    edge: null,
  },
  {
    name: 'wholes of a territory',
    parents: ['Territory'],
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => wholes(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['PART_OF'], 'from', parent, asOf),
    key: byName,
    edge: null,
  },
  {
    name: 'parts of a territory',
    parents: ['Territory'],
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => parts(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['PART_OF'], 'to', parent, asOf),
    key: byName,
    edge: null,
  },
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
  {
    name: 'topics of an actor or a project',
    parents: [...ACTOR_TYPES, 'Project'],
    filters: { scheme: fc.constantFrom(...TOPIC_SCHEMES) },
    orders: [],
    request: ({ scheme }) => topicsOf(scheme),
    entries: (reference, parent, { scheme }) =>
      reference.entries(['ABOUT'], 'from', parent).filter(({ node }) => isAmong(scheme && [scheme], node.fields.kind)),
    key: byName,
    edge: null,
  },
  {
    name: 'actors of a topic',
    parents: ['Topic'],
    filters: { types: someOf(ACTOR_TYPES) },
    orders: [],
    request: actorsOfTopic,
    entries: (reference, parent, { types }) =>
      reference
        .entries(['ABOUT'], 'to', parent)
        .filter(({ node }) => node.type !== 'Project' && isAmong(types, node.type)),
    key: byName,
    edge: null,
  },
  {
    ...plain('the broader topic', ['Topic'], broader, (reference, parent) =>
      reference.entries(['BROADER'], 'from', parent),
    ),
    most: 1,
  },
  plain('narrower topics', ['Topic'], narrower, (reference, parent) => reference.entries(['BROADER'], 'to', parent)),
  {
    name: 'patents of an organisation',
    parents: ['Organisation'],
    filters: {},
    orders: ['FILED_ON', 'NUMBER'],
    request: patentsOfOrganisation,
    entries: (reference, parent) => reference.entries(['FILED'], 'from', parent),
    key: (field) =>
      field === 'NUMBER' ? ({ node }) => text(node.fields.number) : ({ node }) => text(node.fields.filedOn),
    direction: 'DESC',
    edge: null,
  },
  plain('patents of a project', ['Project'], patentsOfProject, (reference, parent) =>
    reference.entries(['RESULTED_IN'], 'from', parent),
  ),
  plain('applicants', ['Patent'], applicants, (reference, parent) => reference.entries(['FILED'], 'to', parent)),
  plain('projects of a patent', ['Patent'], projectsOfPatent, (reference, parent) =>
    reference.entries(['RESULTED_IN'], 'to', parent),
  ),
  {
    name: 'productions',
    parents: ['Patent'],
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => productions(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['PRODUCED_AT'], 'from', parent, asOf),
    key: byName,
    edge: fact('by'),
    each: true,
  },
  {
    name: 'indicators',
    parents: [...ACTOR_TYPES, 'Territory'],
    filters: { measures: someOf(['companies', 'members']), from: anyDate, to: anyDate },
    orders: [],
    request: indicators,
    entries: (reference, parent, { measures, from, to }) =>
      reference
        .entries(['OBSERVED'], 'from', parent)
        .filter(
          ({ node }) =>
            isAmong(measures, node.fields.measure) &&
            (from === undefined || node.valid.to >= firstDay(from)) &&
            (to === undefined || node.valid.from <= lastDay(to)),
        ),
    key:
      () =>
      ({ node }) =>
        text(node.fields.since),
    edge: null,
  },
  {
    name: 'claims',
    parents: [...ACTOR_TYPES, 'Project', 'Patent', 'Topic', 'Territory', 'Source'],
    filters: { field: fc.constantFrom('since', 'name', 'website') },
    orders: [],
    request: ({ field }) => claims(field),
    entries: (reference, parent, { field }) =>
      reference.entries(['CLAIMED'], 'from', parent).filter(({ node }) => isAmong(field && [field], node.fields.field)),
    key: byName,
    edge: null,
  },
  {
    ...plain('the subject of an indicator', ['Indicator'], subjectOfIndicator, (reference, parent) =>
      reference.entries(['OBSERVED'], 'to', parent),
    ),
    most: 1,
  },
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
