import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { dateText, ROLES } from './memberships.ts';
import { type Organisation, TOPICS } from './organisations.ts';
import { DEPARTMENTS, departmentOf, KINDS, REGIONS, regionOf, SECTORS, SOURCES, type World } from './world.ts';

export const regionId = (region: number): string => `territory/bench-region-${region}`;
export const departmentId = (department: number): string => `territory/bench-department-${department}`;
export const communeId = (commune: number): string => `territory/bench-commune-${commune}`;
export const topicId = (topic: number): string => `topic/bench-${topic}`;
const sourceId = (number: number): string => `source/bench-${number % SOURCES}`;

type Cell = string | number | null;

const cell = (value: Cell): string => {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Bytes gathered before they are written. */
const CHUNK = 1 << 20;

function write(folder: string, file: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): number {
  const target = openSync(join(folder, file), 'w');
  let text = `${columns.join(',')}\n`;
  let count = 0;
  for (const row of rows) {
    text += `${row.map(cell).join(',')}\n`;
    count++;
    if (text.length < CHUNK) continue;
    writeSync(target, text);
    text = '';
  }
  writeSync(target, text);
  closeSync(target);
  return count;
}

function* range<Item>(count: number, make: (place: number) => Item): Generator<Item> {
  for (let place = 0; place < count; place++) yield make(place);
}

const organisationRow = (each: Organisation, place: number): Cell[] => [
  each.id,
  each.name,
  each.kind,
  each.public,
  each.size,
  each.acronym,
  each.aliases,
  each.website,
  communeId(each.commune),
  each.topics.map(topicId).join(';'),
  each.siren,
  sourceId(place),
];

/** Writes a world as the files of an import; resolves to the number of rows. */
export function writeFiles(world: World, folder: string): number {
  mkdirSync(folder, { recursive: true });
  const { organisations, networks, memberships, partnerships, size } = world;
  const table = (file: string, columns: string, rows: Iterable<readonly Cell[]>): number =>
    write(folder, `${file}.csv`, columns.split(' '), rows);
  return [
    table(
      'sources',
      'id title url',
      range(SOURCES, (n) => [sourceId(n), `Annuaire ${n}`, `https://example.org/${n}`]),
    ),
    table('territories', 'id name level code', [
      ['territory/bench', 'Banc', 'COUNTRY', 'BE'],
      ...range(REGIONS, (n): Cell[] => [regionId(n), `Région ${n}`, 'REGION', `R${n}`]),
      ...range(DEPARTMENTS, (n): Cell[] => [departmentId(n), `Département ${n}`, 'DEPARTMENT', `D${n}`]),
      ...range(size.communes, (n): Cell[] => [communeId(n), `Commune ${n}`, 'COMMUNE', `C${n}`]),
    ]),
    table('territory_parts', 'part whole', [
      ...range(REGIONS, (n): Cell[] => [regionId(n), 'territory/bench']),
      ...range(DEPARTMENTS, (n): Cell[] => [departmentId(n), regionId(regionOf(n))]),
      ...range(size.communes, (n): Cell[] => [communeId(n), departmentId(departmentOf(n))]),
    ]),
    table(
      'topics',
      'id name scheme',
      range(TOPICS, (n) => [
        topicId(n),
        `Sujet ${n}`,
        n < SECTORS ? 'SECTOR' : n < 2 * SECTORS ? 'MARKET' : 'TECHNOLOGY',
      ]),
    ),
    table(
      'networks',
      'id type name description territory covers topics since until sources',
      networks.map(({ id, type, name, sector, region, since, until }, n) => [
        id,
        type,
        name,
        `${name}, qui réunit les acteurs de son territoire.`,
        communeId(n % size.communes),
        regionId(region),
        topicId(sector),
        since,
        until,
        sourceId(n),
      ]),
    ),
    table(
      'organisations',
      'id name kind public size acronym aliases website territory topics siren sources',
      range(organisations.length, (place) => organisationRow(organisations.at(place), place)),
    ),
    table(
      'memberships',
      'member network role since until sources',
      range(memberships.member.length, (n) => [
        organisations.idOf(memberships.member[n]!),
        networks[memberships.network[n]!]!.id,
        ROLES[memberships.role[n]!]!,
        dateText(memberships.since[n]!),
        dateText(memberships.until[n]!),
        sourceId(n),
      ]),
    ),
    table(
      'partnerships',
      'from to kind since sources',
      range(partnerships.from.length, (n) => [
        organisations.idOf(partnerships.from[n]!),
        organisations.idOf(partnerships.to[n]!),
        KINDS[partnerships.kinds[n]!]!,
        partnerships.since[n] || null,
        sourceId(n),
      ]),
    ),
  ].reduce((total, rows) => total + rows, 0);
}
