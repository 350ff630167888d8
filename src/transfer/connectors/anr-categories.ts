/** What a category of the ANR's lists says of an organisation; what it does not say is left out. */
export interface Category {
  readonly kind: string;
  readonly public?: boolean;
  readonly size?: string;
}

/** The categories of the list of projects (DOS). It calls public what it says is public; a PME may be of any size up to MEDIUM. */
const DOS: Readonly<Record<string, Category>> = {
  'Laboratoire public': { kind: 'RESEARCH', public: true },
  'Divers public': { kind: 'PUBLIC_BODY', public: true },
  'Divers privé': { kind: 'OTHER', public: false },
  'Fondation de recherche': { kind: 'RESEARCH' },
  'Organisme de recherche': { kind: 'RESEARCH' },
  Association: { kind: 'ASSOCIATION' },
  TPE: { kind: 'COMPANY', size: 'MICRO' },
  PME: { kind: 'COMPANY' },
  'Entreprise autre que TPE ou PME': { kind: 'COMPANY', size: 'LARGE' },
  'FR PRIVE': { kind: 'UNKNOWN', public: false },
  ETRANGER: { kind: 'UNKNOWN' },
};

/** The categories of the Investissements d'avenir (DGPIE). */
const DGPIE: Readonly<Record<string, Category>> = {
  'Universités, INSA et INP': { kind: 'TRAINING', public: true },
  'Grandes écoles publiques': { kind: 'TRAINING', public: true },
  'ENS et grands établissements': { kind: 'TRAINING', public: true },
  "COMUE Pôle de recherche et d'Enseignement supérieur": { kind: 'TRAINING', public: true },
  'Autres écoles (privées)': { kind: 'TRAINING', public: false },
  IEP: { kind: 'TRAINING', public: true },
  'Organismes de type EPST': { kind: 'RESEARCH', public: true },
  Observatoires: { kind: 'RESEARCH', public: true },
  INHA: { kind: 'RESEARCH', public: true },
  'Entreprises Privées': { kind: 'COMPANY', public: false },
  'Organismes de Type EPIC': { kind: 'PUBLIC_BODY', public: true },
  'Autres établissements (publics)': { kind: 'PUBLIC_BODY', public: true },
  'Organismes Médicaux (Hôpitaux)': { kind: 'PUBLIC_BODY', public: true },
  'EPA, GIP, organismes avec autre statut': { kind: 'PUBLIC_BODY', public: true },
  Ministères: { kind: 'PUBLIC_BODY', public: true },
  Collectivités: { kind: 'PUBLIC_BODY', public: true },
  Associations: { kind: 'ASSOCIATION' },
  Fondations: { kind: 'OTHER' },
  'Etablissements de santé': { kind: 'OTHER' },
  'GIE ou Non-Affecté': { kind: 'OTHER' },
  Etranger: { kind: 'UNKNOWN' },
};

const KNOWN: ReadonlyMap<string, Category> = new Map(Object.entries({ ...DOS, ...DGPIE }));

/** Kinds by the words of a category that neither list had until 2022. */
const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [/entreprise|\bPME\b|\bTPE\b|\bETI\b|grand groupe|soci[ée]t[ée] priv/i, 'COMPANY'],
  [/universit|[ée]cole|enseignement|\bINSA\b|\bENS\b/i, 'TRAINING'],
  [/laboratoire|recherche|\bEPST\b|\bEPIC\b/i, 'RESEARCH'],
  [/association|fondation/i, 'ASSOCIATION'],
  [/h[oô]pital|h[oô]pitaux|\bCHU\b|collectivit|minist|public/i, 'PUBLIC_BODY'],
];

/** What a category says; UNKNOWN where it says nothing. */
export function categoryOf(written: string): Category {
  const kind = BY_WORDS.find(([pattern]) => pattern.test(written))?.[1] ?? 'UNKNOWN';
  return KNOWN.get(written) ?? { kind };
}
