import { statement } from '../graph/statement.ts';

/** Marks projects whose partnerships are still to be derived, so that a stop in between is made good at the next start. */
export const markUnderived = statement<never>(
  'markUnderived',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  SET n:Underived`,
);

/** Projects whose partnerships are to be derived. */
export const underivedProjects = statement<{ id: string }>(
  'underivedProjects',
  /* cypher */ `
  MATCH (n:Underived)
  RETURN n.id AS id`,
);

/** Takes the mark away. */
export const markDerived = statement<never>(
  'markDerived',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  REMOVE n:Underived`,
);

/** Who takes part in each of the projects, and what a partnership derives from. */
export const participantsOfProjects = statement<{
  project: string;
  since: string | null;
  until: string | null;
  participantCount: number | null;
  sources: readonly string[];
  participants: readonly string[];
}>(
  'participantsOfProjects',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (p:Entity {id: id})
  CALL (p) { MATCH (p)<-[:PARTICIPATES_IN]-(a) RETURN collect(a.id) AS participants }
  RETURN p.id AS project, p.since AS since, p.until AS until, p.participantCount AS participantCount,
    p.sources AS sources, participants`,
);

/** The projects of each actor. */
export const projectsOfActors = statement<{ actor: string; projects: readonly string[] }>(
  'projectsOfActors',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (a:Entity {id: id})
  CALL (a) { MATCH (a)-[:PARTICIPATES_IN]->(p) RETURN collect(p.id) AS projects }
  RETURN a.id AS actor, projects`,
);

/** All projects with their identifiers after a given one, in order: a long read. */
export const projectsAfter = statement<{ id: string }>(
  'projectsAfter',
  /* cypher */ `
  MATCH (p:Project)
  WHERE p.id > $after
  RETURN p.id AS id ORDER BY id LIMIT $limit`,
);

/** The derived partnerships after a given one, in the order of their identifiers: a long read. */
export const derivedPartnershipsAfter = statement<{ id: string; from: string; to: string }>(
  'derivedPartnershipsAfter',
  /* cypher */ `
  MATCH (a)-[r:PARTNERS_WITH]->(b)
  WHERE r.kind = 'PROJECT' AND r.id > $after
  RETURN r.id AS id, a.id AS from, b.id AS to ORDER BY id LIMIT $limit`,
);
