import { statement } from '../graph/statement.ts';
import { LOCK } from './write.ts';

/** The counts stored with an actor: how many partners, projects and members it has. */
export interface Counted {
  readonly id: string;
  readonly partnerCount: number;
  readonly projectCount: number;
  readonly memberCount: number;
}

const COUNT = /* cypher */ `
  CALL (n) { MATCH (n)-[:PARTNERS_WITH]-(b) RETURN count(DISTINCT b) AS partners }
  CALL (n) { MATCH (n)-[:PARTICIPATES_IN]->(b) RETURN count(DISTINCT b) AS projects }
  CALL (n) { MATCH (n)<-[:MEMBER_OF]-(b) RETURN count(DISTINCT b) AS members }`;

const SET_COUNTS = 'SET n.partnerCount = partners, n.projectCount = projects, n.memberCount = members';

/** Counts the relationships of an actor `n`, and leaves it out where its stored counts say the same. */
export const MISCOUNTED = /* cypher */ `
  ${COUNT}
  WITH n, partners, projects, members
  WHERE coalesce(n.partnerCount, 0) <> partners OR coalesce(n.projectCount, 0) <> projects
    OR coalesce(n.memberCount, 0) <> members`;

/** Renews the stored counts of the actor `id`. */
export const RECOUNT = /* cypher */ `
  MATCH (n:Entity {id: id})
  ${COUNT}
  ${SET_COUNTS}`;

/** Renews the stored counts of each actor: distinct partners, projects, members. Undated. Returns them. */
export const recount = statement<Counted>(
  'recount',
  /* cypher */ `
  UNWIND $ids AS id
  ${RECOUNT}
  RETURN id, partners AS partnerCount, projects AS projectCount, members AS memberCount`,
);

/** Holds actors, and renews the stored counts of those that are miscounted. Returns these. Identifiers must come sorted. */
export const recountMiscounted = statement<Counted>(
  'recountMiscounted',
  /* cypher */ `
  ${LOCK}
  WITH n
  ${MISCOUNTED}
  ${SET_COUNTS}
  RETURN n.id AS id, partners AS partnerCount, projects AS projectCount, members AS memberCount`,
);

/** The mark that says after which entry of the change log nothing was counted; empty where all counts are renewed. */
export const UNCOUNTED = 'uncounted';

/**
 * Notes that the counts of what this transaction touches are not renewed: `$after` is an entry of the change log before
 * its own. Another's mark stays, since it says the same of more.
 */
export const markUncounted = statement<never>(
  'markUncounted',
  /* cypher */ `
  MERGE (mark:Counter {id: '${UNCOUNTED}'})
  ON CREATE SET mark.value = $after
  ON MATCH SET mark.value = CASE WHEN mark.value = '' THEN $after ELSE mark.value END`,
);
