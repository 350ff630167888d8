import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import {
  type Curated,
  type Equivalence,
  type Organisations,
  type RawOrganisation,
  readOrganisations,
} from './anr-organisations.ts';
import { organisationRows, writtenNames } from './organisations.ts';
import { type Raw, readRaw } from './raw.ts';
import { openSources } from './sources.ts';
import { readTable } from './table.ts';

type RawProject = Record<'project_id' | 'acronym' | 'year' | 'programme_code', string>;
type RawParticipation = Record<'project_id' | 'org_id' | 'is_coordinator', string>;

const SOURCE = {
  id: 'source/anr-dos-2022',
  title: 'ANR_01 Projets ANR DOS : détail des projets et des partenaires (état de mai 2022)',
  publisher: 'Agence nationale de la recherche',
  url: 'https://www.data.gouv.fr/fr/datasets/anr-01-projets-anr-dos-detail-des-projets-et-des-partenaires/',
  publishedOn: '2022-05',
  licence: 'Licence Ouverte (Etalab)',
};

/** The curated organisations with every name that the curated data give them. */
function curatedNames(raw: Raw): Curated[] {
  const names = writtenNames(raw);
  return organisationRows(raw, openSources(raw)).map(({ id, name, aliases }) => ({
    id: String(id),
    names: [String(name), ...((aliases ?? []) as readonly string[]), ...(names.get(String(id)) ?? [])],
  }));
}

const projectId = (number: string): string => `project/${number.toLowerCase()}`;

/**
 * The dump knows a project's number, acronym and year, and the code of its committee or call: `ANR CE14`. It knows no
 * title and no end, and does not say how many take part.
 */
function projectRows(projects: readonly RawProject[]) {
  return projects.map(({ project_id, acronym, year, programme_code }) => {
    const short = acronym.replace(/\s+/g, ' ').trim();
    return {
      id: projectId(project_id),
      name: short || project_id,
      acronym: short,
      start: year,
      programme: `ANR ${programme_code}`,
      sources: SOURCE.id,
    };
  });
}

/** One line per project and participant: records that became one organisation take part once, first as coordinator. */
function participationRows(participations: readonly RawParticipation[], idOf: Organisations['idOf']) {
  const roles = new Map<string, { project: string; participant: string; role: string; sources: string }>();
  for (const { project_id, org_id, is_coordinator } of participations) {
    const participant = idOf.get(org_id);
    if (!participant) continue;
    const project = projectId(project_id);
    const key = `${project} ${participant}`;
    const role = is_coordinator === '1' || roles.get(key)?.role === 'COORDINATOR' ? 'COORDINATOR' : 'PARTNER';
    roles.set(key, { project, participant, role, sources: SOURCE.id });
  }
  return [...roles.values()];
}

/** Writes the lines in an order that depends on nothing but themselves. */
async function write<R extends object>(
  dir: string,
  file: string,
  columns: readonly (keyof R & string)[],
  rows: readonly R[],
) {
  const cell = (value: unknown) => (Array.isArray(value) ? value.join(';') : String(value ?? ''));
  const lines = rows.map((row) => columns.map((column) => cell(row[column])));
  lines.sort((a, b) => (a.join('\0') < b.join('\0') ? -1 : 1));
  await writeFile(join(dir, file), stringify([[...columns], ...lines]));
}

/** Converts the dump of the Agence nationale de la recherche into the import's files, `<outDir>/anr/*.csv`. */
export async function convertAnr(dataDir: string, outDir: string): Promise<void> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'anr', file));
  const table = await readTable<keyof Equivalence>(join(import.meta.dirname, 'equivalences.csv'));
  const { rows, idOf, tally } = readOrganisations(
    await read<keyof RawOrganisation>('anr_orgs.csv'),
    curatedNames(await readRaw(dataDir)),
    table,
  );
  const projects = projectRows(await read<keyof RawProject>('anr_projects.csv'));
  const participations = participationRows(await read<keyof RawParticipation>('anr_participations.csv'), idOf);

  const dir = join(outDir, 'anr');
  await mkdir(dir, { recursive: true });
  await write(dir, 'sources.csv', ['id', 'title', 'publisher', 'url', 'publishedOn', 'licence'], [SOURCE]);
  await write(
    dir,
    'organisations.csv',
    ['id', 'name', 'kind', 'public', 'size', 'aliases', 'territory', 'city', 'siren', 'rnsr', 'sources'],
    rows.map((row) => ({ ...row, sources: SOURCE.id })),
  );
  await write(dir, 'projects.csv', ['id', 'name', 'acronym', 'start', 'programme', 'sources'], projects);
  await write(dir, 'participations.csv', ['project', 'participant', 'role', 'sources'], participations);
  console.log(
    `ANR: ${tally.records} records are ${rows.length} organisations and ${tally.equivalent} curated ones ` +
      `(${tally.merged} merged, ${tally.leftOut} left out, ${tally.repaired} names repaired, ${tally.located} located); ` +
      `${projects.length} projects, ${participations.length} participations.`,
  );
}
