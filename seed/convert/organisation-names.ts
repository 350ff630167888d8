/** How a name that the raw data write is kept: the name proper, its acronym, and the other names that it came with. */
export interface OrganisationName {
  readonly name: string;
  readonly acronym?: string;
  readonly aliases?: readonly string[];
  readonly reason: string;
}

/** Written names that are another organisation's spelling, or hold more than a name. Merged only where it is certain. */
export const ORGANISATION_NAMES: Readonly<Record<string, OrganisationName>> = {
  'Auto Châssis International (Renault)': {
    name: 'Auto Châssis International',
    reason: 'Renault is the parent, not a name.',
  },
  'Comat Aerospace': {
    name: 'COMAT',
    aliases: ['Comat Aerospace'],
    reason: 'The same space equipment maker of Toulouse, in ELISE and in Aerospace Valley.',
  },
  Erems: { name: 'EREMS', reason: 'The same name in another case.' },
  'INRETS (Ifsttar)': {
    name: 'INRETS',
    aliases: ['Ifsttar'],
    reason: 'The source gives the name of 2006 and the later one.',
  },
  'Irisbus (Iveco Bus)': {
    name: 'Irisbus',
    aliases: ['Iveco Bus'],
    reason: 'The source gives the name of 2006 and the later one.',
  },
  'Laboratoire de chimie agro-industrielle (INPT-ENSIACET)': {
    name: 'Laboratoire de chimie agro-industrielle',
    aliases: ['Laboratoire de chimie agro-industrielle (INPT-ENSIACET)'],
    reason: 'Between brackets, where it belongs.',
  },
  'Lisi Aerospace (Blanc Aero)': {
    name: 'Lisi Aerospace',
    aliases: ['Blanc Aero'],
    reason: 'The source gives the group and its local firm.',
  },
  'SCT - Société des Céramiques Techniques': {
    name: 'Société des Céramiques Techniques',
    acronym: 'SCT',
    reason: 'Acronym and name in one.',
  },
  'Veolia Environnement': {
    name: 'Veolia',
    aliases: ['Veolia Environnement'],
    reason: 'The legal and the trade name of one company.',
  },
};

/** Members that are networks of ours, not organisations. */
export const NETWORKS_AMONG_MEMBERS: Readonly<Record<string, string>> = { Mécaloire: 'cluster/mecaloire' };

/** Places that the raw data give are those of an establishment; these have their seat elsewhere. */
export const ESTABLISHMENTS: ReadonlySet<string> = new Set(['BorgWarner', 'CEA', 'ONERA', 'Robert Bosch', 'Sanofi']);
