import type { Point } from '../../domain/distance.ts';
import type { Listed } from './likeness.ts';
import { isOfTypes } from './ror-kinds.ts';

/** A record of the registry, of its schema 2.0 or 2.1, as far as it is read. */
export interface RorRecord {
  readonly id: string;
  readonly status?: string;
  readonly established?: number | null;
  readonly types?: readonly string[];
  readonly names?: readonly { readonly value: string; readonly types: readonly string[] }[];
  readonly links?: readonly { readonly type: string; readonly value: string }[];
  readonly locations?: readonly {
    readonly geonames_details?: { readonly name?: string; readonly lat?: number; readonly lng?: number };
  }[];
  readonly external_ids?: readonly {
    readonly type: string;
    readonly preferred?: string | null;
    readonly all?: readonly string[];
  }[];
  readonly relationships?: readonly { readonly type: string; readonly id: string }[];
}

/** The number of a record: 02feahw73 of https://ror.org/02feahw73. */
export const rorNumber = (id: string): string => id.replace(/^https?:\/\/ror\.org\//, '');

/** What the registry says another one calls the record: `isni`, `wikidata`; '' where it says nothing. */
export function externalId({ external_ids = [] }: RorRecord, type: string): string {
  const found = external_ids.find((one) => one.type === type);
  return (found?.preferred ?? found?.all?.[0] ?? '').replaceAll(' ', '');
}

export const websiteOf = ({ links = [] }: RorRecord): string =>
  links.find(({ type }) => type === 'website')?.value ?? '';

export const cityOf = ({ locations = [] }: RorRecord): string => locations[0]?.geonames_details?.name ?? '';

/** Where the record is on the map (GeoNames). */
export const pointsOf = ({ locations = [] }: RorRecord): Point[] =>
  locations.flatMap(({ geonames_details: at }) => (at?.lat && at.lng ? [{ latitude: at.lat, longitude: at.lng }] : []));

/** The records that it is part of. */
export const parentsOf = ({ relationships = [] }: RorRecord): string[] =>
  relationships.flatMap(({ type, id }) => (type === 'parent' ? [rorNumber(id)] : []));

/** The records that followed it, and those that it followed. */
export const successorsOf = ({ relationships = [] }: RorRecord): string[] =>
  relationships.flatMap(({ type, id }) => (type === 'successor' ? [rorNumber(id)] : []));
export const predecessorsOf = ({ relationships = [] }: RorRecord): string[] =>
  relationships.flatMap(({ type, id }) => (type === 'predecessor' ? [rorNumber(id)] : []));

/** The acronym of a record that has one; of several none is the one. */
export function acronymOf({ names = [] }: RorRecord): string {
  const acronyms = names.filter(({ types }) => types.includes('acronym'));
  return acronyms.length === 1 ? acronyms[0]!.value : '';
}

/** The names of a record, the displayed one first; acronyms are none. */
export function namesOf({ names = [] }: RorRecord): string[] {
  const isShown = ({ types }: { readonly types: readonly string[] }): number => Number(types.includes('ror_display'));
  return names
    .filter(({ types }) => types.some((type) => type !== 'acronym'))
    .toSorted((a, b) => isShown(b) - isShown(a))
    .map(({ value }) => value);
}

/** What the registry calls the record, in its languages; what it has besides are often numbers of units. */
export const labelsOf = ({ names = [] }: RorRecord): string[] =>
  names
    .filter(({ types }) => types.some((type) => type === 'ror_display' || type === 'label'))
    .map(({ value }) => value);

/** A record, as it is matched with organisations. */
export function listedOf(record: RorRecord): Listed {
  const { types = [] } = record;
  return {
    names: namesOf(record),
    city: cityOf(record),
    points: pointsOf(record),
    isOfKind: (kind) => isOfTypes(kind, types),
  };
}
