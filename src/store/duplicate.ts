import { statement } from '../graph/statement.ts';

/** What tells of an organisation whether another record may mean the same: a long read, in the order of names. */
export const organisationsAfter = statement<{
  sortKey: string;
  city: string | null;
  /** Identifiers in the registries, by which two records are known to differ. */
  siren: string | null;
  rnsr: string | null;
  ror: string | null;
}>(
  'organisationsAfter',
  /* cypher */ `
  MATCH (n:Organisation)
  WHERE n.sortKey > $after
  WITH n ORDER BY n.sortKey LIMIT $limit
  RETURN n.sortKey AS sortKey, n.city AS city, n.siren AS siren, n.rnsr AS rnsr, n.ror AS ror`,
);

/** The projects of some organisations. */
export const projectsOfOrganisations = statement<{ id: string; projects: readonly string[] }>(
  'projectsOfOrganisations',
  /* cypher */ `
  UNWIND $ids AS id
  CALL (id) {
    MATCH (a:Entity {id: id})-[:PARTICIPATES_IN]->(p)
    RETURN collect(p.id) AS projects
  }
  RETURN id, projects`,
);
