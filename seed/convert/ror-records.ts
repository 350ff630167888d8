import { join } from 'node:path';
import { kilometres, type Point } from '../../src/domain/distance.ts';
import { fold } from '../../src/domain/fold.ts';
import { pointsOf, type RorRecord } from '../../src/transfer/connectors/ror-record.ts';
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
  | 'parents'
  | 'successors'
  | 'predecessors',
  string
>;

/** A record in the registry's published layout, and the commune that its city is, where only one can be meant. */
export interface LocatedRecord {
  readonly record: RorRecord;
  readonly territory: string | undefined;
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

/** A city whose records are this near is the same one. */
const SAME_CITY_KM = 15;

const pointOf = ({ lat, lon }: RawRecord): Point => ({ latitude: Number(lat), longitude: Number(lon) });

/** A line of the list in the layout that the registry publishes (schema 2), as the connector reads it. */
function published(line: RawRecord): RorRecord {
  const named = (cell: string, type: string) => listOf(cell).map((value) => ({ value, types: [type] }));
  const related = (type: string, cell: string) =>
    cell
      .split(' ')
      .filter((number) => number !== '')
      .map((number) => ({ type, id: `https://ror.org/${number}` }));
  const external = (type: string, value: string) => (value === '' ? [] : [{ type, preferred: value }]);
  return {
    id: `https://ror.org/${line.ror}`,
    status: line.status,
    established: line.established === '' ? null : Number(line.established),
    types: listOf(line.types),
    names: [
      { value: line.name, types: ['ror_display'] },
      ...named(line.aliases, 'alias'),
      ...named(line.labels, 'label').map((one) => ({ ...one, value: one.value.replace(/@\w+$/, '') })),
      ...named(line.acronyms, 'acronym'),
    ],
    links: line.website === '' ? [] : [{ type: 'website', value: line.website }],
    locations: [{ geonames_details: { name: line.city, lat: Number(line.lat), lng: Number(line.lon) } }],
    external_ids: [...external('isni', line.isni), ...external('wikidata', line.wikidata)],
    relationships: [
      ...related('parent', line.parents),
      ...related('successor', line.successors),
      ...related('predecessor', line.predecessors),
    ],
  };
}

/** The records of the registry for France, without those that it has withdrawn. */
export async function readRor(dataDir: string): Promise<LocatedRecord[]> {
  const lines = (await readTable<keyof RawRecord>(join(dataDir, 'ror', 'ror_fr.csv'))).filter(
    ({ status, region }) => status !== 'withdrawn' && region !== 'București',
  );
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
  return lines.map((line) => ({
    record: published(line),
    territory: readPlace({ city: line.city, region: regionOf(line), country: 'France' }).territory,
  }));
}

/** The coordinates of each commune that records of the registry are in: those that most of them give (GeoNames). */
export function pointsOfCommunes(records: readonly LocatedRecord[]): Map<string, Point> {
  const located = records.filter(({ territory }) => territory !== undefined);
  return new Map(
    [...Map.groupBy(located, ({ territory }) => territory!)].map(([territory, members]) => {
      const points = members.flatMap(({ record }) => pointsOf(record));
      const counted = Map.groupBy(points, ({ latitude, longitude }) => `${latitude} ${longitude}`);
      const [most] = [...counted.values()].sort((a, b) => b.length - a.length);
      return [territory, most![0]!];
    }),
  );
}
