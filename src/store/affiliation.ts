import type { PartialDate } from '../domain/partial-date.ts';
import { ACTOR_TYPES, type OrganisationKind } from '../domain/vocabulary.ts';
import { type NeighbourEdge, neighbourEdge } from './fact-edge.ts';
import type { Path } from './in-memory.ts';
import { byName, Conditions, FACT_COLUMNS, type ListRequest, NODE_KIND, RELATIONSHIP_HOLDS } from './list.ts';
import type { Listing } from './listing.ts';
import { relation } from './predicate.ts';

/** Affiliations in a row that a filter follows: a team of a laboratory of an institute of a body. Of ROR's, 4 are the most. */
export const MAX_AFFILIATION_DEPTH = 4;

/** From an organisation to itself and to all that it is affiliated with. */
const UP: NonNullable<Path['through']> = {
  type: 'AFFILIATED_WITH',
  label: 'Entity',
  depth: MAX_AFFILIATION_DEPTH,
  isDated: true,
};

const PARENTS: Listing = {
  name: 'affiliations',
  pattern: '(a:Entity {id: parent})-[r:AFFILIATED_WITH]->(b)',
  columns: FACT_COLUMNS,
  edges: { type: 'AFFILIATED_WITH', side: 'out' },
};
const AFFILIATED: Listing = {
  name: 'affiliated organisations',
  pattern: '(a:Entity {id: parent})<-[r:AFFILIATED_WITH]-(b)',
  columns: FACT_COLUMNS,
  edges: { type: 'AFFILIATED_WITH', side: 'in' },
};

const edge = (side: 'in' | 'out') =>
  neighbourEdge(
    'AFFILIATED_WITH',
    side,
    (node, relationships, since, until): NeighbourEdge => ({
      node,
      since,
      until,
      relationships,
    }),
  );
const [PARENT, CHILD] = [edge('out'), edge('in')];

/** Which affiliations are asked for. */
interface AffiliationsFilter {
  readonly asOf?: PartialDate | null | undefined;
}

/** The organisations that an organisation is affiliated with. */
export function affiliations({ asOf }: AffiliationsFilter): ListRequest<NeighbourEdge> {
  return byName(PARENTS, PARENT, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf));
}

/** The organisations that are affiliated with an organisation. */
export function affiliated({
  kinds,
  asOf,
}: AffiliationsFilter & {
  readonly kinds?: readonly OrganisationKind[] | null | undefined;
}): ListRequest<NeighbourEdge> {
  const conditions = new Conditions().where(NODE_KIND, 'kinds', kinds).asOf(RELATIONSHIP_HOLDS, asOf);
  return byName(AFFILIATED, CHILD, conditions);
}

/** The organisation is affiliated with one of the organisations, directly or through others, for a filter. */
export const AFFILIATED_WITH = relation('affiliatedWith', { types: ['AFFILIATED_WITH'], side: 'out', through: UP }, [
  'Organisation',
]);

/** The organisation is affiliated with one of the organisations itself, as its facet counts, for a filter. */
export const DIRECTLY_AFFILIATED_WITH = relation(
  'directlyAffiliatedWith',
  { types: ['AFFILIATED_WITH'], side: 'out' },
  ['Organisation'],
);

/** The actor is a partner of one of the actors, or of an organisation that is affiliated with one, for a filter. */
export const PARTNER_OF_AFFILIATED = relation(
  'partnerOf with affiliated',
  { types: ['PARTNERS_WITH'], side: 'both', through: UP },
  ACTOR_TYPES,
);

/** One of the actors takes part in the project, or an organisation that is affiliated with one, for a filter. */
export const PARTICIPANT_OR_AFFILIATED = relation(
  'participant with affiliated',
  { types: ['PARTICIPATES_IN'], side: 'in', through: UP },
  ACTOR_TYPES,
);
