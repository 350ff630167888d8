import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fold } from '../../src/domain/fold.ts';
import { slug } from '../../src/domain/global-id.ts';
import { FIRST_DAY_OF_NEW_REGIONS, LAST_DAY_OF_OLD_REGIONS, NEW_REGIONS, OLD_REGIONS } from './old-regions.ts';
import type { Row } from './table.ts';

export const FRANCE = 'territory/fr';

interface Division {
  readonly code: string;
  readonly nom: string;
  readonly zone: string;
}
type Department = Division & { readonly region: string };
type Commune = Division & { readonly type: string; readonly departement: string };

/** Parsed here, not imported: the compiler would spend seconds on the types of 8 MB of JSON. */
function divisions<T extends Division>(file: string): T[] {
  const path = fileURLToPath(import.meta.resolve(`@etalab/decoupage-administratif/data/${file}.json`));
  return JSON.parse(readFileSync(path, 'utf8')) as T[];
}

const departments = divisions<Department>('departements');
const regions = divisions<Division>('regions');

/** Collectivities overseas are neither régions nor départements, though the code lists them as both. */
const isCollectivity = ({ zone }: Division): boolean => zone === 'com';
const current = divisions<Commune>('communes').filter(({ type }) => type === 'commune-actuelle');
const realRegions = regions.filter((region) => !isCollectivity(region));
const realDepartments = departments.filter((department) => !isCollectivity(department));
const collectivities = departments.filter(isCollectivity);
const oldRegionOf = new Map(OLD_REGIONS.flatMap((old) => old.departments.map((code) => [code, old] as const)));
const regionNames = new Map(realRegions.map(({ code, nom }) => [code, nom]));

const regionKey = (name: string) => `territory/region-${slug(name)}`;
const collectivityId = (code: string) => `territory/collectivite-${code}`;
const communeId = (code: string) => `territory/commune-${code}`;

const knownRegions = new Set([...regionNames.values(), ...OLD_REGIONS.map(({ name }) => name)]);

/** A région of today or of before 2016, by its official name. */
export function regionId(name: string): string {
  if (!knownRegions.has(name)) throw new Error(`No région is called "${name}".`);
  return regionKey(name);
}

/** A département by its INSEE code. */
export function departmentId(code: string): string {
  return `territory/departement-${code}`;
}

const communesByName = Map.groupBy(current, ({ nom }) => fold(nom));

/** The commune of that name, in one of the départements when any are given; undefined unless exactly one fits. */
export function communeNamed(name: string, within: readonly string[]): string | undefined {
  const namesakes = communesByName.get(fold(name)) ?? [];
  const found = namesakes.filter(({ departement }) => within.length === 0 || within.includes(departement));
  return found.length === 1 ? communeId(found[0]!.code) : undefined;
}

const departmentByCommune = new Map(current.map(({ code, departement }) => [communeId(code), departement]));

/** The département that a commune is in today; undefined for what is no commune. */
export function departmentOf(commune: string): string | undefined {
  return departmentByCommune.get(commune);
}

/** The région of before 2016 that a département was in; undefined where the région has not changed. */
export function oldRegionOfDepartment(code: string): string | undefined {
  return oldRegionOf.get(code)?.name;
}

/** A collectivity overseas by its name; undefined for any other territory. */
export function collectivityNamed(name: string): string | undefined {
  const found = collectivities.find(({ nom }) => nom === name);
  return found && collectivityId(found.code);
}

/** Whether a région of that name is or was. */
export const isRegion = (name: string): boolean => knownRegions.has(name);

/** France, its régions of today and of before 2016, départements, collectivities overseas and communes. */
export function territoryRows(): Row<'territories.csv'>[] {
  return [
    { id: FRANCE, name: 'France', level: 'COUNTRY', code: 'FR' },
    ...OLD_REGIONS.map(({ name, code }) => ({
      id: regionKey(name),
      name,
      level: 'REGION',
      code,
      until: LAST_DAY_OF_OLD_REGIONS,
    })),
    ...realRegions.map(({ nom, code }) => ({
      id: regionKey(nom),
      name: nom,
      level: 'REGION',
      code,
      since: NEW_REGIONS.has(nom) ? FIRST_DAY_OF_NEW_REGIONS : undefined,
    })),
    ...realDepartments.map(({ nom, code }) => ({ id: departmentId(code), name: nom, level: 'DEPARTMENT', code })),
    ...collectivities.map(({ nom, code }) => ({ id: collectivityId(code), name: nom, level: 'OTHER', code })),
    ...current.map(({ nom, code }) => ({ id: communeId(code), name: nom, level: 'COMMUNE', code })),
  ];
}

/** Which territory is part of which, and from when to when where the régions changed. */
export function territoryPartRows(): Row<'territory_parts.csv'>[] {
  const overseas = new Set(collectivities.map(({ code }) => code));
  return [
    ...OLD_REGIONS.map(({ name }) => ({ part: regionKey(name), whole: FRANCE, until: LAST_DAY_OF_OLD_REGIONS })),
    ...realRegions.map(({ nom }) => ({
      part: regionKey(nom),
      whole: FRANCE,
      since: NEW_REGIONS.has(nom) ? FIRST_DAY_OF_NEW_REGIONS : undefined,
    })),
    ...collectivities.map(({ code }) => ({ part: collectivityId(code), whole: FRANCE })),
    ...realDepartments.flatMap(({ code, region }) => {
      const part = departmentId(code);
      const today = regionKey(regionNames.get(region)!);
      const old = oldRegionOf.get(code);
      if (!old) return [{ part, whole: today }];
      return [
        { part, whole: regionKey(old.name), until: LAST_DAY_OF_OLD_REGIONS },
        { part, whole: today, since: FIRST_DAY_OF_NEW_REGIONS },
      ];
    }),
    ...current.map(({ code, departement }) => ({
      part: communeId(code),
      whole: overseas.has(departement) ? collectivityId(departement) : departmentId(departement),
    })),
  ];
}
