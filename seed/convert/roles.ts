import type { MembershipRole } from '../../src/domain/vocabulary.ts';

/** What one written role says. */
export type Reading =
  | {
      readonly as: 'membership';
      readonly role: MembershipRole;
      readonly label: string;
      readonly since?: string;
      readonly until?: string;
      readonly attestedOn?: string;
    }
  | { readonly as: 'partnership'; readonly since?: string; readonly attestedOn?: string }
  | { readonly as: 'participation'; readonly project: string; readonly role: 'COORDINATOR' | 'PARTNER' }
  | { readonly as: 'nothing'; readonly reason: string };

const CITED: readonly Reading[] = [
  { as: 'nothing', reason: "La source cite l'acteur à propos du réseau, sans le dire membre." },
];

function inRole(role: MembershipRole, label: string, attestedOn?: string): readonly Reading[] {
  return [{ as: 'membership', role, label, ...(attestedOn ? { attestedOn } : {}) }];
}

function began(role: MembershipRole, label: string, since: string): readonly Reading[] {
  return [{ as: 'membership', role, label, ...(since === '' ? {} : { since }) }];
}

/** Carried the bid for the label: a relationship that the source saw in that year, and no membership in the usual sense. */
const carried = (label: string) => (year: string) => inRole('ASSOCIATE', label, year);

/** Each role of members.csv as we read it; the year is that of the row's column `since`. */
const READINGS: Readonly<Record<string, (year: string) => readonly Reading[]>> = {
  'présidence du pôle (2005-2011 via Airbus France, 2017 via Airbus)': () => [
    {
      as: 'membership',
      role: 'PRESIDENCY',
      label: 'présidence du pôle (via Airbus France)',
      since: '2005',
      until: '2011',
    },
    ...inRole('PRESIDENCY', 'présidence du pôle', '2017'),
  ],
  'présidence du pôle (2016)': () => inRole('PRESIDENCY', 'présidence du pôle', '2016'),
  'présidence du pôle (2019)': () => inRole('PRESIDENCY', 'présidence du pôle', '2019'),
  'présidence du pôle (été 2022)': () => inRole('PRESIDENCY', 'présidence du pôle (été 2022)', '2022'),
  'présidence du pôle (président issu de RAGT)': () => inRole('PRESIDENCY', 'présidence du pôle'),
  'présidence du cluster': (year) => inRole('PRESIDENCY', 'présidence du cluster', year),
  'vice-présidence (2017)': () => inRole('BOARD', 'vice-présidence', '2017'),
  "membre du conseil d'administration": () => inRole('BOARD', "membre du conseil d'administration"),
  "conseil d'administration (2010)": () => inRole('BOARD', "conseil d'administration", '2010'),
  "fondateur ; conseil d'administration (2010)": (year) => [
    ...began('FOUNDER', 'fondateur', year),
    ...inRole('BOARD', "conseil d'administration", '2010'),
  ],
  fondateur: (year) => began('FOUNDER', 'fondateur', year),
  membre: () => inRole('MEMBER', 'membre'),
  adhérent: () => inRole('MEMBER', 'adhérent'),
  'adhérent depuis les débuts': () => inRole('MEMBER', 'adhérent depuis les débuts'),
  'adhérent (2012)': () => inRole('MEMBER', 'adhérent', '2012'),
  'adhérent (2019)': () => inRole('MEMBER', 'adhérent', '2019'),
  'groupement adhérent (2019)': () => inRole('MEMBER', 'groupement adhérent', '2019'),
  'membre (lauréat France 2030 spatial)': () => inRole('MEMBER', 'membre (lauréat France 2030 spatial)'),
  'membre cité (2010)': () => inRole('MEMBER', 'membre cité', '2010'),
  'unité de recherche associée (2010)': () => inRole('ASSOCIATE', 'unité de recherche associée', '2010'),
  'unité de formation associée (2010)': () => inRole('ASSOCIATE', 'unité de formation associée', '2010'),
  'laboratoire partenaire': (year) => inRole('ASSOCIATE', 'laboratoire partenaire', year),
  'porteur du dossier': carried('porteur du dossier'),
  'porteur du projet': carried('porteur du projet de pôle'),
  'porteur du dossier Mer (commun Bretagne/PACA)': carried('porteur du dossier Mer (commun Bretagne/PACA)'),
  'soutien public': () => inRole('FUNDER', 'soutien public'),
  'partenaire (partenariat 2022)': () => [{ as: 'partnership', attestedOn: '2022' }],
  'fondateur industriel': (year) => [{ as: 'partnership', since: year }],
  'fondateur académique': (year) => [{ as: 'partnership', since: year }],
  'accord-cadre de collaboration (2020)': () => [{ as: 'partnership', since: '2020' }],
  'pilote du projet Neofertil': () => [{ as: 'participation', project: 'Neofertil', role: 'COORDINATOR' }],
  'partenaire du projet Neofertil': () => [{ as: 'participation', project: 'Neofertil', role: 'PARTNER' }],
  'acteur cité du pôle': () => CITED,
  'acteur cité (2006)': () => CITED,
  'entreprise citée': () => CITED,
  'entreprise du territoire citée': () => CITED,
  'entreprise impliquée': () => CITED,
  'présent au sein du pôle': () => CITED,
  'bénéficiaire du premier projet financé': () => [
    { as: 'nothing', reason: "Bénéficiaire d'un projet que la source ne nomme pas." },
  ],
};

/** Reads a written role; one that the table does not know stops the conversion, for a person to decide. */
export function readRole(written: string, year: string): readonly Reading[] {
  const reading = READINGS[written];
  if (!reading) throw new Error(`No reading for the role "${written}": add it to roles.ts.`);
  return reading(year);
}
