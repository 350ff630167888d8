import type { Random } from './random.ts';

const ONSETS = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'f',
  'fl',
  'g',
  'gr',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'qu',
  'r',
  's',
  't',
  'tr',
  'v',
];
const VOWELS = ['a', 'e', 'é', 'è', 'i', 'o', 'ô', 'u', 'ai', 'eau', 'eu', 'ou', 'an', 'on', 'in', 'oi'];
const ENDS = ['', '', 'l', 'n', 'r', 's', 't', 'ne', 'lle', 'que', 'ge'];

/** Words before a name, by the kind of organisation. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  COMPANY: ['Société', 'Ateliers', 'Groupe', 'Établissements', 'Compagnie', 'Entreprise', 'Laboratoires'],
  RESEARCH: ["Laboratoire d'ingénierie", 'Institut', "Unité d'études", 'Centre de recherche', 'Équipe'],
  TRAINING: ['École', 'Université', 'Lycée', 'Institut de formation'],
  PUBLIC_BODY: ['Agence', 'Syndicat', 'Conseil', 'Chambre'],
  ASSOCIATION: ['Association', 'Fédération', 'Union', 'Comité'],
  OTHER: ['Maison', 'Fondation'],
  UNKNOWN: [''],
};

/** A word that sounds French and is nearly always the only one of its kind. */
export function word(random: Random, syllables: number): string {
  let made = '';
  for (let place = 0; place < syllables; place++) made += random.of(ONSETS) + random.of(VOWELS);
  made += random.of(ENDS);
  return made[0]!.toUpperCase() + made.slice(1);
}

/** The name of an organisation: what it is, and two words of its own, the first of them long. */
export function organisationName(random: Random, kind: string): { name: string; own: string } {
  const own = word(random, 3);
  const before = random.of(BEFORE[kind]!);
  const after = random.chance(0.6) ? ` ${random.of(['de', 'du', '&', 'et'])} ${word(random, 2)}` : '';
  return { name: `${before} ${own}${after}`.trim(), own };
}
