import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { fold } from '../../src/domain/fold.ts';

/** Where a record of the dump is: the city as the source writes it, and the commune where only one can be meant. */
export interface Place {
  readonly city: string;
  readonly territory: string | undefined;
  /** The country; empty where the source gives none, or France. */
  readonly abroad: string;
}

interface Division {
  readonly code: string;
  readonly nom: string;
}
type Commune = Division & { readonly type: string; readonly region: string; readonly chefLieu?: string };

/** Parsed here, not imported: the compiler would spend seconds on the types of 8 MB of JSON. */
function divisions<T extends Division>(file: string): T[] {
  const path = fileURLToPath(import.meta.resolve(`@etalab/decoupage-administratif/data/${file}.json`));
  return JSON.parse(readFileSync(path, 'utf8')) as T[];
}

/** Parts of France that the dump gives for countries, by the names of their régions. */
const OVERSEAS: Readonly<Record<string, string>> = {
  Guadeloupe: 'Guadeloupe',
  'Guyane française': 'Guyane',
  Martinique: 'Martinique',
  Réunion: 'La Réunion',
};

const regionCodes = new Map(divisions('regions').map(({ code, nom }) => [fold(nom), code]));

/** `PARIS CEDEX 05`, `60610 Lacroix Saint-Ouen`: what the post adds to a city. */
const POSTAL = /^\d{5}\s+|[\s-]*\b(?:cedex|messag).*$|(?<=\p{L})\s+\d{1,2}$/giu;

/** Cities are compared without accents, hyphens, lone letters and abbreviations. */
function key(city: string): string {
  return fold(city)
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte')
    .replace(/\blez\b/g, 'les')
    .replace(/\b[dl]\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const byName = (communes: readonly Commune[]) => Map.groupBy(communes, ({ region, nom }) => `${region} ${key(nom)}`);
const all = divisions<Commune>('communes');
const current = byName(all.filter(({ type }) => type === 'commune-actuelle'));
/** Communes that became a part of another: `Annecy-le-Vieux`. */
const former = byName(all.filter(({ type, chefLieu }) => type !== 'commune-actuelle' && chefLieu !== undefined));

const names = new Map(all.flatMap(({ code, nom, chefLieu }) => (chefLieu ? [] : [[code, nom]])));

/** The name of a commune, by its identifier; '' for any other territory. */
export const communeName = (territory: string): string => names.get(territory.replace('territory/commune-', '')) ?? '';

/** Communes that the dump calls by names that they had until 2019 at the latest, with their régions. */
const RENAMED: Readonly<Record<string, string>> = {
  '11 courcouronnes': '11 evry courcouronnes',
  '11 evry': '11 evry courcouronnes',
  '11 saint ouen': '11 saint ouen sur seine',
  '52 ancenis': '52 ancenis saint gereon',
};

/** The commune of that name in the région, if there is exactly one. */
function communeIn(region: string, city: string): Commune | undefined {
  const code = regionCodes.get(fold(region));
  if (!code || city === '') return undefined;
  const name = `${code} ${key(city)}`;
  const found = current.get(RENAMED[name] ?? name) ?? former.get(name) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

const SMALL_WORDS = /(?<=[\s'-])(?:à|au|aux|d|de|des|du|en|et|l|la|le|les|lès|lez|sous|sur)(?=[\s'-])/giu;

/** `SALON AIR` → `Salon Air`; names that have small letters stay as they are. */
function unshouted(city: string): string {
  if (city.length < 3 || city !== city.toUpperCase()) return city;
  return city
    .toLowerCase()
    .replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
    .replace(SMALL_WORDS, (word) => word.toLowerCase());
}

/** The countries of the dump, by the names that it writes, with their codes after ISO 3166. */
export const COUNTRIES: readonly { readonly id: string; readonly name: string; readonly code: string }[] = (
  parse(readFileSync(join(import.meta.dirname, 'tables', 'countries.csv')), { columns: true }) as Record<
    'name' | 'code',
    string
  >[]
).map(({ name, code }) => ({ id: `territory/${code.toLowerCase()}`, name, code }));

/** Collectivities overseas that the dump gives for countries. */
const COLLECTIVITIES: Readonly<Record<string, string>> = {
  'Nouvelle-Calédonie': 'territory/collectivite-988',
  'Polynésie française': 'territory/collectivite-987',
};

const countryIds = new Map(COUNTRIES.map(({ id, name }) => [name, id]));

/** The territory that stands for where a record is abroad; none for a country that the table does not know. */
export const territoryAbroad = (country: string): string | undefined =>
  countryIds.get(country) ?? COLLECTIVITIES[country];

/** Reads the place of a record. A région that the dump gives to a foreign country says nothing. */
export function readPlace(written: { city: string; region: string; country: string }): Place {
  const country = written.country.trim();
  const city = written.city.replace(POSTAL, '').replace(/\s+/g, ' ').trim();
  const inFrance = country === '' || country === 'France' || country in OVERSEAS;
  const commune = inFrance ? communeIn(OVERSEAS[country] ?? written.region, city) : undefined;
  const cased = city === city.toUpperCase() || city === city.toLowerCase();
  return {
    city: commune && cased ? commune.nom : unshouted(city),
    territory: commune && `territory/commune-${commune.chefLieu ?? commune.code}`,
    abroad: inFrance ? '' : country,
  };
}
