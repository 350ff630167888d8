import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type PartialDate, partialDate } from '../../src/domain/partial-date.ts';
import { holds, type Span, spanOf } from '../../src/domain/period.ts';

/** The import's columns, required ones first, as its documentation lists them. */
export const FORMATS = {
  'sources.csv': { required: 'id title', optional: 'publisher url publishedOn consultedOn licence' },
  'territories.csv': { required: 'id name level', optional: 'code latitude longitude since until' },
  'territory_parts.csv': { required: 'part whole', optional: 'since until' },
  'topics.csv': {
    required: 'id name scheme',
    optional: 'nameEn broader aliases definition definitionEn sources',
  },
  'organisations.csv': {
    required: 'name kind sources',
    optional:
      'id public size foundedOn acronym aliases website territory city latitude longitude topics siren rnsr ror isni wikidata cordisPic',
  },
  'networks.csv': {
    required: 'type name sources',
    optional:
      'id acronym aliases description descriptionEn website territory city latitude longitude covers topics since until foundedOn dissolvedOn rank siren ror isni wikidata cordisPic',
  },
  'memberships.csv': {
    required: 'member network sources',
    optional: 'id role roleLabel writtenAs since until attestedOn',
  },
  'partnerships.csv': { required: 'from to kind sources', optional: 'id label parties since until attestedOn' },
  'projects.csv': {
    required: 'id name sources',
    optional: 'title summary acronym start end programme funding currency participantCount labelledBy topics',
  },
  'participations.csv': { required: 'project participant sources', optional: 'id role' },
  'successions.csv': { required: 'from to kind sources', optional: 'id since' },
  'labels.csv': { required: 'network label sources', optional: 'id since until attestedOn term conditions' },
  'indicators.csv': { required: 'about measure value from sources', optional: 'id unit to note' },
  'claims.csv': { required: 'about field value sources', optional: 'preferred inferred note' },
} as const;
export type FileName = keyof typeof FORMATS;
export const FILES = Object.keys(FORMATS) as FileName[];

/** What makes two rows of a file the same row, where it has no identifier. */
export const KEYS: Partial<Record<FileName, readonly string[]>> = {
  'territory_parts.csv': ['part', 'whole'],
  'memberships.csv': ['member', 'network', 'role', 'since'],
  'partnerships.csv': ['from', 'to', 'kind', 'label', 'since'],
  'participations.csv': ['project', 'participant', 'role'],
  'successions.csv': ['from', 'to', 'kind'],
  'labels.csv': ['network', 'label', 'since'],
  'indicators.csv': ['about', 'measure', 'from'],
  'claims.csv': ['about', 'field', 'value'],
};

export type Row = Readonly<Record<string, string>>;

/** The folder of the files. */
export const data = join(import.meta.dirname, '..', '..', 'seed', 'data');
/** The communes that no network needs come in files of their own, after the others. */
const foldersOf = (file: FileName): string[] => (file.startsWith('territor') ? ['curated', 'communes'] : ['curated']);
const tables = new Map(
  FILES.map((file) => [
    file,
    foldersOf(file).flatMap((folder) => parse(readFileSync(join(data, folder, file)), { columns: true }) as Row[]),
  ]),
);
export const rowsOf = (file: FileName): Row[] => tables.get(file)!;
export const listOf = (cell: string | undefined): string[] => (cell ? cell.split(';') : []);
export const idsOf = (file: FileName): Set<string> => new Set(rowsOf(file).map((row) => row.id!));
export const byId = (file: FileName, id: string): Row => rowsOf(file).find((row) => row.id === id)!;

export const sources = idsOf('sources.csv');
export const territories = idsOf('territories.csv');
export const topics = idsOf('topics.csv');
export const labels = new Set(rowsOf('topics.csv').flatMap(({ id, scheme }) => (scheme === 'LABEL' ? id! : [])));
export const networks = idsOf('networks.csv');
export const organisations = idsOf('organisations.csv');
export const projects = idsOf('projects.csv');
export const actors = new Set([...networks, ...organisations]);
export const everything = new Set([...actors, ...projects, ...territories, ...topics, ...sources]);

export const dateOf = (cell: string | undefined): PartialDate | null => (cell ? partialDate(cell) : null);
export const labelOf = (row: Row): Span => spanOf({ since: dateOf(row.since), until: dateOf(row.until) });
export const structureOf = (row: Row): Span => {
  const structure = spanOf({ since: dateOf(row.foundedOn || row.since), until: dateOf(row.dissolvedOn || row.until) });
  const { from } = labelOf(row);
  return row.since && from < structure.from ? { ...structure, from } : structure;
};
export const placeOf = (reference: string): string => reference.split('@')[0]!;
export const periodOf = (reference: string): string[] => reference.split('@')[1]?.split('..') ?? [];

export const poles = rowsOf('networks.csv').filter(({ type }) => type === 'POLE');
/** The poles that hold the State's label on some day of a date. */
export const labelledIn = (date: string): Set<string> =>
  new Set(
    rowsOf('labels.csv')
      .filter((row) => row.label === 'topic/label-pole-de-competitivite' && holds(labelOf(row), partialDate(date)))
      .map(({ network }) => network!),
  );
