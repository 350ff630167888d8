import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** The columns that the import accepts, of the files that the converters write. */
export const COLUMNS = {
  'sources.csv': ['id', 'title', 'publisher', 'url', 'publishedOn', 'consultedOn', 'licence'],
  'territories.csv': ['id', 'name', 'level', 'code', 'latitude', 'longitude', 'since', 'until'],
  'territory_parts.csv': ['part', 'whole', 'since', 'until'],
  'topics.csv': ['id', 'name', 'nameEn', 'scheme', 'broader', 'aliases', 'definition', 'definitionEn', 'sources'],
  'organisations.csv': [
    'id',
    'name',
    'kind',
    'public',
    'size',
    'foundedOn',
    'acronym',
    'aliases',
    'website',
    'territory',
    'city',
    'topics',
    'siren',
    'rnsr',
    'ror',
    'isni',
    'wikidata',
    'sources',
  ],
  'networks.csv': [
    'id',
    'type',
    'name',
    'acronym',
    'aliases',
    'description',
    'descriptionEn',
    'website',
    'territory',
    'city',
    'covers',
    'topics',
    'since',
    'until',
    'foundedOn',
    'dissolvedOn',
    'rank',
    'siren',
    'cordisPic',
    'sources',
  ],
  'memberships.csv': ['member', 'network', 'role', 'roleLabel', 'writtenAs', 'since', 'until', 'attestedOn', 'sources'],
  'affiliations.csv': ['organisation', 'parent', 'attestedOn', 'sources'],
  'partnerships.csv': ['from', 'to', 'kind', 'label', 'parties', 'since', 'until', 'attestedOn', 'sources'],
  'projects.csv': [
    'id',
    'name',
    'title',
    'acronym',
    'summary',
    'start',
    'end',
    'programme',
    'funding',
    'currency',
    'participantCount',
    'labelledBy',
    'topics',
    'sources',
  ],
  'participations.csv': ['project', 'participant', 'role', 'sources'],
  'successions.csv': ['from', 'to', 'kind', 'since', 'sources'],
  'indicators.csv': ['about', 'measure', 'value', 'unit', 'from', 'to', 'note', 'sources'],
  'labels.csv': ['network', 'label', 'since', 'until', 'attestedOn', 'term', 'conditions', 'sources'],
  'merges.csv': ['merged', 'into', 'name'],
  'claims.csv': ['about', 'field', 'value', 'preferred', 'inferred', 'note', 'sources'],
} as const;
export type FileName = keyof typeof COLUMNS;

/** One line of a file: lists are joined by semicolons, what is absent stays empty. */
export type Row<F extends FileName> = {
  readonly [C in (typeof COLUMNS)[F][number]]?: string | number | readonly string[] | undefined;
};

/** Reads a raw file whose first line names its columns. */
export async function readTable<C extends string>(path: string): Promise<Record<C, string>[]> {
  return parse(await readFile(path), { columns: true, trim: true }) as Record<C, string>[];
}

/** The items of a cell that is a list, as they were before they were joined. */
export const itemsOf = (cell: string | undefined): string[] =>
  cell ? cell.split(/(?<!\\);/).map((item) => item.replaceAll('\\', '')) : [];

const escaped = (item: string): string => item.replace(/[\\;]/g, '\\$&');

function cell(value: string | number | readonly string[] | undefined): string {
  return typeof value === 'object' ? value.map(escaped).join(';') : String(value ?? '');
}

/** Columns of a file: all that the import knows, or those that some row fills. */
export type Width = 'all columns' | 'filled columns';

/** Writes a file in the import's format, its lines in an order that depends on nothing but themselves. */
export async function writeTable<F extends FileName>(
  dir: string,
  file: F,
  rows: readonly Row<F>[],
  width: Width = 'all columns',
): Promise<void> {
  const all: readonly (keyof Row<F>)[] = COLUMNS[file];
  const columns = all.filter((column) => width === 'all columns' || rows.some((row) => cell(row[column]) !== ''));
  const lines = rows.map((row) => columns.map((column) => cell(row[column])));
  lines.sort((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1));
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, file), stringify([columns as string[], ...lines]));
}
