/**
 * What the actions of the Investissements d'avenir are called, by the codes that the ANR's list gives: written out by the
 * editors, five of them after a page about their projects (seed/SOURCES.md). Others stay codes.
 */
const DGPIE_ACTIONS: Readonly<Record<string, string>> = {
  ACVT: 'Consortiums de valorisation thématique',
  AIRT: 'Instituts de recherche technologique',
  AUTO: 'Programme prioritaire de recherche : autonomie',
  BINF: 'Bio-informatique',
  BTBR: 'Biotechnologies et bioressources',
  CAMP: 'Opération Campus',
  CARN: 'Instituts Carnot',
  CMAQ: "Compétences et métiers d'avenir : technologies quantiques",
  COHO: 'Cohortes',
  CONV: 'Instituts Convergences',
  CRNT: 'Tremplins Carnot',
  DMAV: 'Programme Avenir(s)',
  DMES: "Démonstrateurs numériques dans l'enseignement supérieur",
  DPBS: 'Démonstrateurs préindustriels en biotechnologies',
  DUNE: "Développement d'universités numériques expérimentales",
  EQPX: "Équipements d'excellence",
  ESRE: 'Équipements structurants pour la recherche (ÉquipEx+)',
  EURE: 'Écoles universitaires de recherche',
  EXES: 'Excellence sous toutes ses formes (ExcellencES)',
  F2II: 'Grand défi biomédicaments',
  FTAP: 'Parcours flexibles en licence',
  GURE: 'Universités européennes',
  IAHU: 'Instituts hospitalo-universitaires',
  IBHU: 'Instituts hospitalo-universitaires',
  IDES: 'Intégration et développement des IDEX et des I-SITE (IDÉES)',
  IDEX: "Initiatives d'excellence et I-SITE",
  IDFI: "Initiatives d'excellence en formations innovantes",
  IDFN: "Initiatives d'excellence en formations innovantes numériques",
  IEED: "Instituts d'excellence en matière d'énergies décarbonées",
  IEEC: 'Culture scientifique et technique et égalité des chances',
  INBS: 'Infrastructures nationales en biologie et santé',
  LABX: "Laboratoires d'excellence",
  MPGA: 'Make Our Planet Great Again',
  NANB: 'Nanobiotechnologies',
  NCUN: "Nouveaux cursus à l'université",
  NUDD: 'Réacteur Jules Horowitz',
  NUWA: 'Nuward',
  P3IA: "Instituts interdisciplinaires d'intelligence artificielle (3IA)",
  PAMR: 'Programme prioritaire de recherche : antibiorésistance',
  PAVH: 'Programme prioritaire de recherche : autonomie',
  PCPA: 'Programme prioritaire de recherche : cultiver et protéger autrement',
  PEHY: 'Programme et équipements prioritaires de recherche : hydrogène',
  PETQ: 'Programme et équipements prioritaires de recherche : technologies quantiques',
  PHUC: 'Pôles hospitalo-universitaires en cancérologie',
  PMRB: 'Programme prioritaire de recherche : maladies rares',
  RHUS: 'Recherche hospitalo-universitaire en santé',
  RSNR: 'Recherche en sûreté nucléaire et radioprotection',
  SACL: 'Campus de Saclay',
  SATE: 'Expérimentations de valorisation de la recherche (hors SATT)',
  SATT: "Sociétés d'accélération du transfert de technologies",
  SFRI: "Structuration de la formation par la recherche dans les initiatives d'excellence",
  STHP: 'Programme prioritaire de recherche : sport de très haute performance',
};

/** Whether a code is that of an action of the Investissements d'avenir. */
export const isDgpieAction = (code: string): boolean => Object.hasOwn(DGPIE_ACTIONS, code);

/** The programme of a project of the Investissements d'avenir, from the code of its action. */
export function dgpieProgramme(code: string): string {
  const name = DGPIE_ACTIONS[code] ?? "Investissements d'avenir";
  return `${name} (${code})`;
}
