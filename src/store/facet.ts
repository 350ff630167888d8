import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { TerritoryLevel, TopicScheme } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import { endCount, FACET_DAYS, LIST_DAYS, type Path } from './in-memory.ts';
import { FACT_COLUMNS, type ListRequest } from './list.ts';
import { type Facet, type FacetRows, type FacetValue, GROUP_SEPARATOR } from './listing.ts';
import { NETWORKS_OF } from './membership.ts';
import { type NodeSummary, summaryOf } from './node-summary.ts';
import { PARTICIPANT_SEAT, SEAT } from './territory.ts';

/** A facet with its parameters, `facetLimit` among them. */
export interface FacetRequest {
  readonly facet: Facet;
  readonly parameters: Parameters;
}

/** One value of a facet, and how many actors have it. */
export interface FacetCount {
  readonly value: string;
  /** What the value identifies, where it is a node. */
  readonly node: NodeSummary | null;
  readonly count: number;
}

/** Values of a facet that nobody bounds: more than there are kinds, or years that sources tell. */
export const MAX_VALUES = 200;

const ACTOR_TYPES: Facet = { is: 'value', name: 'types of actors', value: 'b.type', inMemory: 'type' };
const ORGANISATION_KINDS: Facet = {
  is: 'value',
  name: 'kinds of organisations',
  // Of actors, organisations alone have a kind.
  value: 'b.kind',
  inMemory: 'kind',
};
const RELATIONSHIP_YEARS: Facet = {
  is: 'value',
  name: 'years of relationships',
  value: 'left(r.since, 4)',
  inMemory: 'year of relationship',
};
const END_YEARS: Facet = {
  is: 'value',
  name: 'last years of relationships',
  value: 'left(r.until, 4)',
  inMemory: 'last year of relationship',
};
const [ROLES, KINDS] = (['role', 'kind'] as const).map(
  (field): Facet => ({
    is: 'value',
    name: `${field}s of relationships`,
    value: `r.${field}`,
    inMemory: 'kind of relationship',
  }),
) as [Facet, Facet];
const ENDS: Facet = {
  is: 'value',
  name: 'ends of relationships',
  value: 'a.id',
  inMemory: 'end of relationship',
};
const NODE_YEARS: Facet = { is: 'value', name: 'years of nodes', value: 'left(b.since, 4)', inMemory: 'year' };
const PROGRAMMES: Facet = {
  is: 'value',
  name: 'programmes of projects',
  value: 'b.programme',
  inMemory: 'programme',
};
/** A facet over all dates, and the same on the days of a facet. */
function dated(make: (isDated: boolean) => Facet): (days: Parameters) => Facet {
  const [always, then] = [make(false), make(true)];
  return (days) => (FACET_DAYS.first in days ? then : always);
}

const named = (name: string, isDated: boolean): string => (isDated ? `dated ${name}` : name);

const networkCounts = dated((isDated) => {
  const { clause, variable } = endCount(NETWORKS_OF, isDated ? FACET_DAYS : null);
  const name = named('numbers of networks', isDated);
  return { is: 'value', name, clause, value: variable, inMemory: { ends: NETWORKS_OF, isDated } };
});
/** The territories to which a path leads; without a date those of today: the régions before 2016 hold the same seats. */
const territoriesOf = (whom: string, path: Path) =>
  dated((isDated) => {
    const name = named(`territories of ${whom}`, isDated);
    return { is: 'node', name, path, isOfKind: true, isDated, isOfToday: !isDated };
  });
const [actorTerritories, participantTerritories] = [
  territoriesOf('actors', SEAT),
  territoriesOf('participants', PARTICIPANT_SEAT),
];
const actorAffiliations = dated((isDated) => {
  const path: Path = { types: ['AFFILIATED_WITH'], side: 'out' };
  return { is: 'node', name: named('affiliations of actors', isDated), path, isOfKind: false, isDated };
});
/** What projects are grouped by: the value of each as Cypher, empty where it is not known, and what the snapshot has. */
const PROJECT_GROUPINGS = {
  PROGRAMME: { text: "coalesce(b.programme, '')", inMemory: 'programme' },
  START_YEAR: { text: "coalesce(left(b.since, 4), '')", inMemory: 'year' },
} as const;
export type ProjectGrouping = keyof typeof PROJECT_GROUPINGS;
/** What partnerships are grouped by. */
const PARTNERSHIP_GROUPINGS = {
  KIND: { text: "coalesce(r.kind, '')", inMemory: 'kind of relationship' },
  START_YEAR: { text: "coalesce(left(r.since, 4), '')", inMemory: 'year of relationship' },
} as const;
export type PartnershipGrouping = keyof typeof PARTNERSHIP_GROUPINGS;
/** More groups than partnerships have. */
const ALL_GROUPS = 100_000;
const TOPICS: Facet = {
  is: 'node',
  name: 'topics of actors',
  path: { types: ['ABOUT'], side: 'out' },
  isOfKind: true,
  isDated: false,
};
const ofValues = (facet: Facet): FacetRequest => ({ facet, parameters: { facetLimit: MAX_VALUES } });

/** How many of a list are organisations, poles, clusters: the values are types of actors. */
export function actorTypeFacet(): FacetRequest {
  return ofValues(ACTOR_TYPES);
}

/** Of which kinds the organisations of a list are. */
export function organisationKindFacet(): FacetRequest {
  return ofValues(ORGANISATION_KINDS);
}

/** The topics of one scheme that the actors of a list are about. */
export function topicFacet(scheme: TopicScheme, first: number): FacetRequest {
  return { facet: TOPICS, parameters: { facetKind: scheme, facetLimit: first } };
}

/** The date of a facet: the one asked for, else that of its list; none where neither has one. */
function daysOf({ parameters }: ListRequest, asOf: PartialDate | null): Parameters {
  if (asOf !== null) return { [FACET_DAYS.first]: firstDay(asOf), [FACET_DAYS.last]: lastDay(asOf) };
  const [first, last] = [parameters[LIST_DAYS.first], parameters[LIST_DAYS.last]];
  return first === undefined || last === undefined ? {} : { [FACET_DAYS.first]: first, [FACET_DAYS.last]: last };
}

/** Which territories a list is counted in: those of one level, of a date or of today. */
export interface CountedTerritories {
  readonly level: TerritoryLevel;
  readonly first: number;
  readonly asOf: PartialDate | null;
}

const countedIn =
  (facetOf: (days: Parameters) => Facet) =>
  ({ level, first, asOf }: CountedTerritories, request: ListRequest): FacetRequest => {
    const days = daysOf(request, asOf);
    return { facet: facetOf(days), parameters: { facetKind: level, facetLimit: first, ...days } };
  };

/**
 * The territories of one level that hold the seats of a list's actors: those that exist today; with a date, or of a list as of
 * one, those of that date.
 */
export const territoryFacet = countedIn(actorTerritories);

/** The territories of one level that hold the seats of those who take part in a list's projects, as of actors. */
export const participantTerritoryFacet = countedIn(participantTerritories);

/** The organisations that the actors of a list are affiliated with; of a list as of a date, those of that date. */
export function affiliationFacet(first: number, request: ListRequest): FacetRequest {
  const days = daysOf(request, null);
  return { facet: actorAffiliations(days), parameters: { facetLimit: first, ...days } };
}

/** How many networks the actors of a list belong to; of a list as of a date, at that date. */
export function networkCountFacet(request: ListRequest): FacetRequest {
  const days = daysOf(request, null);
  return { facet: networkCounts(days), parameters: { facetLimit: MAX_VALUES, ...days } };
}

/** In which years the relationships of a list began; of a list whose entries are the actors alone, these. */
export function sinceYearFacet({ listing: { columns } }: ListRequest): FacetRequest {
  return ofValues(FACT_COLUMNS.every((column) => columns?.includes(column)) ? RELATIONSHIP_YEARS : NODE_YEARS);
}

/** In which years the relationships of a list ended. */
export function untilYearFacet(): FacetRequest {
  return ofValues(END_YEARS);
}

/** Which roles, or which kinds, the relationships of a list have. */
export function relationshipKindFacet(field: 'role' | 'kind'): FacetRequest {
  return ofValues(field === 'role' ? ROLES : KINDS);
}

/** The nodes at which the relationships of a list without a parent end: the values are their identifiers. */
export function endFacet(first: number): FacetRequest {
  return { facet: ENDS, parameters: { facetLimit: first } };
}

/** In which years the projects of a list started. */
export function startYearFacet(): FacetRequest {
  return ofValues(NODE_YEARS);
}

/** The programmes and calls that fund the projects of a list. */
export function programmeFacet(first: number): FacetRequest {
  return { facet: PROGRAMMES, parameters: { facetLimit: first } };
}

function groups<Name extends string>(
  what: string,
  by: readonly Name[],
  groupings: Readonly<Record<Name, { readonly text: string; readonly inMemory: FacetValue }>>,
): Facet {
  return {
    is: 'value',
    name: `${what} by ${by.join(', ')}`,
    value: by.map((one) => groupings[one].text).join(` + '${GROUP_SEPARATOR}' + `),
    inMemory: by.map((one) => groupings[one].inMemory),
  };
}

/** The projects of a list by several values at once. */
export function projectGroups(by: readonly ProjectGrouping[], first: number): FacetRequest {
  return { facet: groups('projects', by, PROJECT_GROUPINGS), parameters: { facetLimit: first } };
}

/** All partnerships of a list of them by several values at once. */
export function partnershipGroups(by: readonly PartnershipGrouping[]): FacetRequest {
  return { facet: groups('partnerships', by, PARTNERSHIP_GROUPINGS), parameters: { facetLimit: ALL_GROUPS } };
}

/** The values of a group, in the order of what it was grouped by; null where one is not known. */
export const groupValues = ({ value }: FacetCount): (string | null)[] =>
  value.split(GROUP_SEPARATOR).map((one) => (one === '' ? null : one));

/** The counts of a facet from its packed rows. */
export function facetCounts({ is }: Facet, rows: FacetRows): FacetCount[] {
  return rows.map(([count, value, ...columns]) => ({
    value: String(value),
    node: is === 'node' ? summaryOf([value, ...columns]) : null,
    count,
  }));
}
