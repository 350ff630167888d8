import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { type ActorType, NETWORK_TYPES, type NetworkType, type PoleRank } from '../domain/vocabulary.ts';
import type { FactListFilter } from './fact-filter.ts';
import { type FilterFields, readFilter } from './filter.ts';
import {
  counted,
  dateIn,
  endsCounted,
  type IntRange,
  oneOf,
  type PeriodInput,
  RECORD_FIELDS,
} from './filter-fields.ts';
import { ACTIVE, HOLDS_LABEL, MAY_BE_ACTIVE } from './label.ts';
import { atDate, byName, endsAsOf, type ListRequest, nodeEdge, ordered, type SortKeys } from './list.ts';
import type { Direction, Listing } from './listing.ts';
import { hasMembers, hasMemberships, MEMBERS_OF, type MemberFilter, type MembershipFilter } from './membership.ts';
import { narrowed } from './narrowed.ts';
import { DISTANCE, measuredFrom, type Near, nearTo } from './near.ts';
import { all, any, condition, EVERY, type Fragment, not, type Predicate } from './predicate.ts';
import { COVERS, LOCATED_IN } from './territory.ts';
import { ABOUT } from './topic.ts';

const LISTINGS: Readonly<Record<NetworkType | 'Network', Listing>> = {
  Network: { name: 'networks', pattern: '(b:Network)', columns: null, nodes: NETWORK_TYPES },
  Pole: { name: 'poles', pattern: '(b:Pole)', columns: null, nodes: ['Pole'] },
  Cluster: { name: 'clusters', pattern: '(b:Cluster)', columns: null, nodes: ['Cluster'] },
};

const SORT_KEYS: SortKeys<'NAME' | 'DISTANCE' | 'SINCE' | 'MEMBER_COUNT'> = {
  NAME: null,
  DISTANCE,
  SINCE: { name: 'since', text: "coalesce(b.since, '')", type: 'string', inMemory: { of: 'node', field: 'since' } },
  MEMBER_COUNT: {
    name: 'member count',
    text: 'coalesce(b.memberCount, 0)',
    type: 'number',
    inMemory: { of: 'node', field: 'memberCount' },
    dated: endsAsOf('member count', MEMBERS_OF),
  },
};

/** The order of a list of networks. */
export interface NetworkOrder {
  readonly field: keyof typeof SORT_KEYS;
  readonly direction: Direction;
}

/** Which networks are asked for: its fields are joined by and. */
export interface NetworkFilter {
  readonly and?: readonly NetworkFilter[] | null | undefined;
  readonly or?: readonly NetworkFilter[] | null | undefined;
  readonly not?: NetworkFilter | null | undefined;
  readonly kind?: readonly ActorType[] | null | undefined;
  readonly nameContains?: string | null | undefined;
  readonly nameStartsWith?: string | null | undefined;
  readonly topic?: readonly string[] | null | undefined;
  readonly covers?: readonly string[] | null | undefined;
  readonly locatedIn?: readonly string[] | null | undefined;
  readonly near?: Near | null | undefined;
  readonly rank?: readonly PoleRank[] | null | undefined;
  readonly hasMembers?: boolean | null | undefined;
  readonly memberCount?: IntRange | null | undefined;
  readonly members?: FactListFilter<MemberFilter> | null | undefined;
  readonly memberships?: FactListFilter<MembershipFilter> | null | undefined;
  readonly label?: readonly string[] | null | undefined;
  readonly startsIn?: PeriodInput | null | undefined;
  readonly endsIn?: PeriodInput | null | undefined;
  readonly activeAsOf?: PartialDate | null | undefined;
  readonly includeUndated?: boolean | null | undefined;
  readonly sourcedBy?: readonly string[] | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
}

const HAS_MEMBERS: Fragment = {
  name: 'hasMembers',
  text: '(coalesce(b.memberCount, 0) > 0) = $value#',
  inMemory: { is: 'some', field: 'memberCount', value: 'value#' },
};

const TYPE: Fragment = {
  name: 'kind',
  text: 'b.type IN $values#',
  inMemory: { is: 'type among', values: 'values#' },
};

/** An activity is asked for: networks without a known beginning are active nowhere, or may be everywhere. */
function activity(date: PartialDate, includeUndated: boolean | null | undefined): Predicate {
  const days = { first: firstDay(date), last: lastDay(date) };
  const isActive = condition(ACTIVE, days);
  return includeUndated ? any([isActive, condition(MAY_BE_ACTIVE, days)]) : isActive;
}

/** Over all dates the count is stored with each network. */
const MEMBER_COUNT = counted('memberCount', 'memberCount');
const MEMBER_COUNT_AS_OF = endsCounted('memberCount', MEMBERS_OF);

const FIELDS: FilterFields<NetworkFilter> = {
  ...RECORD_FIELDS,
  kind: (values) => condition(TYPE, { values }),
  topic: ABOUT,
  covers: COVERS,
  locatedIn: LOCATED_IN,
  near: nearTo,
  rank: oneOf('rank', 'rank'),
  hasMembers: (value) => condition(HAS_MEMBERS, { value }),
  memberCount: (range, asOf) => (asOf === null ? MEMBER_COUNT(range) : MEMBER_COUNT_AS_OF(range, asOf)),
  members: hasMembers,
  memberships: hasMemberships,
  label: HOLDS_LABEL,
  startsIn: dateIn('startsIn', 'since'),
  endsIn: dateIn('endsIn', 'until'),
  activeAsOf: (date, _, { includeUndated }) => activity(date, includeUndated),
  /** Says how `activeAsOf` beside it is meant. */
  includeUndated: () => null,
};

/** What a filter of networks asks. Throws a FilterError for one that is beyond a limit. */
function networkPredicate(filter: NetworkFilter | null | undefined): Predicate {
  return readFilter(filter, FIELDS).predicate;
}

/** The same filter where networks without a known beginning count as active. */
function withUndated({ and, or, not: opposite, ...fields }: NetworkFilter): NetworkFilter {
  return {
    ...fields,
    includeUndated: true,
    and: and?.map(withUndated),
    or: or?.map(withUndated),
    not: opposite && withUndated(opposite),
  };
}

/**
 * The networks that a filter leaves out only because nobody knows when they began. Throws a FilterError for one that is
 * beyond a limit.
 */
export function undatedNetworks(type: NetworkType | 'Network', filter: NetworkFilter | null | undefined): ListRequest {
  const wider = filter ? networkPredicate(withUndated(filter)) : EVERY;
  return narrowed(byName(LISTINGS[type], nodeEdge), all([wider, not(networkPredicate(filter))]));
}

/** The networks, or those of one type, that meet a filter. Throws a FilterError for one that is beyond a limit. */
export function networks(
  type: NetworkType | 'Network',
  asked: {
    readonly filter?: NetworkFilter | null | undefined;
    readonly orderBy?: NetworkOrder | null | undefined;
  },
): ListRequest {
  const inOrder = ordered(byName(LISTINGS[type], nodeEdge), SORT_KEYS, asked.orderBy);
  const every = measuredFrom(inOrder, asked.filter?.near);
  const { predicate, named } = readFilter(asked.filter, FIELDS);
  return atDate({ ...narrowed(every, predicate), named }, asked.filter?.asOf);
}
