import type { PartialDate } from '../domain/partial-date.ts';
import { ACTOR_TYPES, type ActorType, PARTNERSHIP_KINDS, type PartnershipKind } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';
import { type NeighbourEdge, neighbourEdge, sumOf, valuesOf } from './fact-edge.ts';
import { type FactFilter, factsWhere } from './fact-filter.ts';
import {
  byName,
  Conditions,
  FACT_COLUMNS,
  type ListRequest,
  NODE_TYPE,
  oncePerArguments,
  ordered,
  RELATIONSHIP_HOLDS,
  type SortKeys,
} from './list.ts';
import type { Condition, Direction, Listing } from './listing.ts';
import { relation } from './predicate.ts';

/** A partner of an actor, with their partnerships. */
export interface PartnershipEdge extends NeighbourEdge {
  readonly kinds: readonly PartnershipKind[];
  readonly projectCount: number;
  readonly strength: number;
}

const PARTNERS: Listing = {
  name: 'partners',
  pattern: '(a:Entity {id: parent})-[r:PARTNERS_WITH]-(b)',
  columns: [...FACT_COLUMNS, 'from', 'kind', 'label', 'parties', 'projectCount', 'strength'],
  edges: { type: 'PARTNERS_WITH', side: 'out' },
};

const KIND: Condition = {
  name: 'partnership kind',
  text: 'r.kind IN $partnershipKinds',
  inMemory: { is: 'edge among', values: 'partnershipKinds' },
};

/** The actor is a partner of one of the actors, for a filter. */
export const PARTNER_OF = relation('partnerOf', { types: ['PARTNERS_WITH'], side: 'both' }, ACTOR_TYPES);

/** The partnerships of an actor, for a filter. */
export const hasPartnerships = factsWhere<PartnershipKind, 'kind', 'partner'>(
  { type: 'PARTNERS_WITH', side: 'both' },
  { field: 'partnerships', role: 'kind', end: 'partner', types: ACTOR_TYPES },
);
/** What a filter asks of one partnership. */
export type PartnershipFilter = FactFilter<'kind', PartnershipKind, 'partner'>;

const SORT_KEYS: SortKeys<'NAME' | 'STRENGTH' | 'PROJECT_COUNT' | 'SINCE'> = {
  NAME: null,
  STRENGTH: { name: 'strength', text: 'sum(r.strength)', type: 'number', inMemory: { of: 'edges', field: 'strength' } },
  PROJECT_COUNT: {
    name: 'project count',
    text: 'sum(r.projectCount)',
    type: 'number',
    inMemory: { of: 'edges', field: 'projectCount' },
  },
  SINCE: {
    name: 'since',
    text: "coalesce(min(r.since), '')",
    type: 'string',
    inMemory: { of: 'edges', field: 'since' },
  },
};

const EDGE = neighbourEdge('PARTNERS_WITH', 'both', (node, relationships, since, until) => ({
  node,
  since,
  until,
  relationships,
  kinds: valuesOf(relationships, 'kind', PARTNERSHIP_KINDS),
  projectCount: sumOf(relationships, 'projectCount'),
  strength: sumOf(relationships, 'strength'),
}));

/** Which partners of an actor are asked for. */
export interface PartnersFilter {
  readonly kinds?: readonly PartnershipKind[] | null | undefined;
  readonly types?: readonly ActorType[] | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
  readonly orderBy?: { readonly field: keyof typeof SORT_KEYS; readonly direction: Direction } | null | undefined;
}

/** The partners of an actor, whichever end of a partnership it stands at: each once. */
export const partners = oncePerArguments((filter: PartnersFilter): ListRequest<PartnershipEdge> => {
  const conditions = new Conditions()
    .where(KIND, 'partnershipKinds', filter.kinds)
    .where(NODE_TYPE, 'types', filter.types)
    .asOf(RELATIONSHIP_HOLDS, filter.asOf);
  return ordered(byName(PARTNERS, EDGE, conditions), SORT_KEYS, filter.orderBy);
});

/** Common projects of pairs of actors, in the order of their names, each with the padded period in which it runs. */
export const projectsInCommon = statement<{
  pair: number;
  projects: readonly (readonly [id: string, sortKey: string, validFrom: string, validTo: string])[];
}>(
  'projectsInCommon',
  /* cypher */ `
  UNWIND $pairs AS pair
  CALL (pair) {
    MATCH (a:Entity {id: pair.from})-[:PARTICIPATES_IN]->(b)<-[:PARTICIPATES_IN]-(c)
    WHERE c.id = pair.to
    RETURN collect([b.id, b.sortKey, b.validFrom, b.validTo]) AS projects
  }
  RETURN pair.position AS pair, projects`,
);
