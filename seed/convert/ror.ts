import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { learnRepair, tidyName } from './anr-names.ts';
import { type Equivalence, type RawOrganisation, readOrganisations } from './anr-organisations.ts';
import { readPlace } from './anr-places.ts';
import { pointsByGeoNames } from './commune-points.ts';
import { type Candidate, type Doubtful, type Match, matchRor } from './ror-match.ts';
import { type Point, pointsOfCommunes, readRor } from './ror-records.ts';
import { type FileName, readTable, writeTable } from './table.ts';

type Line = Record<string, string>;

export const ROR_SOURCE = {
  id: 'source/ror-2026',
  title: 'Research Organization Registry, enregistrements de la France (état de juin 2026)',
  publisher: 'Research Organization Registry',
  url: 'https://ror.org/',
  publishedOn: '2026-06',
  licence: 'CC0 1.0; lieux et coordonnées de GeoNames, CC BY 4.0',
};

/** The parts of the seed that have organisations. */
const PARTS = ['curated', 'anr', 'dgpie'] as const;

const itemsOf = (cell: string | undefined): string[] =>
  cell ? cell.split(/(?<!\\);/).map((item) => item.replaceAll('\\', '')) : [];

async function readBack(outDir: string, part: string, file: string): Promise<Line[]> {
  return parse(await readFile(join(outDir, part, file)), { columns: true }) as Line[];
}

/** A line as it was written, its lists as lists. */
function rowOf(line: Line): Record<string, string | string[]> {
  const lists = ['aliases', 'topics', 'sources', 'labelledBy'];
  return Object.fromEntries(
    Object.entries(line).map(([name, cell]) => [name, lists.includes(name) ? itemsOf(cell) : cell]),
  );
}

/** The kind of a matched organisation: an establishment of education trains, whatever a project says of it. */
function kindOf(line: Line, { types }: Match['record']): string {
  const vague = line.kind === 'UNKNOWN' || line.kind === 'OTHER';
  if (types.has('education') && !types.has('facility') && line.kind !== 'COMPANY') return 'TRAINING';
  if (!vague) return line.kind!;
  if (types.has('facility')) return 'RESEARCH';
  if (types.has('company')) return 'COMPANY';
  if (types.has('government')) return 'PUBLIC_BODY';
  return types.has('nonprofit') ? 'ASSOCIATION' : line.kind!;
}

/** A line with what the registry adds: what the line says already stays. */
function enriched(line: Line, match: Match | undefined): Record<string, string | string[]> {
  if (!match) return rowOf(line);
  const { ror, isni, wikidata, website, established, territory, city } = match.record;
  const hasPlace = line.territory !== '' || line.city !== '';
  return {
    ...rowOf(line),
    kind: kindOf(line, match.record),
    website: line.website || website,
    foundedOn: established,
    ...(hasPlace ? {} : { territory: territory ?? '', city }),
    ror,
    isni,
    wikidata,
    sources: [...itemsOf(line.sources), ROR_SOURCE.id],
  };
}

const DOUBTS: Readonly<Record<Doubtful['doubt'], string>> = {
  'another place': 'Même nom, mais autre lieu',
  'another kind': "Même nom, mais d'un autre type",
  'a short name': 'Nom trop court pour être sûr sans le lieu',
  'another record of ours': 'Le même enregistrement de ROR convient mieux à une autre fiche : doublon probable de',
  'several records of ROR': 'Plusieurs enregistrements de ROR portent ce nom',
};

function claimOf({ id, record, doubt, given }: Doubtful) {
  const note = `${DOUBTS[doubt]}${given ? ` ${given}` : ''} (${record.name}, ${record.city}). Non repris.`;
  return {
    about: id,
    field: 'ror',
    value: record.ror,
    preferred: 'false',
    inferred: 'true',
    note,
    sources: ROR_SOURCE.id,
  };
}

/**
 * The affiliations that the registry gives, between organisations that are records of it. It says nothing of their periods:
 * those of a body that goes on were seen in the state of June 2026.
 */
function affiliationsOf(matches: readonly Match[]) {
  const byRor = new Map(matches.map(({ id, record }) => [record.ror, id]));
  return matches
    .flatMap(({ id, record }) =>
      record.parents.flatMap((ror) => {
        const parent = byRor.get(ror);
        const attestedOn = record.isActive ? ROR_SOURCE.publishedOn : '';
        return parent === undefined ? [] : [{ organisation: id, parent, attestedOn, sources: ROR_SOURCE.id }];
      }),
    )
    .sort((a, b) => (`${a.organisation} ${a.parent}` < `${b.organisation} ${b.parent}` ? -1 : 1));
}

/** Identifiers that two of our records would have are given to neither: the registry says one of them twice. */
function unique(matches: readonly Match[]): Match[] {
  const counts = new Map<string, number>();
  for (const { record } of matches) {
    for (const value of [record.isni, record.wikidata]) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const own = (value: string): string => (value !== '' && counts.get(value) === 1 ? value : '');
  return matches.map((match) => {
    const { isni, wikidata } = match.record;
    return { ...match, record: { ...match.record, isni: own(isni), wikidata: own(wikidata) } };
  });
}

/** Gives communes their coordinates, and moves those that curated organisations are in to the curated part. */
async function locateCommunes(
  outDir: string,
  points: ReadonlyMap<string, Point>,
  needed: ReadonlySet<string>,
): Promise<number> {
  for (const [file, key] of [
    ['territories.csv', 'id'],
    ['territory_parts.csv', 'part'],
  ] as const) {
    const [curated, late] = [await readBack(outDir, 'curated', file), await readBack(outDir, 'communes', file)];
    const located = (line: Line) => {
      const point = file === 'territories.csv' ? points.get(line[key]!) : undefined;
      return point ? { ...line, latitude: String(point.latitude), longitude: String(point.longitude) } : line;
    };
    const isNeeded = (line: Line): boolean => needed.has(line[key]!);
    await writeTable(join(outDir, 'curated'), file, [...curated, ...late.filter(isNeeded)].map(located));
    await writeTable(join(outDir, 'communes'), file, late.filter((line) => !isNeeded(line)).map(located));
  }
  const ids = await Promise.all(['curated', 'communes'].map((part) => readBack(outDir, part, 'territories.csv')));
  return ids.flat().filter(({ latitude }) => latitude !== '').length;
}

/** Curated organisations with the names and places that the ANR's dump gives them: it writes CNRS in full. */
async function withEquivalents(dataDir: string, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const lines = await readTable<keyof RawOrganisation>(join(dataDir, 'anr', 'anr_orgs.csv'));
  const table = await readTable<keyof Equivalence>(join(import.meta.dirname, 'equivalences.csv'));
  const curated = candidates.filter(({ isCurated }) => isCurated);
  const { idOf } = readOrganisations(lines, curated, table);
  const repair = learnRepair(lines.map(({ name }) => tidyName(name)));
  const records = Map.groupBy(lines, ({ org_id }) => idOf.get(org_id));
  return candidates.map((candidate) => {
    const same = candidate.isCurated ? (records.get(candidate.id) ?? []) : [];
    const places = same.map(readPlace).filter(({ territory, city }) => territory !== undefined || city !== '');
    return {
      ...candidate,
      names: [...candidate.names, ...same.map(({ name }) => repair(tidyName(name)))],
      places: [...candidate.places, ...places],
      hasSites: candidate.places.length === 0,
    };
  });
}

/** The matches of the seed's organisations with the registry, and what they are decided by. */
export async function rorOf(dataDir: string, outDir: string) {
  const records = await readRor(dataDir);
  const points = pointsOfCommunes(records);
  const lines = await Promise.all(PARTS.map((part) => readBack(outDir, part, 'organisations.csv')));
  const participations = await Promise.all(PARTS.map((part) => readBack(outDir, part, 'participations.csv')));
  const projects = Map.groupBy(participations.flat(), ({ participant }) => participant!);
  const candidates = lines.flatMap((part, place) =>
    part.map((line): Candidate => {
      const { territory = '', city = '' } = line;
      return {
        id: line.id!,
        names: [line.name!, ...itemsOf(line.aliases)],
        kind: line.kind!,
        places: territory === '' && city === '' ? [] : [{ territory: territory || undefined, city }],
        hasSites: false,
        isCurated: PARTS[place] === 'curated',
        projects: projects.get(line.id!)?.length ?? 0,
      };
    }),
  );
  const table = await readTable<'organisation' | 'ror'>(join(import.meta.dirname, 'tables', 'ror-identities.csv'));
  const byHand = new Map(table.map(({ organisation, ror }) => [ror, organisation]));
  const known = await withEquivalents(dataDir, candidates);
  return { points, lines, candidates: known, ...matchRor(known, records, points, byHand) };
}

/**
 * Gives the organisations that are records of the registry their identifiers, website, year, kind and place, communes
 * their coordinates, writes the affiliations that the registry gives, and the doubtful likenesses as claims. It reads the files that the other converters wrote, and
 * writes them again.
 */
export async function convertRor(dataDir: string, outDir: string): Promise<void> {
  const { points, lines, matches, doubtful } = await rorOf(dataDir, outDir);
  const matchOf = new Map(unique(matches).map((match) => [match.id, match]));
  const needed = new Set<string>();
  for (const [place, part] of PARTS.entries()) {
    const rows = lines[place]!.map((line) => enriched(line, matchOf.get(line.id!)));
    if (part === 'curated') for (const { territory } of rows) needed.add(String(territory));
    const file: FileName = 'organisations.csv';
    await writeTable(join(outDir, part), file, rows, part === 'curated' ? 'all columns' : 'filled columns');
  }
  const sources = await readBack(outDir, 'curated', 'sources.csv');
  await writeTable(join(outDir, 'curated'), 'sources.csv', [...sources, ROR_SOURCE]);
  await writeTable(join(outDir, 'dgpie'), 'claims.csv', doubtful.map(claimOf));
  const affiliations = affiliationsOf(matches);
  await writeTable(join(outDir, 'dgpie'), 'affiliations.csv', affiliations);
  const located = await locateCommunes(outDir, new Map([...points, ...pointsByGeoNames()]), needed);
  const grounds = Map.groupBy(matches, ({ ground }) => ground);
  const doubts = Map.groupBy(doubtful, ({ doubt }) => doubt);
  const counts = (groups: ReadonlyMap<string, readonly unknown[]>): string =>
    [...groups].map(([name, { length }]) => `${length} ${name}`).join(', ');
  console.log(
    `ROR: ${matches.length} organisations (${counts(grounds)}); ${doubtful.length} doubtful (${counts(doubts)}).`,
  );
  const affiliated = new Set(affiliations.map(({ organisation }) => organisation));
  console.log(`${affiliations.length} affiliations of ${affiliated.size} organisations.`);
  console.log(`${located} communes have coordinates.`);
}
