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
  TERRITORY_LEVELS,
  TOPIC_SCHEMES,
} from '../../src/domain/vocabulary.ts';
import { claims, indicators, subjectOfIndicator } from '../../src/store/annotation.ts';
import type { Direction } from '../../src/store/compose.ts';
import { labelsOf } from '../../src/store/label.ts';
import type { ListEdge, ListRequest } from '../../src/store/list.ts';
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
import { type Entry, inOrder, type Reference, summaryOf } from './reference.ts';

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
  readonly key: (field: string | undefined, reference: Reference) => ((entry: Entry) => string | number) | null;
  readonly direction?: Direction;
  /** Fields of the relationship that an edge tells; null where the edge is the node alone. */
  readonly own: readonly string[] | null;
  /** Entries that it can have at the most, by the nature of the relationship. */
  readonly most?: 1;
}

const someOf = (values: readonly string[]): fc.Arbitrary<string[]> =>
  fc.subarray([...values], { maxLength: Math.min(4, values.length) });
const TERRITORY_IDS = ['a0', 'h1', 'o2', 'v3', 'c4'].map((key) => `territory/${key}`);

const FACT = ['since', 'until', 'attestedOn', 'sources'];
const LIST_FIELDS: ReadonlySet<string> = new Set(['attestedOn', 'sources', 'writtenAs']);
const text = (value: unknown): string => (value === undefined ? '' : String(value));
const sinceOfTie = ({ tie }: Entry): string => text(tie!.fields.since);
const isAmong = (values: unknown[] | undefined, value: unknown): boolean =>
  values === undefined || values.includes(value);

const projectKey = (field = 'START'): ((entry: Entry) => string | number) | null => {
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
): ListCase => ({ name, parents, filters: {}, orders: [], request, entries, key: byName, own: null });

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
    own: null,
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
      own: null,
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
    own: null,
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
    own: null,
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
    own: null,
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
          ({ node, tie }) =>
            isAmong(types, node.type) &&
            isAmong(organisationKinds, node.fields.kind) &&
            isAmong(roles, tie!.fields.role) &&
            (locatedIn === undefined || reference.isSeatedIn(node.id, locatedIn, asOf)),
        ),
    key: (field, reference) => {
      if (field === 'SINCE') return sinceOfTie;
      return field === 'PARTNER_COUNT' ? ({ node }) => reference.count('PARTNERS_WITH', 'either', node.id) : null;
    },
    own: [...FACT, 'role', 'roleLabel', 'writtenAs'],
  },
  {
    name: 'memberships',
    parents: ACTOR_TYPES,
    filters: { roles: someOf(MEMBERSHIP_ROLES), asOf: anyDate },
    orders: [],
    request: memberships,
    entries: (reference, parent, { roles, asOf }) =>
      reference.entries(['MEMBER_OF'], 'from', parent, asOf).filter(({ tie }) => isAmong(roles, tie!.fields.role)),
    key: byName,
    own: [...FACT, 'role', 'roleLabel', 'writtenAs'],
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
        .filter(({ node, tie }) => isAmong(kinds, tie!.fields.kind) && isAmong(types, node.type)),
    key: (field) => {
      if (field === 'SINCE') return sinceOfTie;
      if (field === 'STRENGTH') return ({ tie }) => tie!.fields.strength as number;
      return field === 'PROJECT_COUNT' ? ({ tie }) => tie!.fields.projectCount as number : null;
    },
    own: [...FACT, 'kind', 'label', 'projectCount', 'strength'],
  },
  {
    name: 'participants',
    parents: ['Project'],
    filters: { roles: someOf(PARTICIPATION_ROLES) },
    orders: ['NAME', 'ROLE'],
    request: participants,
    entries: (reference, parent, { roles }) =>
      reference.entries(['PARTICIPATES_IN'], 'to', parent).filter(({ tie }) => isAmong(roles, tie!.fields.role)),
    key: (field) => (field === 'ROLE' ? ({ tie }) => text(tie!.fields.role) : null),
    own: [...FACT, 'role'],
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
    own: [...FACT, 'role'],
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
    own: null,
  },
  plain('networks that label a project', ['Project'], labellers, (reference, parent) =>
    reference.entries(['LABELS'], 'to', parent),
  ),
  {
    ...plain('predecessors', NETWORK_TYPES, predecessors, (reference, parent) =>
      reference.entries(['SUCCEEDED_BY'], 'to', parent),
    ),
    key: () => sinceOfTie,
    own: [...FACT, 'kind'],
  },
  {
    ...plain('successors', NETWORK_TYPES, successors, (reference, parent) =>
      reference.entries(['SUCCEEDED_BY'], 'from', parent),
    ),
    key: () => sinceOfTie,
    own: [...FACT, 'kind'],
  },
  {
    name: 'labels of a network',
    parents: NETWORK_TYPES,
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => labelsOf(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['HOLDS_LABEL'], 'from', parent, asOf),
    key: () => sinceOfTie,
    own: [...FACT, 'term', 'conditions', 'version'],
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
      ({ tie }) =>
        tie!.valid.to,
    direction: 'DESC',
    own: null,
  },
  {
    name: 'covered territories',
    parents: NETWORK_TYPES,
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => coveredTerritories(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['COVERS', 'LOCATED_IN'], 'from', parent, asOf),
    key: byName,
    own: null,
  },
  {
    name: 'wholes of a territory',
    parents: ['Territory'],
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => wholes(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['PART_OF'], 'from', parent, asOf),
    key: byName,
    own: null,
  },
  {
    name: 'parts of a territory',
    parents: ['Territory'],
    filters: { asOf: anyDate },
    orders: [],
    request: ({ asOf }) => parts(asOf),
    entries: (reference, parent, { asOf }) => reference.entries(['PART_OF'], 'to', parent, asOf),
    key: byName,
    own: null,
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
      const actors = [...new Map(seats.map(({ node }) => [node.id, { node, tie: null }])).values()];
      return actors.filter(({ node }) => isAmong(types, node.type));
    },
    key: byName,
    own: null,
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
    own: null,
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
    own: null,
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
    own: null,
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
    own: [...FACT, 'by'],
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
    own: null,
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
    own: null,
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

/** The edges that a list must have, in order, as the reference sees the graph. */
export function expectedEdges(list: ListCase, reference: Reference, parent: string, given: Arguments): ListEdge[] {
  const { field, direction = list.direction ?? 'ASC' } = given.orderBy ?? {};
  const key = list.key(field, reference);
  const entries = inOrder(list.entries(reference, parent, given), key, direction);
  return entries.map(({ node, tie }) => {
    if (list.own === null) return { node: summaryOf(node) };
    const missing = (name: string): unknown => (LIST_FIELDS.has(name) ? [] : null);
    const fields = list.own.map((name) => [name, tie!.fields[name] ?? missing(name)]);
    return { node: summaryOf(node), relationshipId: tie!.id, ...Object.fromEntries(fields) };
  });
}

/** The nodes that have a list, or the one place of a list without a parent. */
export function parentsOf({ parents }: ListCase, reference: Reference): string[] {
  return parents === null ? [''] : reference.all(...parents).map(({ node }) => node.id);
}
