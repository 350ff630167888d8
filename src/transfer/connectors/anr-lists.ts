import { CsvFileError } from '../csv.ts';
import { dgpieProgramme, isDgpieAction } from './dgpie-actions.ts';
import type { Line } from './published-csv.ts';

/** What distinguishes the two lists of the ANR: their source, and how a project's programme is called. */
export interface AnrList {
  readonly name: 'anr' | 'dgpie';
  readonly source: Readonly<Record<'id' | 'title' | 'publisher' | 'url' | 'licence', string>>;
  readonly programmeOf: (line: Line, code: string) => string;
}

const PUBLISHED = { publisher: 'Agence nationale de la recherche', licence: 'Licence Ouverte (Etalab)' };
const DATASETS = 'https://www.data.gouv.fr/fr/datasets/';

/** ANR-21-CE14-0012 is of committee CE14. */
const committeeOf = (code: string): string => /^ANR-\d\d-(\w+)-/.exec(code)?.[1] ?? '';

export const DOS: AnrList = {
  name: 'anr',
  source: {
    ...PUBLISHED,
    id: 'source/anr-dos',
    title: 'ANR_01 Projets ANR DOS : détail des projets et des partenaires',
    url: `${DATASETS}anr-01-projets-anr-dos-detail-des-projets-et-des-partenaires/`,
  },
  programmeOf: (_, code) => `ANR ${committeeOf(code)}`.trim(),
};
export const DGPIE: AnrList = {
  name: 'dgpie',
  source: {
    ...PUBLISHED,
    id: 'source/anr-dgpie',
    title: 'ANR_02 Projets ANR DGPIE : détail des projets et des partenaires',
    url: `${DATASETS}anr-02-projets-anr-dgpie-detail-des-projets-et-des-partenaires/`,
  },
  programmeOf: (line, code) => dgpieProgramme(line('Action.Titre.Francais') || committeeOf(code)),
};

/**
 * Notes of which list the lines of a file are, by the codes of their projects. Both lists have the same columns: `check`
 * throws a CsvFileError if most lines are of the other one.
 */
export class ListCheck {
  #ofDgpie = 0;
  #ofDos = 0;

  add(code: string): void {
    const committee = committeeOf(code);
    if (isDgpieAction(committee)) this.#ofDgpie++;
    else if (/^CE\d\d$/.test(committee)) this.#ofDos++;
  }

  check(file: string, { name }: AnrList): void {
    const [own, other] = name === 'anr' ? [this.#ofDos, this.#ofDgpie] : [this.#ofDgpie, this.#ofDos];
    if (other <= own) return;
    const [written, right] =
      name === 'anr' ? ["the Investissements d'avenir", 'dgpie'] : ['the projects that the ANR funds (DOS)', 'anr'];
    throw new CsvFileError(`${file} is the list of ${written}: import it with --from ${right}.`);
  }
}

/** Both forms of the columns: that of 2022, and that of the lists since. */
export const CODE = ['Projet.Code_Decision', 'Projet.Code_Decision_ANR'];
export const PARTNER = 'Projet.Partenaire.Nom_organisme';

/** The identifier of a project, by its number. */
export const projectId = (code: string): string => `project/${code.toLowerCase()}`;

/** A date as lists write it: 2021-03-01, 01/03/2021, or with a time behind it. */
function dateOf(text: string): string {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(text) ?? [];
  if (year) return `${year}-${month}-${day}`;
  return /^\d{4}(?:-\d{2}(?:-\d{2})?)?/.exec(text)?.[0] ?? '';
}

/** Longer ones are titles that stand in the acronym's place. */
const LONGEST_ACRONYM = 30;

/** A line of the projects as a row of the import; null where it has no number. */
export function projectRow({ source, programmeOf }: AnrList, line: Line): Record<string, string> | null {
  const code = line(...CODE);
  if (code === '') return null;
  const short = line('Projet.Acronyme');
  const title = line('Projet.Titre.Francais', 'Projet.Titre.Anglais');
  const funding = Number(line('Projet.Aide_allouee', 'Projet.Montant.AF.Aide_allouee.ANR').replace(',', '.'));
  return {
    id: projectId(code),
    name: short || title || `Projet ${code}`,
    title,
    acronym: short.length <= LONGEST_ACRONYM ? short : '',
    start: dateOf(line('Projet.T0 scientifique', 'Projet.Date_debut')) || dateOf(line('Action.Edition', 'AAP.Edition')),
    programme: programmeOf(line, code),
    funding: funding > 0 ? String(funding) : '',
    currency: funding > 0 ? 'EUR' : '',
    sources: source.id,
  };
}
