import type { RelationshipType } from '../domain/vocabulary.ts';
import { type Statement, statement } from '../graph/statement.ts';

/**
 * Relationships that tie actors to each other, to their networks and to their projects: those that walks follow unless
 * told. An actor stands at the beginning of each.
 */
export const ACTOR_EDGE_TYPES = [
  'MEMBER_OF',
  'PARTNERS_WITH',
  'PARTICIPATES_IN',
  'SUCCEEDED_BY',
  'LABELS',
] as const satisfies RelationshipType[];
export type TieType = (typeof ACTOR_EDGE_TYPES)[number];

export const isTieType = (type: RelationshipType): type is TieType =>
  (ACTOR_EDGE_TYPES as readonly string[]).includes(type);

/** Towards which end of a relationship one looks. */
export type TieEnd = 'out' | 'in';
/** The same, or both ways as one. */
export type TieEnds = TieEnd | 'both';

/** The nodes to which a node is tied, a node once for each tie: a list for each type, in the order of ACTOR_EDGE_TYPES. */
export interface TiesRow {
  readonly id: string;
  readonly ends: readonly (readonly string[])[];
}

/** Each type by itself and without a name for the relationship: the embedded engine then reads none of their records. */
function ties(end: TieEnd): Statement<TiesRow> {
  const lists = ACTOR_EDGE_TYPES.map(
    (type, place) => `
    CALL (id) {
      MATCH (a:Entity {id: id})${end === 'out' ? `-[:${type}]->` : `<-[:${type}]-`}(b)
      RETURN collect(b.id) AS ends${place}
    }`,
  );
  return statement(
    `ties ${end}`,
    /* cypher */ `
    UNWIND $ids AS id${lists.join('')}
    RETURN id, [${ACTOR_EDGE_TYPES.map((_, place) => `ends${place}`).join(', ')}] AS ends`,
  );
}

/** The ties that begin, or end, at each of `$ids`; none of one that there is not. */
export const tiesOf: Readonly<Record<TieEnd, Statement<TiesRow>>> = { out: ties('out'), in: ties('in') };
