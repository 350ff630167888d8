import { timed } from './timed.ts';

/** Sort keys of the members of each network: their names in order, and their identifiers in one. */
export const membersOfNetworks = timed<{ network: string; members: readonly string[] }>(
  'membersOfNetworks',
  (holds) => /* cypher */ `
    UNWIND $networks AS network
    CALL (network) {
      MATCH (a:Entity {id: network})<-[r:MEMBER_OF]-(b)
      ${holds('WHERE')}
      RETURN collect(b.sortKey) AS members
    }
    RETURN network, members`,
);

/** The partners of each actor, one entry per partnership. */
export const partnersOfActors = timed<{ actor: string; partners: readonly string[] }>(
  'partnersOfActors',
  (holds) => /* cypher */ `
    UNWIND $actors AS actor
    CALL (actor) {
      MATCH (a:Entity {id: actor})-[r:PARTNERS_WITH]-(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS partners
    }
    RETURN actor, partners`,
);

/** The partnerships between an actor and some others, for each of `$rows`. */
export const partnershipsBetween = timed<{ id: string; from: string; strength: number }>(
  'partnershipsBetween',
  (holds) => /* cypher */ `
    UNWIND $rows AS row
    CALL (row) {
      MATCH (a:Entity {id: row.actor})-[r:PARTNERS_WITH]-(b)
      WHERE b.id IN row.others ${holds('AND')}
      RETURN r.id AS id, startNode(r).id AS from, coalesce(r.strength, 0) AS strength
    }
    RETURN id, from, strength`,
);
