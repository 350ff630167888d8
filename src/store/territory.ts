import type { PartialDate } from '../domain/partial-date.ts';
import type { ActorType, TerritoryLevel } from '../domain/vocabulary.ts';
import type { Condition, Listing } from './compose.ts';
import {
  byName,
  Conditions,
  type ListEdge,
  type ListRequest,
  NODE_HOLDS,
  NODE_KIND,
  NODE_TYPE,
  nodeEdge,
  RELATIONSHIP_HOLDS,
} from './list.ts';

/** A commune lies in a département, that in a region, that in a country: no seat is deeper. */
const MAX_DEPTH = 3;

/** The actor has its seat in one of the territories or in a part of one. One pattern: a second MATCH would scan. */
export const LOCATED_IN_ANY: Condition = {
  name: 'located in',
  text: `EXISTS { MATCH (b)-[:LOCATED_IN]->(:Territory)-[:PART_OF*0..${MAX_DEPTH}]->(place:Territory) WHERE place.id IN $places }`,
};

const SEATS: Listing = { name: 'seats', pattern: '(a:Entity {id: parent})-[r:LOCATED_IN]->(b)', columns: 'r.id' };
const COVERED: Listing = {
  name: 'covered territories',
  pattern: '(a:Entity {id: parent})-[r:COVERS|LOCATED_IN]->(b)',
  columns: 'r.id',
};
const WHOLES: Listing = { name: 'wholes', pattern: '(a:Entity {id: parent})-[r:PART_OF]->(b)', columns: 'r.id' };
const PARTS: Listing = { name: 'parts', pattern: '(a:Entity {id: parent})<-[r:PART_OF]-(b)', columns: 'r.id' };
const ACTORS: Listing = {
  name: 'actors of a territory',
  pattern: `(a:Entity {id: parent})<-[:PART_OF*0..${MAX_DEPTH}]-(:Territory)<-[r:LOCATED_IN]-(b)`,
  columns: 'r.id',
  distinct: true,
};
const TERRITORIES: Listing = { name: 'territories', pattern: '(b:Territory)', columns: '' };

/** Where an actor has its seat, or had it at a date; the seat without a known end comes first. */
export function seats(asOf: PartialDate | null | undefined): ListRequest {
  return {
    ...byName(SEATS, nodeEdge, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf)),
    sort: { name: 'end', text: 'r.validTo', type: 'string' },
    direction: 'DESC',
  };
}

/** The territories that a network works on, its seat's included: one of both kinds appears twice. */
export function coveredTerritories(asOf: PartialDate | null | undefined): ListRequest {
  return byName(COVERED, nodeEdge, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf));
}

/** What a territory is part of. */
export function wholes(asOf: PartialDate | null | undefined): ListRequest {
  return byName(WHOLES, nodeEdge, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf));
}

/** The parts of a territory. */
export function parts(asOf: PartialDate | null | undefined): ListRequest {
  return byName(PARTS, nodeEdge, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf));
}

/** Actors with their seat in a territory or in a part of it. */
export function actorsOfTerritory(filter: {
  readonly types?: readonly ActorType[] | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
}): ListRequest<ListEdge> {
  const conditions = new Conditions().where(NODE_TYPE, 'types', filter.types).asOf(RELATIONSHIP_HOLDS, filter.asOf);
  return byName(ACTORS, nodeEdge, conditions);
}

/** All territories of a level. */
export function territories(filter: {
  readonly levels?: readonly TerritoryLevel[] | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
}): ListRequest {
  return byName(
    TERRITORIES,
    nodeEdge,
    new Conditions().where(NODE_KIND, 'kinds', filter.levels).asOf(NODE_HOLDS, filter.asOf),
  );
}
