import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { Parameters } from '../graph/statement.ts';
import type { ListRequest } from './list.ts';
import type { SortKey } from './listing.ts';
import { FilterError } from './named.ts';
import { condition, type Fragment, type Predicate } from './predicate.ts';

/** A circle on the map. */
export interface Near {
  /** In degrees (WGS 84). */
  readonly latitude: number;
  readonly longitude: number;
  readonly km: number;
}

/** The mean radius of the earth (IUGG). */
const EARTH_KM = 6_371.0088;
/** Half of the earth's circumference: nothing is farther away. */
export const MAX_KM = 20_037;
const RADIANS = Math.PI / 180;
/** What is farther than anything on the earth, of which the haversine is 1. */
const NOWHERE = 2;

/**
 * The haversine of the angle between a node with coordinates and a point (R. W. Sinnott, "Virtues of the haversine", 1984):
 * it grows with the distance, and is null where the node has none. `mark` stands behind the names of the parameters.
 */
const haversine = (node: string, mark: string): string =>
  `((1.0 - cos(${node}.latitude * ${RADIANS} - $nearLatitude${mark})) / 2.0
    + cos(${node}.latitude * ${RADIANS}) * $nearCosine${mark} * (1.0 - cos(${node}.longitude * ${RADIANS} - $nearLongitude${mark})) / 2.0)`;

/** The parameters of the haversine to a point. */
function pointOf({ latitude, longitude }: Near): Parameters {
  return {
    nearLatitude: latitude * RADIANS,
    nearLongitude: longitude * RADIANS,
    nearCosine: Math.cos(latitude * RADIANS),
  };
}

/** By its own coordinates, else by those of a territory of its seat. Counted for the reason that `leadsTo` gives. */
const near = (name: string, holds: string): Fragment => ({
  name,
  text: `((b.latitude IS NOT NULL AND ${haversine('b', '#')} <= $nearMost#)
    OR (b.latitude IS NULL AND COUNT {
      MATCH (b)-[seat#:LOCATED_IN]->(at#:Territory)
      WHERE at#.latitude IS NOT NULL AND ${haversine('at#', '#')} <= $nearMost#${holds}
    } > 0))`,
});
const NEAR = near('near', '');
const NEAR_AS_OF = near('near as of', ' AND seat#.validFrom <= $last# AND seat#.validTo >= $first#');

function checked(point: Near): Near {
  const { latitude, longitude, km } = point;
  const within = (name: string, value: number, least: number, most: number): void => {
    if (value >= least && value <= most) return;
    throw new FilterError(`filter: near has the ${name} ${value}, which is not between ${least} and ${most}.`);
  };
  within('latitude', latitude, -90, 90);
  within('longitude', longitude, -180, 180);
  within('distance in km', km, 0, MAX_KM);
  return point;
}

/** The actor is in a circle at a date, if there is one. Throws a FilterError for a point that is not on the earth. */
export function nearTo(circle: Near, asOf: PartialDate | null): Predicate {
  const { km } = checked(circle);
  const nearMost = Math.sin(km / EARTH_KM / 2) ** 2;
  const dates = asOf === null ? {} : { first: firstDay(asOf), last: lastDay(asOf) };
  return condition(asOf === null ? NEAR : NEAR_AS_OF, { ...pointOf(circle), nearMost, ...dates });
}

/** The haversine to the point of the list; what is nowhere comes after everything. */
export const DISTANCE: SortKey = {
  name: 'distance',
  text: `coalesce(${haversine('b', '')}, reduce(least = ${NOWHERE}.0, one IN
    [(b)-[:LOCATED_IN]->(at:Territory) | ${haversine('at', '')}] | CASE WHEN one < least THEN one ELSE least END))`,
  type: 'number',
};

/**
 * A list with the point from which it is ordered by distance, if it is: that of its filter. Throws a FilterError where
 * there is none.
 */
export function measuredFrom(request: ListRequest, point: Near | null | undefined): ListRequest {
  if (request.sort !== DISTANCE) return request;
  if (!point) {
    throw new FilterError('orderBy: DISTANCE needs the point from which it is measured: give filter.near beside it.');
  }
  return { ...request, parameters: { ...request.parameters, ...pointOf(checked(point)) } };
}
