import { join } from 'node:path';
import { DOS, projectId, projectRow } from '../../src/transfer/connectors/anr-lists.ts';
import { Participations } from '../../src/transfer/connectors/participations.ts';
import { lineOf } from '../../src/transfer/connectors/published-csv.ts';
import { committeeOf, committeeTopics, type RawCommittee } from './anr-committees.ts';
import { type Equivalence, type Organisations, type RawOrganisation, readOrganisations } from './anr-organisations.ts';
import { COUNTRIES } from './anr-places.ts';
import type { Named } from './named.ts';
import type { Mention } from './named-affiliations.ts';
import { readTable, writeTable } from './table.ts';

type RawProject = Record<'project_id' | 'acronym' | 'year' | 'programme_code', string>;
type RawParticipation = Record<'project_id' | 'org_id' | 'is_coordinator', string>;

const SOURCE = {
  ...DOS.source,
  id: 'source/anr-dos-2022',
  title: `${DOS.source.title} (état de mai 2022)`,
  publishedOn: '2022-05',
};

/**
 * A project of the dump as a line of the published list, whose reader makes a row of it. The dump knows a project's number,
 * acronym and year, and the code of its committee or call: `ANR CE14`. It knows no title and no end, and does not say how
 * many take part. A committee tells what its projects are about.
 */
function projectRows(projects: readonly RawProject[], committees: readonly RawCommittee[]) {
  const topicOf = committeeOf(committees);
  return projects.map(({ project_id, acronym, year, programme_code }) => {
    const line = lineOf({ 'Projet.Code_Decision': project_id, 'Projet.Acronyme': acronym, 'AAP.Edition': year });
    const list = { ...DOS, source: SOURCE, programmeOf: () => `ANR ${programme_code}` };
    return { ...projectRow(list, line)!, topics: topicOf(programme_code) };
  });
}

/** One line per project and participant: records that became one organisation take part once, first as coordinator. */
function participationRows(lines: readonly RawParticipation[], idOf: Organisations['idOf']) {
  const participations = new Participations(SOURCE.id);
  for (const { project_id, org_id, is_coordinator } of lines) {
    const participant = idOf.get(org_id);
    if (participant) participations.add(projectId(project_id), participant, is_coordinator === '1');
  }
  return participations.rows();
}

/** The names of the records, each with the years of its projects. */
function mentionsOf(
  { idOf, nameOf }: Organisations,
  projects: readonly RawProject[],
  participations: readonly RawParticipation[],
): Mention[] {
  const yearOf = new Map(projects.map(({ project_id, year }) => [project_id, year]));
  const byRecord = Map.groupBy(participations, ({ org_id }) => org_id);
  return [...idOf].map(([record, organisation]) => ({
    organisation,
    written: nameOf.get(record) ?? '',
    years: (byRecord.get(record) ?? []).flatMap(({ project_id }) => yearOf.get(project_id) ?? []),
    sources: [SOURCE.id],
  }));
}

/**
 * Converts the dump of the Agence nationale de la recherche into the import's files, `<outDir>/anr/*.csv`. Returns its
 * organisations and the names of its records, and says which of these became a curated one.
 */
export async function convertAnr(
  dataDir: string,
  outDir: string,
  curated: readonly Named[],
): Promise<{ readonly named: readonly Named[]; readonly mentions: readonly Mention[] }> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'anr', file));
  const table = await readTable<keyof Equivalence>(join(import.meta.dirname, 'equivalences.csv'));
  const organisations = readOrganisations(
    await read<keyof RawOrganisation>('anr_orgs.csv'),
    curated.filter(({ id }) => id.startsWith('organisation/')),
    table,
  );
  const { rows, idOf, summary } = organisations;
  const committees = await read<keyof RawCommittee>('anr_committees.csv');
  const rawProjects = await read<keyof RawProject>('anr_projects.csv');
  const rawParticipations = await read<keyof RawParticipation>('anr_participations.csv');
  const projects = projectRows(rawProjects, committees);
  const participations = participationRows(rawParticipations, idOf);

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
  const named = rows.map(({ id, name, aliases, territory, city }) => ({
    id,
    names: [name, ...aliases],
    territory,
    city,
    projects: counted.get(id)?.length ?? 0,
  }));
  return { named, mentions: mentionsOf(organisations, rawProjects, rawParticipations) };
}
