import { timed } from './timed.ts';

/** Partners of an actor, one entry per partnership in three lists beside each other. */
export interface PartnersRow {
  readonly actor: string;
  readonly partners: readonly string[];
  /** How many partners each has in all, over all dates. */
  readonly breadths: readonly number[];
  /** Whether it is a partner by common projects. */
  readonly byProjects: readonly boolean[];
}

/** The partners of each actor, with what tells hubs apart. */
export const partnersWithBreadth = timed<PartnersRow>(
  'partnersWithBreadth',
  (holds) => /* cypher */ `
    UNWIND $actors AS actor
    CALL (actor) {
      MATCH (a:Entity {id: actor})-[r:PARTNERS_WITH]-(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS partners, collect(coalesce(b.partnerCount, 0)) AS breadths,
        collect(r.kind = 'PROJECT') AS byProjects
    }
    RETURN actor, partners, breadths, byProjects`,
);

/** How many partners each actor has; the dated text counts them where the count of all dates says too little. */
export const partnerCounts = timed<{ actor: string; total: number }>(
  'partnerCounts',
  (holds) => /* cypher */ `
    UNWIND $actors AS actor
    CALL (actor) {
      MATCH (a:Entity {id: actor})-[r:PARTNERS_WITH]-(b)
      ${holds('WHERE')}
      RETURN count(DISTINCT b.id) AS total
    }
    RETURN actor, total`,
);

/** The partners of each actor and how they are partners, without their breadth. */
export const partnersByKind = timed<Omit<PartnersRow, 'breadths'>>(
  'partnersByKind',
  (holds) => /* cypher */ `
    UNWIND $actors AS actor
    CALL (actor) {
      MATCH (a:Entity {id: actor})-[r:PARTNERS_WITH]-(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS partners, collect(r.kind = 'PROJECT') AS byProjects
    }
    RETURN actor, partners, byProjects`,
);

/** What each actor is about, and where it has its seat. */
export const topicsAndSeats = timed<{ actor: string; topics: readonly string[]; seats: readonly string[] }>(
  'topicsAndSeats',
  (holds) => /* cypher */ `
    UNWIND $actors AS actor
    MATCH (a:Entity {id: actor})
    CALL (a) {
      MATCH (a)-[:ABOUT]->(t)
      RETURN collect(t.id) AS topics
    }
    CALL (a) {
      MATCH (a)-[r:LOCATED_IN]->(t)
      ${holds('WHERE')}
      RETURN collect(t.id) AS seats
    }
    RETURN actor, topics, seats`,
);

/** Which of the topics and places in `$among`, a map's keys, each actor is about or has its seat in; none gives no row. */
export const sharedTraits = timed<{ actor: string; traits: readonly string[] }>(
  'sharedTraits',
  (holds) => /* cypher */ `
    UNWIND $actors AS actor
    MATCH (a:Entity {id: actor})-[r:ABOUT|LOCATED_IN]->(t)
    WHERE $among[t.id] IS NOT NULL AND (type(r) = 'ABOUT' OR (true ${holds('AND')}))
    RETURN actor, collect(t.id) AS traits`,
);
