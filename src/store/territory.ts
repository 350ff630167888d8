import type { PartialDate } from '../domain/partial-date.ts';
import type { ActorType, TerritoryLevel } from '../domain/vocabulary.ts';
import { isPathValidOn, LIST_DAYS, leadsTo, type Path } from './in-memory.ts';
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
import type { Condition, Listing } from './listing.ts';
import { relation } from './predicate.ts';

/** A commune lies in a département, that in a region, that in a country: no seat is deeper. */
export const MAX_TERRITORY_DEPTH = 3;

const UP = `PART_OF*0..${MAX_TERRITORY_DEPTH}`;

/** From an actor to its seat and to all that this is part of. */
export const SEAT: Path = {
  types: ['LOCATED_IN'],
  side: 'out',
  through: { type: 'PART_OF', label: 'Territory', depth: MAX_TERRITORY_DEPTH, isDated: true },
};

/** From a project to the seats of those who take part, and to all that these are part of. */
export const PARTICIPANT_SEAT: Path = { ...SEAT, from: { type: 'PARTICIPATES_IN', side: 'in' } };

/** The seat, and what it is part of, hold at some day of the date asked. */
const SEAT_HOLDS: Condition = {
  name: 'seat as of',
  text: isPathValidOn(SEAT, { first: 'r', chain: 'chain' }, LIST_DAYS),
};

/** The actor has its seat in one of the territories or in a part of one, for a filter. */
export const LOCATED_IN = relation('locatedIn', SEAT, ['Territory']);

/** Somebody takes part in the project who has a seat in one of the territories, for a filter. */
export const PARTICIPANT_LOCATED_IN = relation('locatedIn of participants', PARTICIPANT_SEAT, ['Territory']);

/** The network works on one of the territories, or has its seat in it itself, for a filter. */
export const COVERS = relation('covers', { types: ['COVERS', 'LOCATED_IN'], side: 'out' }, ['Territory']);

/** As LOCATED_IN, for a list that has a parent. */
const SEATED_IN: Condition = { name: 'located in', ...leadsTo(SEAT, 'places', null) };
const SEATED_IN_AS_OF: Condition = { name: 'located in as of', ...leadsTo(SEAT, 'places', LIST_DAYS) };

/** The actor has its seat in one of `$places` or in a part of one, at the date of the list, if it has one. */
export function seatedIn(asOf: PartialDate | null | undefined): Condition {
  return asOf ? SEATED_IN_AS_OF : SEATED_IN;
}

const SEATS: Listing = { name: 'seats', pattern: '(a:Entity {id: parent})-[r:LOCATED_IN]->(b)', columns: ['id'] };
const COVERED: Listing = {
  name: 'covered territories',
  pattern: '(a:Entity {id: parent})-[r:COVERS|LOCATED_IN]->(b)',
  columns: ['id'],
};
const WHOLES: Listing = { name: 'wholes', pattern: '(a:Entity {id: parent})-[r:PART_OF]->(b)', columns: ['id'] };
const PARTS: Listing = { name: 'parts', pattern: '(a:Entity {id: parent})<-[r:PART_OF]-(b)', columns: ['id'] };
const ACTORS: Listing = {
  name: 'actors of a territory',
  pattern: `(a:Entity {id: parent})<-[chain:${UP}]-(:Territory)<-[r:LOCATED_IN]-(b)`,
  // An actor that has moved within the territory has two seats there, and is one.
  columns: null,
};
const TERRITORIES: Listing = { name: 'territories', pattern: '(b:Territory)', columns: null, nodes: ['Territory'] };

/** Where an actor has its seat, or had it at a date; the seat without a known end comes first. */
export function seats(asOf: PartialDate | null | undefined): ListRequest {
  return {
    ...byName(SEATS, nodeEdge, new Conditions().asOf(RELATIONSHIP_HOLDS, asOf)),
    sort: { name: 'end', text: 'max(r.validTo)', type: 'string' },
    direction: 'DESC',
  };
}

/** The territories that a network works on, its seat's included. */
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
  const conditions = new Conditions().where(NODE_TYPE, 'types', filter.types).asOf(SEAT_HOLDS, filter.asOf);
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
