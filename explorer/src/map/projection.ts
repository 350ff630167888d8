/** A point of the earth, in degrees. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** A point of the map, in the units of its view box. */
export type Point = readonly [x: number, y: number];

/** Kilometres of the earth's radius, of a sphere of its area. */
const EARTH_KM = 6371.0072;
/**
 * The outlines are drawn in Mercator's projection: x = x0 + k · longitude, y = y0 - k · ln tan(π/4 + latitude/2). Fitted to
 * the 8,093 communes of the seed whose coordinates are known: 99.2 % of them lie in their own département.
 */
const [X0, Y0, K] = [215.53, 2468.81, 2372.31];

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Where a point of metropolitan France is on the map. */
export function project({ latitude, longitude }: Coordinates): Point {
  return [X0 + K * radians(longitude), Y0 - K * Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2))];
}

/** Square kilometres of a square unit of the map at a height: the projection stretches what is farther north. */
export function squareKilometres(y: number): number {
  const latitude = 2 * Math.atan(Math.exp((Y0 - y) / K)) - Math.PI / 2;
  return ((EARTH_KM * Math.cos(latitude)) / K) ** 2;
}
