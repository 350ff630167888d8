import type { PartialDate } from '../domain/partial-date.ts';
import {
  ACTOR_TYPES,
  type ActorType,
  MEMBERSHIP_ROLES,
  type MembershipRole,
  NETWORK_TYPES,
  type OrganisationKind,
} from '../domain/vocabulary.ts';
import { type NeighbourEdge, neighbourEdge, valuesOf } from './fact-edge.ts';
import { type FactFilter, factsWhere } from './fact-filter.ts';
import {
  byName,
  Conditions,
  FACT_COLUMNS,
  type ListRequest,
  NODE_KIND,
  NODE_TYPE,
  oncePerArguments,
  ordered,
  RELATIONSHIP_HOLDS,
  type SortKeys,
} from './list.ts';
import type { Condition, Direction, Listing } from './listing.ts';
import { named } from './named.ts';
import { relation } from './predicate.ts';
import { seatedIn } from './territory.ts';

/** A member of a network, or a network of a member, with its memberships. */
export interface MembershipEdge extends NeighbourEdge {
  readonly roles: readonly MembershipRole[];
}

const COLUMNS = [...FACT_COLUMNS, 'role', 'roleLabel', 'writtenAs'];

const MEMBERS: Listing = {
  name: 'members',
  pattern: '(a:Entity {id: parent})<-[r:MEMBER_OF]-(b)',
  columns: COLUMNS,
  edges: { type: 'MEMBER_OF', side: 'in' },
};
const MEMBERSHIPS: Listing = {
  name: 'memberships',
  pattern: '(a:Entity {id: parent})-[r:MEMBER_OF]->(b)',
  columns: COLUMNS,
  edges: { type: 'MEMBER_OF', side: 'out' },
};

const ROLE: Condition = {
  name: 'role',
  text: 'r.role IN $roles',
  inMemory: { is: 'edge among', values: 'roles' },
};

/** From an actor to its networks, and from a network to its members. */
export const NETWORKS_OF = { types: ['MEMBER_OF'], side: 'out' } as const;
export const MEMBERS_OF = { types: ['MEMBER_OF'], side: 'in' } as const;

/** The memberships of an actor, and those in a network, for a filter. */
export const hasMemberships = factsWhere<MembershipRole, 'role', 'network'>(
  { type: 'MEMBER_OF', side: 'out' },
  { field: 'memberships', role: 'role', end: 'network', types: NETWORK_TYPES },
);
export const hasMembers = factsWhere<MembershipRole, 'role', 'member'>(
  { type: 'MEMBER_OF', side: 'in' },
  { field: 'members', role: 'role', end: 'member', types: ACTOR_TYPES },
);
/** What a filter asks of one membership. */
export type MembershipFilter = FactFilter<'role', MembershipRole, 'network'>;
export type MemberFilter = FactFilter<'role', MembershipRole, 'member'>;

/** The actor belongs to one of the networks, for a filter. */
export const MEMBER_OF = relation('memberOf', NETWORKS_OF, NETWORK_TYPES);

const SORT_KEYS: SortKeys<'NAME' | 'SINCE' | 'PARTNER_COUNT'> = {
  NAME: null,
  SINCE: {
    name: 'since',
    text: "coalesce(min(r.since), '')",
    type: 'string',
    inMemory: { of: 'edges', field: 'since' },
  },
  PARTNER_COUNT: {
    name: 'partner count',
    text: 'coalesce(b.partnerCount, 0)',
    type: 'number',
    inMemory: { of: 'node', field: 'partnerCount' },
  },
};

const edge = (side: 'in' | 'out') =>
  neighbourEdge('MEMBER_OF', side, (node, relationships, since, until) => ({
    node,
    since,
    until,
    relationships,
    roles: valuesOf(relationships, 'role', MEMBERSHIP_ROLES),
  }));
const [MEMBER, NETWORK] = [edge('in'), edge('out')];

/** Which members of a network are asked for. */
export interface MembersFilter {
  readonly types?: readonly ActorType[] | null | undefined;
  readonly organisationKinds?: readonly OrganisationKind[] | null | undefined;
  readonly roles?: readonly MembershipRole[] | null | undefined;
  readonly locatedIn?: readonly string[] | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
  readonly orderBy?: { readonly field: keyof typeof SORT_KEYS; readonly direction: Direction } | null | undefined;
}

/** The members of a network. */
export const members = oncePerArguments((filter: MembersFilter): ListRequest<MembershipEdge> => {
  const conditions = new Conditions()
    .where(NODE_TYPE, 'types', filter.types)
    .where(NODE_KIND, 'kinds', filter.organisationKinds)
    .where(ROLE, 'roles', filter.roles)
    .where(seatedIn(filter.asOf), 'places', filter.locatedIn)
    .asOf(RELATIONSHIP_HOLDS, filter.asOf);
  const request = ordered(byName(MEMBERS, MEMBER, conditions), SORT_KEYS, filter.orderBy);
  const { locatedIn } = filter;
  return locatedIn ? { ...request, named: [named('locatedIn', locatedIn, ['Territory'])] } : request;
});

/** The networks that an actor belongs to. */
export const memberships = oncePerArguments(
  (filter: Pick<MembersFilter, 'roles' | 'asOf'>): ListRequest<MembershipEdge> =>
    byName(
      MEMBERSHIPS,
      NETWORK,
      new Conditions().where(ROLE, 'roles', filter.roles).asOf(RELATIONSHIP_HOLDS, filter.asOf),
    ),
);
