import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Point } from '../../src/domain/distance.ts';
import { type Known, KnownOrganisations } from '../../src/transfer/connectors/known-organisations.ts';
import type { Doubtful, Match, Precedence } from '../../src/transfer/connectors/registry-matches.ts';
import {
  aliasesWith,
  matchRor,
  type RegistryFacts,
  registryAffiliations,
  registryFacts,
  successionClaims,
} from '../../src/transfer/connectors/ror.ts';
import { cityOf, type RorRecord, rorNumber } from '../../src/transfer/connectors/ror-record.ts';
import { learnRepair, tidyName } from './anr-names.ts';
import { type Equivalence, type RawOrganisation, readOrganisations } from './anr-organisations.ts';
import { communeName, readPlace } from './anr-places.ts';
import { pointsByGeoNames } from './commune-points.ts';
import { pointsOfCommunes, readRor } from './ror-records.ts';
import { type FileName, itemsOf, readTable, writeTable } from './table.ts';

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

/** An organisation of the seed that a record of the registry may be. */
export type Candidate = Known & { readonly isCurated: boolean; readonly projects: number };

/** A line with what the registry adds: what the line says already stays. */
function enriched(line: Line, facts: RegistryFacts | undefined, territory: string | undefined) {
  if (!facts) return rowOf(line);
  const { names, acronym: _, city, website, ...registry } = facts;
  const { acronym = '' } = line;
  const hasPlace = line.territory !== '' || line.city !== '';
  return {
    ...rowOf(line),
    ...registry,
    aliases: aliasesWith({ name: line.name!, aliases: itemsOf(line.aliases), acronym }, names),
    website: line.website || website,
    ...(hasPlace ? {} : { territory: territory ?? '', city }),
    sources: [...itemsOf(line.sources), ROR_SOURCE.id],
  };
}

type Doubt = Doubtful<RorRecord, Candidate>;

/** A doubt as a note of a claim. */
function noteOf({ why, record, listed }: Doubt): string {
  const named = `(${listed.names[0]}, ${cityOf(record)}). Non repris.`;
  if (typeof why === 'object') {
    const other = 'given' in why ? why.given : why.is;
    return `Le même enregistrement de ROR convient mieux à une autre fiche : doublon probable de ${other} ${named}`;
  }
  const NOTES: Readonly<Record<typeof why, string>> = {
    'another place': 'Même nom, mais autre lieu',
    'another kind': "Même nom, mais d'un autre type",
    'a short name': 'Nom trop court pour être sûr sans le lieu',
    'several records': 'Plusieurs enregistrements de ROR portent ce nom',
  };
  return `${NOTES[why]} ${named}`;
}

const claimOf = (doubt: Doubt) => ({
  about: doubt.known.id,
  field: 'ror',
  value: doubt.number,
  preferred: 'false',
  inferred: 'true',
  note: noteOf(doubt),
  sources: ROR_SOURCE.id,
});

/**
 * The affiliations that the registry gives. It says nothing of their periods: those of a body that goes on were seen in the
 * state of June 2026.
 */
function affiliationsOf(matches: ReadonlyMap<string, Match<RorRecord, Candidate>>) {
  return registryAffiliations(matches)
    .map(({ organisation, parent, record }) => {
      const attestedOn = record.status === 'active' ? ROR_SOURCE.publishedOn : '';
      return { organisation: organisation.id, parent, attestedOn, sources: ROR_SOURCE.id };
    })
    .sort((a, b) => (`${a.organisation} ${a.parent}` < `${b.organisation} ${b.parent}` ? -1 : 1));
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

/** A commune or a city as a seat: its name, and where it is on the map. */
type Seat = Candidate['seats'][number];

/** Curated organisations with the names and places that the ANR's dump gives them: it writes CNRS in full. */
async function withEquivalents(
  dataDir: string,
  candidates: readonly Candidate[],
  seatsOf: (territory: string | undefined, city: string) => Seat[],
): Promise<Candidate[]> {
  const lines = await readTable<keyof RawOrganisation>(join(dataDir, 'anr', 'anr_orgs.csv'));
  const table = await readTable<keyof Equivalence>(join(import.meta.dirname, 'equivalences.csv'));
  const curated = candidates.filter(({ isCurated }) => isCurated);
  const named = curated.map(({ id, name, aliases }) => ({ id, names: [name, ...(aliases ?? [])] }));
  const { idOf } = readOrganisations(lines, named, table);
  const repair = learnRepair(lines.map(({ name }) => tidyName(name)));
  const records = Map.groupBy(lines, ({ org_id }) => idOf.get(org_id));
  return candidates.map((candidate) => {
    const same = candidate.isCurated ? (records.get(candidate.id) ?? []) : [];
    return {
      ...candidate,
      aliases: [...(candidate.aliases ?? []), ...same.map(({ name }) => repair(tidyName(name)))],
      seats: [...candidate.seats, ...same.map(readPlace).flatMap(({ territory, city }) => seatsOf(territory, city))],
      hasSites: candidate.seats.length === 0,
    };
  });
}

/** On the same ground a curated organisation is meant before one of a dump. */
const PRECEDENCE: Precedence<Candidate> = {
  isFirst: ({ isCurated }) => isCurated,
  projectsOf: ({ projects }) => projects,
};

/** The matches of the seed's organisations with the registry, by the connector's rule, and what they are decided by. */
export async function rorOf(dataDir: string, outDir: string) {
  const records = await readRor(dataDir);
  const points = pointsOfCommunes(records);
  const seatsOf = (territory: string | undefined, city: string): Seat[] => {
    const { latitude = null, longitude = null } = points.get(territory ?? '') ?? {};
    const names = [territory === undefined ? '' : communeName(territory), city];
    return [...new Set(names)].filter((name) => name !== '').map((name) => [name, latitude, longitude]);
  };
  const lines = await Promise.all(PARTS.map((part) => readBack(outDir, part, 'organisations.csv')));
  const participations = await Promise.all(PARTS.map((part) => readBack(outDir, part, 'participations.csv')));
  const projects = Map.groupBy(participations.flat(), ({ participant }) => participant!);
  const table = await readTable<'organisation' | 'ror'>(join(import.meta.dirname, 'tables', 'ror-identities.csv'));
  const byHand = new Map(table.map(({ organisation, ror }) => [organisation, ror]));
  const candidates = lines.flatMap((part, place) =>
    part.map((line): Candidate => {
      return {
        ...{ id: line.id!, name: line.name!, aliases: itemsOf(line.aliases), kind: line.kind!, city: null },
        seats: seatsOf(line.territory || undefined, line.city ?? ''),
        // Where a person read both, the organisation has the record's number already.
        ror: byHand.get(line.id!) ?? null,
        isCurated: PARTS[place] === 'curated',
        projects: projects.get(line.id!)?.length ?? 0,
      };
    }),
  );
  const unknown = [...byHand.keys()].filter((id) => !candidates.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`No such organisation: ${unknown.join(', ')}: look at ror-identities.csv.`);
  const known = await withEquivalents(dataDir, candidates, seatsOf);
  const { found } = await matchRor(
    records.map(({ record }) => record),
    new KnownOrganisations(known),
    PRECEDENCE,
  );
  const matched = new Set([...found.matches.values()].map(({ known: { id } }) => id));
  const doubtful = found.doubtful.filter(({ known: { id } }) => !matched.has(id));
  return { points, records, lines, matches: found.matches, doubtful };
}

/**
 * Gives the organisations that are records of the registry their identifiers, website, year, kind and place, communes
 * their coordinates, writes the affiliations that the registry gives, and the doubtful likenesses as claims. It reads the files that the other converters wrote, and
 * writes them again.
 */
export async function convertRor(dataDir: string, outDir: string): Promise<void> {
  const { points, records, lines, matches, doubtful } = await rorOf(dataDir, outDir);
  const factsOf = registryFacts(matches.values());
  const territoryOf = new Map(records.map(({ record, territory }) => [rorNumber(record.id), territory]));
  const needed = new Set<string>();
  for (const [place, part] of PARTS.entries()) {
    const rows = lines[place]!.map((line) => {
      const facts = factsOf.get(line.id!);
      return enriched(line, facts, territoryOf.get(facts?.ror ?? ''));
    });
    if (part === 'curated') for (const row of rows) needed.add(String(row.territory));
    const file: FileName = 'organisations.csv';
    await writeTable(join(outDir, part), file, rows, part === 'curated' ? 'all columns' : 'filled columns');
  }
  const sources = await readBack(outDir, 'curated', 'sources.csv');
  await writeTable(join(outDir, 'curated'), 'sources.csv', [...sources, ROR_SOURCE]);
  const successions = successionClaims(matches, ROR_SOURCE.id).map((claim) => ({ ...claim, preferred: 'false' }));
  await writeTable(join(outDir, 'dgpie'), 'claims.csv', [...doubtful.map(claimOf), ...successions]);
  const affiliations = affiliationsOf(matches);
  await writeTable(join(outDir, 'dgpie'), 'affiliations.csv', affiliations);
  const located = await locateCommunes(outDir, new Map([...points, ...pointsByGeoNames()]), needed);
  const grounds = Map.groupBy(matches.values(), ({ ground }) => ground);
  const doubts = Map.groupBy(doubtful, ({ why }) => (typeof why === 'object' ? 'another record of ours' : why));
  const counts = (groups: ReadonlyMap<string, readonly unknown[]>): string =>
    [...groups].map(([name, { length }]) => `${length} ${name}`).join(', ');
  console.log(
    `ROR: ${matches.size} organisations (${counts(grounds)}); ${doubtful.length} doubtful (${counts(doubts)}).`,
  );
  const affiliated = new Set(affiliations.map(({ organisation }) => organisation));
  console.log(`${successions.length} claims of what followed what.`);
  console.log(`${affiliations.length} affiliations of ${affiliated.size} organisations.`);
  console.log(`${located} communes have coordinates.`);
}
