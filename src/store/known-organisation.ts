import { statement } from '../graph/statement.ts';

/** An organisation as a list of others is matched with it: its names, where it is, and what registries call it. */
export interface KnownOrganisation {
  readonly sortKey: string;
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[] | null;
  readonly acronym: string | null;
  readonly size: string | null;
  readonly kind: string;
  readonly city: string | null;
  readonly website: string | null;
  readonly foundedOn: string | null;
  readonly sources: readonly string[] | null;
  readonly siren: string | null;
  readonly cordisPic: string | null;
  readonly rnsr: string | null;
  readonly ror: string | null;
  readonly isni: string | null;
  readonly wikidata: string | null;
  readonly projectCount: number;
  /** The identifiers of what was merged into it. */
  readonly merged: readonly string[];
  /** Its seats: names and coordinates. */
  readonly seats: readonly (readonly [name: string, latitude: number | null, longitude: number | null])[];
  readonly parents: readonly KnownParent[];
}

/** What an organisation is affiliated with, and the fact that says so. */
export type KnownParent = readonly [
  parent: string,
  id: string,
  since: string | null,
  until: string | null,
  sources: readonly string[] | null,
];

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
  CALL (n) {
    MATCH (n)-[r:AFFILIATED_WITH]->(p)
    RETURN collect([p.id, r.id, r.since, r.until, r.sources]) AS parents
  }
  CALL (n) {
    MATCH (m:Merged {into: n.id})
    RETURN collect(m.id) AS merged
  }
  RETURN n.sortKey AS sortKey, n.id AS id, n.name AS name, n.aliases AS aliases, n.acronym AS acronym,
    n.size AS size, n.kind AS kind, n.city AS city,
    n.website AS website, n.foundedOn AS foundedOn, n.sources AS sources, n.siren AS siren,
    n.cordisPic AS cordisPic, n.rnsr AS rnsr, n.ror AS ror, n.isni AS isni, n.wikidata AS wikidata,
    coalesce(n.projectCount, 0) AS projectCount, seats, parents, merged`,
);

/** A network, and what registries call the body that runs it. */
export interface KnownNetwork {
  readonly id: string;
  readonly cordisPic: string | null;
  readonly siren: string | null;
}

/** All networks with their identifiers, for a long read in the order of their identifiers. */
export const knownNetworks = statement<KnownNetwork>(
  'knownNetworks',
  /* cypher */ `
  MATCH (n:Network)
  WHERE n.id > $after
  RETURN n.id AS id, n.cordisPic AS cordisPic, n.siren AS siren
  ORDER BY id LIMIT $limit`,
);
