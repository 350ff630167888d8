import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import {
  ACTOR_TYPES,
  type ActorType,
  type MembershipRole,
  NETWORK_TYPES,
  type NodeType,
  type OrganisationKind,
  type PartnershipKind,
} from '../domain/vocabulary.ts';
import type { FactEdge } from './fact-edge.ts';
import { daysOfPeriod } from './fact-filter.ts';
import { checkPeriod, type PeriodInput } from './filter-fields.ts';
import { isValidOn, type NodeTest } from './in-memory.ts';
import {
  byName,
  Conditions,
  FACT_COLUMNS,
  type ListRequest,
  ordered,
  RELATIONSHIP_HOLDS,
  type SortKeys,
} from './list.ts';
import type { Condition, Direction, Listing, SortKey } from './listing.ts';
import { named } from './named.ts';
import { relationshipRecord } from './relationship.ts';

/** Every relationship of a list without a parent begins at the node `b` and ends at `a`. */
const START = '(b:Entity)';

const MEMBERSHIPS: Listing = {
  name: 'all memberships',
  pattern: `${START}-[r:MEMBER_OF]->(a:Entity)`,
  columns: [...FACT_COLUMNS, 'to', 'role', 'roleLabel', 'writtenAs'],
  each: 'relationship',
  relationships: 'MEMBER_OF',
};
const PARTNERSHIPS: Listing = {
  name: 'all partnerships',
  pattern: `${START}-[r:PARTNERS_WITH]->(a:Entity)`,
  columns: [...FACT_COLUMNS, 'to', 'kind', 'label', 'parties', 'projectCount', 'strength'],
  each: 'relationship',
  relationships: 'PARTNERS_WITH',
};

/** The part of a list of relationships that begins at the nodes of `$starts`. */
export function startingAt(listing: Listing): Listing {
  return {
    ...listing,
    name: `${listing.name} of nodes`,
    start: `UNWIND $starts AS start MATCH ${listing.pattern.replace(START, '(b:Entity {id: start})')}`,
  };
}

const edgeOf =
  (type: 'MEMBER_OF' | 'PARTNERS_WITH'): ListRequest<FactEdge>['edge'] =>
  (node, [columns]) => {
    const { to, ...properties } = columns!;
    return { node, relationship: relationshipRecord(type, { from: node.id, to, properties }) };
  };
const [MEMBERSHIP, PARTNERSHIP] = [edgeOf('MEMBER_OF'), edgeOf('PARTNERS_WITH')];

const byDate = (field: 'since' | 'until'): SortKey => ({
  name: field,
  text: `coalesce(r.${field}, '')`,
  type: 'string',
  inMemory: { of: 'edges', field },
});
const byNumber = (field: 'strength' | 'projectCount'): SortKey => ({
  name: field,
  text: `coalesce(r.${field}, 0)`,
  type: 'number',
  inMemory: { of: 'edges', field },
});

const MEMBERSHIP_KEYS: SortKeys<'NAME' | 'SINCE' | 'UNTIL'> = {
  NAME: null,
  SINCE: byDate('since'),
  UNTIL: byDate('until'),
};
const PARTNERSHIP_KEYS: SortKeys<keyof typeof MEMBERSHIP_KEYS | 'STRENGTH' | 'PROJECT_COUNT'> = {
  ...MEMBERSHIP_KEYS,
  STRENGTH: byNumber('strength'),
  PROJECT_COUNT: byNumber('projectCount'),
};

/** Its role or kind is among values. */
const kindAmong = (field: 'role' | 'kind'): Condition => ({
  name: field,
  text: `r.${field} IN $kinds`,
  inMemory: { is: 'edge among', values: 'kinds' },
});
const [ROLE, KIND] = [kindAmong('role'), kindAmong('kind')];

/** The nodes at one of its ends, at either or at both have a value that is among those of a parameter. */
function endAmong(at: 'from' | 'to' | 'either' | 'both', parameter: string, of: 'id' | 'type' | 'kind'): Condition {
  const ends = { from: ['b'], to: ['a'], either: ['b', 'a'], both: ['b', 'a'] }[at];
  const tests: Record<typeof of, NodeTest> = {
    id: { is: 'id among', values: parameter },
    type: { is: 'type among', values: parameter },
    kind: { is: 'among', field: 'kind', values: parameter },
  };
  return {
    name: parameter,
    text: ends.map((node) => `${node}.${of} IN $${parameter}`).join(at === 'both' ? ' AND ' : ' OR '),
    inMemory: { is: 'edge ends', at, test: tests[of] },
  };
}
const MEMBER = endAmong('from', 'members', 'id');
const NETWORK = endAmong('to', 'networks', 'id');
const MEMBER_TYPE = endAmong('from', 'types', 'type');
const MEMBER_KIND = endAmong('from', 'organisationKinds', 'kind');
const PARTNER = endAmong('either', 'partners', 'id');
const BETWEEN = endAmong('both', 'between', 'id');

const PERIOD = { first: 'duringFirst', last: 'duringLast' };
const DURING: Condition = {
  name: 'during',
  text: isValidOn('r', PERIOD),
  inMemory: { is: 'edge valid', days: PERIOD },
};

/** Its beginning or end is not before the first day of a period, or not after its last, as far as its digits are known. */
const dated = (field: 'since' | 'until') => ({
  from: {
    name: `${field} from`,
    text: `r.${field} >= left($${field}First, size(r.${field}))`,
    inMemory: { is: 'edge dated', field, first: `${field}First` },
  } satisfies Condition,
  to: {
    name: `${field} to`,
    text: `r.${field} <= $${field}Last`,
    inMemory: { is: 'edge dated by', field, last: `${field}Last` },
  } satisfies Condition,
});
const DATED = { since: dated('since'), until: dated('until') };

type Maybe<Value> = Value | null | undefined;

/** Conditions on the period of a relationship. */
interface PeriodFilter {
  /** It is valid on some day of this period. */
  readonly during?: Maybe<PeriodInput>;
  readonly startsIn?: Maybe<PeriodInput>;
  readonly endsIn?: Maybe<PeriodInput>;
}

/** Conditions on one membership, joined by and. */
export interface MembershipsFilter extends PeriodFilter {
  readonly role?: Maybe<readonly MembershipRole[]>;
  readonly member?: Maybe<readonly string[]>;
  readonly network?: Maybe<readonly string[]>;
  readonly memberKind?: Maybe<readonly ActorType[]>;
  readonly organisationKind?: Maybe<readonly OrganisationKind[]>;
}

/** Conditions on one partnership, joined by and. */
export interface PartnershipsFilter extends PeriodFilter {
  readonly kind?: Maybe<readonly PartnershipKind[]>;
  /** At least one of the two actors is among these. */
  readonly partner?: Maybe<readonly string[]>;
  /** Both actors are among these. */
  readonly between?: Maybe<readonly string[]>;
}

/** Which relationships of all are asked for. */
interface Asked<Filter, Field extends string> {
  readonly filter?: Maybe<Filter>;
  readonly asOf?: Maybe<PartialDate>;
  readonly orderBy?: Maybe<{ readonly field: Field; readonly direction: Direction }>;
}

/** Adds the conditions on periods. Throws a FilterError for one that ends before it begins. */
function withPeriods(conditions: Conditions, { during, startsIn, endsIn }: PeriodFilter): Conditions {
  if (during) {
    conditions.all.push(DURING);
    Object.assign(conditions.parameters, daysOfPeriod('during', during, PERIOD));
  }
  for (const [name, field, period] of [
    ['startsIn', 'since', startsIn] as const,
    ['endsIn', 'until', endsIn] as const,
  ]) {
    if (!period) continue;
    const { since, until } = checkPeriod(name, period);
    conditions.where(DATED[field].from, `${field}First`, since && firstDay(since));
    conditions.where(DATED[field].to, `${field}Last`, until && lastDay(until));
  }
  return conditions;
}

/** A field of a filter that names records: the parameter of its condition, and the types that they have. */
interface NamingField<Field extends string> {
  readonly field: Field;
  readonly parameter: string;
  readonly types: readonly NodeType[];
}

/** A list of relationships whose filter may name the records at their ends. */
function naming<Field extends string>(
  request: ListRequest<FactEdge>,
  filter: { readonly [Name in Field]?: Maybe<readonly string[]> },
  fields: readonly NamingField<Field>[],
): ListRequest<FactEdge> {
  const given = fields.filter(({ field }) => filter[field]);
  return {
    ...request,
    named: given.map(({ field, types }) => named(`filter: ${field}`, filter[field]!, types)),
    references: given.map(({ parameter }) => parameter),
  };
}

/** All memberships that match the filter: by name of the member, or in another order. */
export function allMemberships(asked: Asked<MembershipsFilter, keyof typeof MEMBERSHIP_KEYS>): ListRequest<FactEdge> {
  const filter = asked.filter ?? {};
  const conditions = withPeriods(new Conditions(), filter)
    .where(ROLE, 'kinds', filter.role)
    .where(MEMBER, 'members', filter.member)
    .where(NETWORK, 'networks', filter.network)
    .where(MEMBER_TYPE, 'types', filter.memberKind)
    .where(MEMBER_KIND, 'organisationKinds', filter.organisationKind)
    .asOf(RELATIONSHIP_HOLDS, asked.asOf);
  return naming(ordered(byName(MEMBERSHIPS, MEMBERSHIP, conditions), MEMBERSHIP_KEYS, asked.orderBy), filter, [
    { field: 'member', parameter: 'members', types: ACTOR_TYPES },
    { field: 'network', parameter: 'networks', types: NETWORK_TYPES },
  ]);
}

/** All partnerships that match the filter: by name of the actor at which they begin, or in another order. */
export function allPartnerships(
  asked: Asked<PartnershipsFilter, keyof typeof PARTNERSHIP_KEYS>,
): ListRequest<FactEdge> {
  const filter = asked.filter ?? {};
  const conditions = withPeriods(new Conditions(), filter)
    .where(KIND, 'kinds', filter.kind)
    .where(PARTNER, 'partners', filter.partner)
    .where(BETWEEN, 'between', filter.between)
    .asOf(RELATIONSHIP_HOLDS, asked.asOf);
  return naming(ordered(byName(PARTNERSHIPS, PARTNERSHIP, conditions), PARTNERSHIP_KEYS, asked.orderBy), filter, [
    { field: 'partner', parameter: 'partners', types: ACTOR_TYPES },
    { field: 'between', parameter: 'between', types: ACTOR_TYPES },
  ]);
}
