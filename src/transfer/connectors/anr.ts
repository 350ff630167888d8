import { CsvFileError } from '../csv.ts';
import type { Connector, Converted } from './connector.ts';
import { dgpieProgramme } from './dgpie-actions.ts';
import { KnownOrganisations } from './known-organisations.ts';
import { Partners, validIdentifier } from './partners.ts';
import { type Line, openPublished, type PublishedCsv } from './published-csv.ts';

/** What distinguishes the two lists of the ANR: their source, and how a project's programme is called. */
interface AnrList {
  readonly source: Readonly<Record<'id' | 'title' | 'publisher' | 'url' | 'licence', string>>;
  readonly programmeOf: (line: Line, code: string) => string;
}

const PUBLISHED = { publisher: 'Agence nationale de la recherche', licence: 'Licence Ouverte (Etalab)' };
const DATASETS = 'https://www.data.gouv.fr/fr/datasets/';

/** ANR-21-CE14-0012 is of committee CE14. */
const committeeOf = (code: string): string => /^ANR-\d\d-(\w+)-/.exec(code)?.[1] ?? '';

const DOS: AnrList = {
  source: {
    ...PUBLISHED,
    id: 'source/anr-dos',
    title: 'ANR_01 Projets ANR DOS : détail des projets et des partenaires',
    url: `${DATASETS}anr-01-projets-anr-dos-detail-des-projets-et-des-partenaires/`,
  },
  programmeOf: (_, code) => `ANR ${committeeOf(code)}`.trim(),
};
const DGPIE: AnrList = {
  source: {
    ...PUBLISHED,
    id: 'source/anr-dgpie',
    title: 'ANR_02 Projets ANR DGPIE : détail des projets et des partenaires',
    url: `${DATASETS}anr-02-projets-anr-dgpie-detail-des-projets-et-des-partenaires/`,
  },
  programmeOf: (line, code) => dgpieProgramme(line('Action.Titre.Francais') || committeeOf(code)),
};

/** Both forms of the columns: that of 2022, and that of the lists since. */
const CODE = ['Projet.Code_Decision', 'Projet.Code_Decision_ANR'];
const PARTNER = 'Projet.Partenaire.Nom_organisme';

/** Kinds by the list's category; what it does not tell stays UNKNOWN. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/entreprise|\bPME\b|\bTPE\b|\bETI\b|grand groupe|soci[ée]t[ée] priv/i, 'COMPANY'],
  [/universit|[ée]cole|enseignement|\bINSA\b|\bENS\b/i, 'TRAINING'],
  [/laboratoire|recherche|\bEPST\b|\bEPIC\b/i, 'RESEARCH'],
  [/association|fondation/i, 'ASSOCIATION'],
  [/h[oô]pital|h[oô]pitaux|\bCHU\b|collectivit|minist|public/i, 'PUBLIC_BODY'],
];
const kindOf = (category: string): string => KINDS.find(([pattern]) => pattern.test(category))?.[1] ?? 'UNKNOWN';

const projectId = (code: string): string => `project/${code.toLowerCase()}`;

/** A date as lists write it: 2021-03-01, 01/03/2021, or with a time behind it. */
function dateOf(text: string): string {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(text) ?? [];
  if (year) return `${year}-${month}-${day}`;
  return /^\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(text)?.[0] ?? '';
}

function projectRow({ source, programmeOf }: AnrList, line: Line): Record<string, string> | null {
  const code = line(...CODE);
  if (code === '') return null;
  const acronym = line('Projet.Acronyme');
  const title = line('Projet.Titre.Francais', 'Projet.Titre.Anglais');
  const funding = Number(line('Projet.Aide_allouee', 'Projet.Montant.AF.Aide_allouee.ANR').replace(',', '.'));
  return {
    id: projectId(code),
    name: acronym || title || `Projet ${code}`,
    title,
    acronym,
    start: dateOf(line('Projet.T0 scientifique', 'Projet.Date_debut')) || dateOf(line('Action.Edition', 'AAP.Edition')),
    programme: programmeOf(line, code),
    funding: funding > 0 ? String(funding) : '',
    currency: funding > 0 ? 'EUR' : '',
    sources: source.id,
  };
}

const NOTHING = { matched: 0, added: 0, doubtful: [], left: 0 };

async function readProjects(list: AnrList, { lines, unreadable }: PublishedCsv): Promise<Converted> {
  const rows = new Map<string, Record<string, string>>();
  let read = 0;
  for await (const line of lines()) {
    read++;
    const row = projectRow(list, line);
    if (row) rows.set(row.id!, row);
  }
  const files = { 'sources.csv': [list.source], 'projects.csv': [...rows.values()] };
  return { ...NOTHING, files, read, left: read - rows.size, unreadable };
}

async function readPartners(
  { source }: AnrList,
  { lines, unreadable }: PublishedCsv,
  known: KnownOrganisations,
): Promise<Converted> {
  const partners = new Partners(known, {
    ...{ source: source.id, schemes: ['RNSR'], givesIdentifiers: false },
    trustsWholeNames: () => true,
  });
  const rows = new Map<string, Record<string, string>>();
  let [read, left] = [0, 0];
  for await (const line of lines()) {
    read++;
    const [code, name] = [line(...CODE), line(PARTNER)];
    const partner = {
      name,
      city: line('Projet.Partenaire.Adresse.Ville'),
      kind: kindOf(line('Projet.Partenaire.Categorie_organisme')),
      numbers: { RNSR: validIdentifier('RNSR', line('Projet.Partenaire.Code_RNSR')) },
    };
    const participant = code === '' || name === '' ? null : partners.idOf(partner);
    if (participant === null) {
      left++;
      continue;
    }
    const key = `${code} ${participant}`;
    const isCoordinator = /^(?:true|1|oui|vrai)$/i.test(line('Projet.Partenaire.Est_coordinateur'));
    const role = isCoordinator || rows.get(key)?.role === 'COORDINATOR' ? 'COORDINATOR' : 'PARTNER';
    rows.set(key, { project: projectId(code), participant, role, sources: source.id });
  }
  return {
    files: {
      'sources.csv': [source],
      'organisations.csv': [...partners.rows.values()],
      'participations.csv': [...rows.values()],
    },
    read,
    matched: partners.matched.size,
    added: partners.added,
    doubtful: partners.doubtful,
    left,
    unreadable,
  };
}

/**
 * Reads one of the two files of a list of the ANR (CSV of data.gouv.fr), whichever it is by its columns: the projects, or
 * their partners. Partners are the organisations that have their RNSR number, or their name and city.
 */
const readList =
  (list: AnrList): Connector =>
  async (file, engine, { signal } = {}) => {
    const published = await openPublished(file, [...CODE, PARTNER]);
    const { columns } = published;
    if (!CODE.some((code) => columns.has(code))) {
      throw new CsvFileError(
        `${file} is no list of the ANR: its first line must name the column ${CODE.join(' or ')}.`,
      );
    }
    if (!columns.has(PARTNER)) return readProjects(list, published);
    return readPartners(list, published, await KnownOrganisations.read(engine, signal));
  };

/** The projects that the ANR funds (DOS), and their partners. */
export const readAnr = readList(DOS);
/** The projects of the Investissements d'avenir (DGPIE), and their partners. */
export const readDgpie = readList(DGPIE);
