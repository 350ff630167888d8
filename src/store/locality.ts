import type { TerritoryLevel } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';
import { timed } from './timed.ts';

/** The territories that each network works on, its seat's included. */
export const territoriesOfNetworks = timed<{ network: string; territories: readonly string[] }>(
  'territoriesOfNetworks',
  (holds) => /* cypher */ `
    UNWIND $networks AS network
    CALL (network) {
      MATCH (a:Entity {id: network})-[r:COVERS|LOCATED_IN]->(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS territories
    }
    RETURN network, territories`,
);

/** The level of each territory, and what it is part of at once. */
export const wholesOfTerritories = timed<{ id: string; level: TerritoryLevel; wholes: readonly string[] }>(
  'wholesOfTerritories',
  (holds) => /* cypher */ `
    UNWIND $ids AS id
    MATCH (a:Entity {id: id})
    CALL (a) {
      MATCH (a)-[r:PART_OF]->(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS wholes
    }
    RETURN id, a.kind AS level, wholes`,
);

/** The projects that each network labelled or takes part in. */
export const projectsOfNetworks = timed<{ network: string; projects: readonly string[] }>(
  'projectsOfNetworks',
  (holds) => /* cypher */ `
    UNWIND $networks AS network
    CALL (network) {
      MATCH (a:Entity {id: network})-[r:LABELS|PARTICIPATES_IN]->(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS projects
    }
    RETURN network, projects`,
);

/**
 * The patents that each actor filed or that came out of each project; beside each the date of filing as written, empty
 * where unknown. One step at a time: a chain of two fails on Grafeo where the first finds nothing.
 */
export const patentsBehind = statement<{
  id: string;
  patents: readonly string[];
  filedOn: readonly string[];
}>(
  'patentsBehind',
  /* cypher */ `
  UNWIND $ids AS id
  CALL (id) {
    MATCH (a:Entity {id: id})-[:FILED|RESULTED_IN]->(b)
    RETURN collect(b.id) AS patents, collect(coalesce(b.filedOn, '')) AS filedOn
  }
  RETURN id, patents, filedOn`,
);

/** Where what each patent protects is made. */
export const placesOfProduction = timed<{ patent: string; places: readonly string[] }>(
  'placesOfProduction',
  (holds) => /* cypher */ `
    UNWIND $patents AS patent
    CALL (patent) {
      MATCH (a:Entity {id: patent})-[r:PRODUCED_AT]->(b)
      ${holds('WHERE')}
      RETURN collect(b.id) AS places
    }
    RETURN patent, places`,
);
