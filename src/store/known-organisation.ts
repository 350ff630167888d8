import { statement } from '../graph/statement.ts';

/** An organisation as a list of others is matched with it: its names, where it is, and what registries call it. */
export interface KnownOrganisation {
  readonly sortKey: string;
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[] | null;
  readonly kind: string;
  readonly city: string | null;
  readonly website: string | null;
  readonly foundedOn: string | null;
  readonly sources: readonly string[] | null;
  readonly rnsr: string | null;
  readonly ror: string | null;
  readonly isni: string | null;
  readonly wikidata: string | null;
  /** Its seats: names and coordinates. */
  readonly seats: readonly (readonly [name: string, latitude: number | null, longitude: number | null])[];
}

/** All organisations, for a long read in the order of their names. */
export const knownOrganisations = statement<KnownOrganisation>(
  'knownOrganisations',
  /* cypher */ `
  MATCH (n:Organisation)
  WHERE n.sortKey > $after
  WITH n ORDER BY n.sortKey LIMIT $limit
  CALL (n) {
    MATCH (n)-[:LOCATED_IN]->(t)
    RETURN collect([t.name, t.latitude, t.longitude]) AS seats
  }
  RETURN n.sortKey AS sortKey, n.id AS id, n.name AS name, n.aliases AS aliases, n.kind AS kind, n.city AS city,
    n.website AS website, n.foundedOn AS foundedOn, n.sources AS sources, n.rnsr AS rnsr, n.ror AS ror, n.isni AS isni,
    n.wikidata AS wikidata, seats`,
);
