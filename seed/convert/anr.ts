import { join } from 'node:path';
import { committeeOf, committeeTopics, type RawCommittee } from './anr-committees.ts';
import { type Equivalence, type Organisations, type RawOrganisation, readOrganisations } from './anr-organisations.ts';
import { COUNTRIES } from './anr-places.ts';
import type { Named } from './name-index.ts';
import { readTable, writeTable } from './table.ts';

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

const projectId = (number: string): string => `project/${number.toLowerCase()}`;

/**
 * The dump knows a project's number, acronym and year, and the code of its committee or call: `ANR CE14`. It knows no
 * title and no end, and does not say how many take part. A committee tells what its projects are about.
 */
function projectRows(projects: readonly RawProject[], committees: readonly RawCommittee[]) {
  const topicOf = committeeOf(committees);
  return projects.map(({ project_id, acronym, year, programme_code }) => {
    const short = acronym.replace(/\s+/g, ' ').trim();
    return {
      id: projectId(project_id),
      name: short || `Projet ${project_id}`,
      acronym: short,
      start: year,
      programme: `ANR ${programme_code}`,
      topics: topicOf(programme_code),
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

/**
 * Converts the dump of the Agence nationale de la recherche into the import's files, `<outDir>/anr/*.csv`. Returns its
 * organisations, and says which of its records became a curated one.
 */
export async function convertAnr(
  dataDir: string,
  outDir: string,
  curated: readonly Named[],
): Promise<readonly Named[]> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'anr', file));
  const table = await readTable<keyof Equivalence>(join(import.meta.dirname, 'equivalences.csv'));
  const { rows, idOf, summary } = readOrganisations(
    await read<keyof RawOrganisation>('anr_orgs.csv'),
    curated.filter(({ id }) => id.startsWith('organisation/')),
    table,
  );
  const committees = await read<keyof RawCommittee>('anr_committees.csv');
  const projects = projectRows(await read<keyof RawProject>('anr_projects.csv'), committees);
  const participations = participationRows(await read<keyof RawParticipation>('anr_participations.csv'), idOf);

  const dir = join(outDir, 'anr');
  await writeTable(dir, 'sources.csv', [SOURCE], 'filled columns');
  const countries = COUNTRIES.map((country) => ({ ...country, level: 'COUNTRY' }));
  await writeTable(dir, 'territories.csv', countries, 'filled columns');
  await writeTable(dir, 'topics.csv', committeeTopics(committees, SOURCE.id), 'filled columns');
  await writeTable(
    dir,
    'organisations.csv',
    rows.map((row) => ({ ...row, public: row.public?.toString(), sources: SOURCE.id })),
    'filled columns',
  );
  await writeTable(dir, 'projects.csv', projects, 'filled columns');
  await writeTable(dir, 'participations.csv', participations, 'filled columns');
  console.log(
    `ANR: ${summary.records} records are ${rows.length} organisations and ${summary.equivalent} curated ones ` +
      `(${summary.merged} merged, ${summary.leftOut} left out, ${summary.repaired} names repaired, ${summary.located} located); ` +
      `${projects.length} projects, ${participations.length} participations.`,
  );
  const counted = Map.groupBy(participations, ({ participant }) => participant);
  return rows.map(({ id, name, aliases, territory, city }) => ({
    id,
    names: [name, ...aliases],
    territory,
    city,
    projects: counted.get(id)?.length ?? 0,
  }));
}
