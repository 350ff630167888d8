import { step } from './steps.ts';
import { timed } from './timed.ts';

/** Sort keys of the members of networks: their names in order, and their identifiers in one. */
export const membersOfNetworks = step('membersOfNetworks', ['MEMBER_OF'], 'in', 'sortKeys');

/** The partners of actors, an entry for each partnership. */
export const partnersOfActors = step('partnersOfActors', ['PARTNERS_WITH'], 'both', 'ends');

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
