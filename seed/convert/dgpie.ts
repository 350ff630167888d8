import { join } from 'node:path';
import { dgpieProgramme } from '../../src/transfer/connectors/dgpie-actions.ts';
import { type Partners, readPartners } from './dgpie-partners.ts';
import { summaryOf } from './dgpie-summaries.ts';
import type { Named } from './name-index.ts';
import { readTable, writeTable } from './table.ts';

/** A line of dgpie/projects.csv. */
type RawProject = Record<
  | 'Projet.Code_Decision_ANR'
  | 'Projet.Date_debut'
  | 'Action.Edition'
  | 'Action.Titre.Francais'
  | 'Projet.Acronyme'
  | 'Projet.Titre.Francais'
  | 'Projet.Resume.Francais'
  | 'Projet.Aide_allouee',
  string
>;

/** A line of dgpie/participations.csv. */
export type RawParticipation = Record<
  | 'Projet.Code_Decision_ANR'
  | 'Projet.Partenaire.Est_coordinateur'
  | 'Projet.Partenaire.Nom_organisme'
  | 'Projet.Partenaire.Categorie_organisme'
  | 'Projet.Partenaire.Adresse.Ville'
  | 'Projet.Partenaire.Adresse.Region',
  string
>;

const SOURCE = {
  id: 'source/anr-dgpie-2022',
  title: 'ANR_02 Projets ANR DGPIE : détail des projets et des partenaires (état du 12 mai 2022)',
  publisher: 'Agence nationale de la recherche',
  url: 'https://www.data.gouv.fr/fr/datasets/anr-02-projets-anr-dgpie-detail-des-projets-et-des-partenaires/',
  publishedOn: '2022-05-12',
  licence: 'Licence Ouverte (Etalab)',
};

const projectId = (number: string): string => `project/${number.toLowerCase()}`;
/** A text in one line, with the apostrophes that the dump writes as characters of HTML. */
const line = (text: string): string => text.replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim();

function projectRow(raw: RawProject) {
  const code = raw['Action.Titre.Francais'];
  const number = raw['Projet.Code_Decision_ANR'];
  const acronym = line(raw['Projet.Acronyme']);
  const funding = Number(raw['Projet.Aide_allouee']);
  return {
    id: projectId(number),
    name: acronym,
    title: line(raw['Projet.Titre.Francais']),
    // A title of several words that stands in the acronym's place is none.
    acronym: acronym.length <= 30 ? acronym : undefined,
    summary: summaryOf(line(raw['Projet.Resume.Francais'])),
    start: raw['Projet.Date_debut'] || raw['Action.Edition'],
    programme: dgpieProgramme(code),
    // Zero stands for an unknown amount.
    funding: funding > 0 ? funding : undefined,
    currency: funding > 0 ? 'EUR' : undefined,
    sources: SOURCE.id,
  };
}

/** One line per project and participant: partners that are one organisation take part once, first as coordinator. */
function participationRows(participations: readonly RawParticipation[], { idOf }: Partners) {
  const roles = new Map<string, { project: string; participant: string; role: string; sources: string }>();
  for (const raw of participations) {
    const participant = idOf.get(raw['Projet.Partenaire.Nom_organisme']);
    if (!participant) continue;
    const project = projectId(raw['Projet.Code_Decision_ANR']);
    const key = `${project} ${participant}`;
    const coordinates = raw['Projet.Partenaire.Est_coordinateur'] === 'True' || roles.get(key)?.role === 'COORDINATOR';
    roles.set(key, { project, participant, role: coordinates ? 'COORDINATOR' : 'PARTNER', sources: SOURCE.id });
  }
  return [...roles.values()];
}

/**
 * Converts the ANR's list of the Investissements d'avenir into the import's files, `<outDir>/dgpie/*.csv`. Partners that
 * the other parts of the seed have already are those. Returns the new organisations.
 */
export async function convertDgpie(
  dataDir: string,
  outDir: string,
  known: readonly Named[],
): Promise<readonly Named[]> {
  const read = <C extends string>(file: string) => readTable<C>(join(dataDir, 'dgpie', file));
  const projects = (await read<keyof RawProject>('projects.csv')).map(projectRow);
  const lines = await read<keyof RawParticipation>('participations.csv');
  const partners = readPartners(lines, known);
  const participations = participationRows(lines, partners);

  const dir = join(outDir, 'dgpie');
  await writeTable(dir, 'sources.csv', [SOURCE], 'filled columns');
  await writeTable(
    dir,
    'organisations.csv',
    partners.rows.map((row) => ({ ...row, sources: SOURCE.id })),
    'filled columns',
  );
  await writeTable(dir, 'projects.csv', projects, 'filled columns');
  await writeTable(dir, 'participations.csv', participations, 'filled columns');
  console.log(
    `DGPIE: ${projects.length} projects, ${participations.length} participations; of ${partners.names} names ` +
      `${partners.known} are known organisations and ${partners.rows.length} new ones.`,
  );
  return partners.rows.map(({ id, name, territory, city }) => ({ id, names: [name], territory, city, projects: 1 }));
}
