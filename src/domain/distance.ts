/** A place on the map, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The mean radius of the earth (IUGG). */
const EARTH_KM = 6_371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The distance of two places on a sphere, in kilometres (haversine; R. W. Sinnott, "Virtues of the haversine", 1984). */
export function kilometres(a: Point, b: Point): number {
  const [dLat, dLon] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const chord =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(chord));
}
