/** Every type of node. Each node has a global identifier, and the API can return it. */
export const NODE_TYPES = [
  'Organisation',
  'Pole',
  'Cluster',
  'Project',
  'Patent',
  'Topic',
  'Territory',
  'Source',
  'Indicator',
  'Claim',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** Types whose identifiers are digests of the content: the same content recorded again is the same record. */
export const NAMED_BY_CONTENT = ['Indicator', 'Claim'] as const satisfies NodeType[];

/** The types of nodes that cooperate, and those among them that are networks. */
export const ACTOR_TYPES = ['Organisation', 'Pole', 'Cluster'] as const satisfies NodeType[];
export type ActorType = (typeof ACTOR_TYPES)[number];
export const NETWORK_TYPES = ['Pole', 'Cluster'] as const satisfies NodeType[];
export type NetworkType = (typeof NETWORK_TYPES)[number];

/** The prefix of each type's global identifiers. */
export const ID_PREFIXES = {
  Organisation: 'organisation',
  Pole: 'pole',
  Cluster: 'cluster',
  Project: 'project',
  Patent: 'patent',
  Topic: 'topic',
  Territory: 'territory',
  Source: 'source',
  Indicator: 'indicator',
  Claim: 'claim',
} as const satisfies Record<NodeType, string>;

const TYPE_OF_ID_PREFIX = new Map<string, NodeType>(
  Object.entries(ID_PREFIXES).map(([type, prefix]) => [prefix, type as NodeType]),
);

/** The type of node that an identifier names; null if it names none. */
export function nodeTypeOf(id: string): NodeType | null {
  return TYPE_OF_ID_PREFIX.get(id.slice(0, id.indexOf('/'))) ?? null;
}

/** Relationships that are facts of their own: dated, sourced, reported as MEMBER_OF … in the API. */
export const FACT_TYPES = [
  'MEMBER_OF',
  'PARTNERS_WITH',
  'PARTICIPATES_IN',
  'AFFILIATED_WITH',
  'SUCCEEDED_BY',
  'HOLDS_LABEL',
] as const;
/** The other relationships of the API: they belong to the record at one of their ends. */
export const LINK_TYPES = [
  'LABELS',
  'LOCATED_IN',
  'COVERS',
  'ABOUT',
  'FILED',
  'RESULTED_IN',
  'PRODUCED_AT',
  'PART_OF',
  'BROADER',
] as const;
/** Relationships that join a figure or a claim to the node that it is about. The API does not show them. */
export const ANNOTATION_TYPES = ['OBSERVED', 'CLAIMED'] as const;
export const RELATIONSHIP_TYPES = [...FACT_TYPES, ...LINK_TYPES, ...ANNOTATION_TYPES] as const;
export type RelationshipType = (typeof RELATIONSHIP_TYPES)[number];

/** The prefix of each relationship's global identifiers. */
export const RELATIONSHIP_ID_PREFIXES = {
  MEMBER_OF: 'membership',
  PARTNERS_WITH: 'partnership',
  PARTICIPATES_IN: 'participation',
  AFFILIATED_WITH: 'affiliation',
  SUCCEEDED_BY: 'succession',
  HOLDS_LABEL: 'holdslabel',
  LABELS: 'labels',
  LOCATED_IN: 'locatedin',
  COVERS: 'covers',
  ABOUT: 'about',
  FILED: 'filed',
  RESULTED_IN: 'resultedin',
  PRODUCED_AT: 'production',
  PART_OF: 'partof',
  BROADER: 'broader',
  OBSERVED: 'observed',
  CLAIMED: 'claimed',
} as const satisfies Record<RelationshipType, string>;

const TYPE_OF_RELATIONSHIP_PREFIX = new Map<string, RelationshipType>(
  [...FACT_TYPES, ...LINK_TYPES].map((type) => [RELATIONSHIP_ID_PREFIXES[type], type]),
);

/** The type that a relationship's identifier names; null when it is no relationship's. */
export function relationshipTypeOf(id: string): RelationshipType | null {
  return TYPE_OF_RELATIONSHIP_PREFIX.get(id.slice(0, id.indexOf('/'))) ?? null;
}

export const ORGANISATION_KINDS = [
  'COMPANY',
  'RESEARCH',
  'TRAINING',
  'PUBLIC_BODY',
  'ASSOCIATION',
  'OTHER',
  'UNKNOWN',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export const ORGANISATION_SIZES = ['MICRO', 'SMALL', 'MEDIUM', 'LARGE'] as const;
export type OrganisationSize = (typeof ORGANISATION_SIZES)[number];

export const POLE_RANKS = ['WORLD', 'WORLD_VOCATION', 'NATIONAL'] as const;
export type PoleRank = (typeof POLE_RANKS)[number];

export const MEMBERSHIP_ROLES = ['MEMBER', 'FOUNDER', 'BOARD', 'PRESIDENCY', 'FUNDER', 'ASSOCIATE'] as const;
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

export const PARTNERSHIP_KINDS = [
  'PROJECT',
  'SUPPLY',
  'DISTRIBUTION',
  'LOGISTICS',
  'TRAINING',
  'CONVENTION',
  'CHARTER',
  'ALLIANCE',
  'OTHER',
] as const;
export type PartnershipKind = (typeof PARTNERSHIP_KINDS)[number];

export const PARTICIPATION_ROLES = ['COORDINATOR', 'PARTNER'] as const;
export type ParticipationRole = (typeof PARTICIPATION_ROLES)[number];

export const SUCCESSION_KINDS = ['MERGE', 'RENAME', 'SPLIT', 'ABSORPTION', 'FEDERATION'] as const;
export type SuccessionKind = (typeof SUCCESSION_KINDS)[number];

export const TOPIC_SCHEMES = ['SECTOR', 'MARKET', 'TECHNOLOGY', 'LABEL', 'CONCEPT'] as const;
export type TopicScheme = (typeof TOPIC_SCHEMES)[number];

export const TERRITORY_LEVELS = ['COUNTRY', 'REGION', 'DEPARTMENT', 'COMMUNE', 'OTHER'] as const;
export type TerritoryLevel = (typeof TERRITORY_LEVELS)[number];
