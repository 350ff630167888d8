import { IDENTIFIER_FIELDS, type IdentifierScheme } from '../domain/identifier.ts';
import type { PartialDate } from '../domain/partial-date.ts';
import type { OrganisationKind, OrganisationSize } from '../domain/vocabulary.ts';
import { AFFILIATED_WITH, DIRECTLY_AFFILIATED_WITH, PARTNER_OF_AFFILIATED } from './affiliation.ts';
import type { FactListFilter } from './fact-filter.ts';
import { type FilterFields, readFilter } from './filter.ts';
import { counted, endsCounted, type IntRange, oneOf, RECORD_FIELDS } from './filter-fields.ts';
import { atDate, byName, endsOf, type ListRequest, nodeEdge, ordered, type SortKeys } from './list.ts';
import type { Direction, Listing } from './listing.ts';
import { hasMemberships, MEMBER_OF, type MembershipFilter, NETWORKS_OF } from './membership.ts';
import { narrowed } from './narrowed.ts';
import { DISTANCE, measuredFrom, type Near, nearTo } from './near.ts';
import { hasPartnerships, PARTNER_OF, type PartnershipFilter } from './partnership.ts';
import { any, condition, type Fragment, type Predicate } from './predicate.ts';
import { hasParticipations, type ParticipationFilter } from './project.ts';
import { LOCATED_IN } from './territory.ts';
import { ABOUT } from './topic.ts';

/** All organisations. */
export const ORGANISATIONS: Listing = {
  name: 'organisations',
  pattern: '(b:Organisation)',
  columns: null,
  nodes: ['Organisation'],
};

const SORT_KEYS: SortKeys<'NAME' | 'DISTANCE' | 'PARTNER_COUNT' | 'PROJECT_COUNT' | 'NETWORK_COUNT' | 'CREATED_AT'> = {
  NAME: null,
  DISTANCE,
  PARTNER_COUNT: {
    name: 'partner count',
    text: 'coalesce(b.partnerCount, 0)',
    type: 'number',
    inMemory: { of: 'node', field: 'partnerCount' },
  },
  PROJECT_COUNT: {
    name: 'project count',
    text: 'coalesce(b.projectCount, 0)',
    type: 'number',
    inMemory: { of: 'node', field: 'projectCount' },
  },
  NETWORK_COUNT: endsOf('network count', NETWORKS_OF),
  CREATED_AT: {
    name: 'created at',
    text: 'b.createdAt',
    type: 'string',
    inMemory: { of: 'node', field: 'createdAt' },
  },
};

/** The order of a list of organisations. */
export interface OrganisationOrder {
  readonly field: keyof typeof SORT_KEYS;
  readonly direction: Direction;
}

/** Which organisations are asked for: its fields are joined by and. */
export interface OrganisationFilter {
  readonly and?: readonly OrganisationFilter[] | null | undefined;
  readonly or?: readonly OrganisationFilter[] | null | undefined;
  readonly not?: OrganisationFilter | null | undefined;
  readonly kind?: readonly OrganisationKind[] | null | undefined;
  readonly public?: boolean | null | undefined;
  readonly size?: readonly OrganisationSize[] | null | undefined;
  readonly nameContains?: string | null | undefined;
  readonly nameStartsWith?: string | null | undefined;
  readonly memberOf?: readonly string[] | null | undefined;
  readonly partnerOf?: readonly string[] | null | undefined;
  /** Whether `partnerOf` means those affiliated with its actors too. */
  readonly includeAffiliated?: boolean | null | undefined;
  readonly affiliatedWith?: readonly string[] | null | undefined;
  readonly directlyAffiliatedWith?: readonly string[] | null | undefined;
  readonly topic?: readonly string[] | null | undefined;
  readonly locatedIn?: readonly string[] | null | undefined;
  readonly near?: Near | null | undefined;
  readonly partnerCount?: IntRange | null | undefined;
  readonly projectCount?: IntRange | null | undefined;
  readonly networkCount?: IntRange | null | undefined;
  readonly memberships?: FactListFilter<MembershipFilter> | null | undefined;
  readonly partnerships?: FactListFilter<PartnershipFilter> | null | undefined;
  readonly participations?: FactListFilter<ParticipationFilter> | null | undefined;
  readonly hasIdentifier?: readonly IdentifierScheme[] | null | undefined;
  readonly sourcedBy?: readonly string[] | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
}

const PUBLIC: Fragment = {
  name: 'public',
  text: 'b.public = $value#',
  inMemory: { is: 'public', value: 'value#' },
};

function identifiedIn(scheme: IdentifierScheme): Predicate {
  const property = IDENTIFIER_FIELDS[scheme];
  return condition(
    { name: `has ${property}`, text: `b.${property} IS NOT NULL`, inMemory: { is: 'identified', field: property } },
    {},
  );
}

const FIELDS: FilterFields<OrganisationFilter> = {
  ...RECORD_FIELDS,
  kind: oneOf('kind', 'kind'),
  public: (value) => condition(PUBLIC, { value }),
  size: oneOf('size', 'size'),
  memberOf: MEMBER_OF,
  partnerOf: (ids, asOf, { includeAffiliated }) => (includeAffiliated ? PARTNER_OF_AFFILIATED : PARTNER_OF)(ids, asOf),
  includeAffiliated: () => null,
  affiliatedWith: AFFILIATED_WITH,
  directlyAffiliatedWith: DIRECTLY_AFFILIATED_WITH,
  topic: ABOUT,
  locatedIn: LOCATED_IN,
  near: nearTo,
  partnerCount: counted('partnerCount', 'partnerCount'),
  projectCount: counted('projectCount', 'projectCount'),
  networkCount: endsCounted('networkCount', NETWORKS_OF),
  memberships: hasMemberships,
  partnerships: hasPartnerships,
  participations: hasParticipations,
  hasIdentifier: (schemes) => any([...new Set(schemes)].sort().map(identifiedIn)),
};

/** The organisations that meet a filter, or all. Throws a FilterError for one that is beyond a limit. */
export function organisations(asked: {
  readonly filter?: OrganisationFilter | null | undefined;
  readonly orderBy?: OrganisationOrder | null | undefined;
}): ListRequest {
  const inOrder = ordered(byName(ORGANISATIONS, nodeEdge), SORT_KEYS, asked.orderBy);
  const every = measuredFrom(inOrder, asked.filter?.near);
  const { predicate, named } = readFilter(asked.filter, FIELDS);
  return atDate({ ...narrowed(every, predicate), named }, asked.filter?.asOf);
}
