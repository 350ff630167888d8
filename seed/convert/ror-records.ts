import { join } from 'node:path';
import { fold } from '../../src/domain/fold.ts';
import { readPlace } from './anr-places.ts';
import { listOf } from './raw.ts';
import { readTable } from './table.ts';

/** A line of ror/ror_fr.csv. */
type RawRecord = Record<
  | 'ror'
  | 'name'
  | 'acronyms'
  | 'aliases'
  | 'labels'
  | 'types'
  | 'established'
  | 'status'
  | 'city'
  | 'region'
  | 'lat'
  | 'lon'
  | 'website'
  | 'isni'
  | 'wikidata'
  | 'parents',
  string
>;

/** A place on the map, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A record of the Research Organization Registry. */
export interface RorRecord {
  readonly ror: string;
  readonly name: string;
  /** Its name, other names and translations; its acronyms are no names. */
  readonly names: readonly string[];
  readonly acronyms: readonly string[];
  readonly types: ReadonlySet<string>;
  readonly established: string;
  readonly isActive: boolean;
  readonly city: string;
  /** The commune that the city is, where only one can be meant. */
  readonly territory: string | undefined;
  readonly point: Point;
  readonly website: string;
  readonly isni: string;
  readonly wikidata: string;
  /** The records that it is part of, as the registry says. */
  readonly parents: readonly string[];
}

/** Régions as the registry writes them, in English or as they were until 2015. */
const REGIONS: Readonly<Record<string, string>> = {
  Bourgogne: 'Bourgogne-Franche-Comté',
  Brittany: 'Bretagne',
  Corsica: 'Corse',
  Lorraine: 'Grand Est',
  Normandy: 'Normandie',
  Réunion: 'La Réunion',
  'Rhône-Alpes': 'Auvergne-Rhône-Alpes',
};

const EARTH_KM = 6_371;

/** The distance of two places, in kilometres (haversine formula). */
export function kilometres(a: Point, b: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const chord =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(chord));
}

/** A city whose records are this near is the same one. */
const SAME_CITY_KM = 15;

/** The records of the registry for France, without those that it has withdrawn. */
export async function readRor(dataDir: string): Promise<RorRecord[]> {
  const lines = (await readTable<keyof RawRecord>(join(dataDir, 'ror', 'ror_fr.csv'))).filter(
    ({ status, region }) => status !== 'withdrawn' && region !== 'București',
  );
  const pointOf = ({ lat, lon }: RawRecord): Point => ({ latitude: Number(lat), longitude: Number(lon) });
  const byCity = Map.groupBy(lines, ({ city }) => fold(city));
  /** Some records have no région: that of others in the same city, if it is the same. */
  const regionOf = (line: RawRecord): string => {
    if (line.region !== '') return REGIONS[line.region] ?? line.region;
    const near = byCity.get(fold(line.city))!.filter((other) => {
      return other.region !== '' && kilometres(pointOf(line), pointOf(other)) < SAME_CITY_KM;
    });
    const [region = '', ...others] = new Set(near.map((other) => REGIONS[other.region] ?? other.region));
    return others.length === 0 ? region : '';
  };
  return lines.map((line) => {
    const { territory } = readPlace({ city: line.city, region: regionOf(line), country: 'France' });
    const labels = listOf(line.labels).map((label) => label.replace(/@\w+$/, ''));
    return {
      ror: line.ror,
      name: line.name,
      names: [line.name, ...listOf(line.aliases), ...labels],
      acronyms: listOf(line.acronyms),
      types: new Set(listOf(line.types)),
      established: line.established,
      isActive: line.status === 'active',
      city: line.city,
      territory,
      point: pointOf(line),
      website: line.website,
      isni: line.isni.replaceAll(' ', ''),
      wikidata: line.wikidata,
      parents: line.parents.split(' ').filter((parent) => parent !== ''),
    };
  });
}

/** The coordinates of each commune that records of the registry are in: those that most of them give (GeoNames). */
export function pointsOfCommunes(records: readonly RorRecord[]): Map<string, Point> {
  const inCommune = Map.groupBy(
    records.filter(({ territory }) => territory !== undefined),
    ({ territory }) => territory!,
  );
  return new Map(
    [...inCommune].map(([territory, members]) => {
      const counted = Map.groupBy(members, ({ point }) => `${point.latitude} ${point.longitude}`);
      const [most] = [...counted.values()].sort((a, b) => b.length - a.length);
      return [territory, most![0]!.point];
    }),
  );
}
