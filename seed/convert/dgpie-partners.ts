import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { digest, readableId, slug } from '../../src/domain/global-id.ts';
import { readPlace } from './anr-places.ts';
import type { RawParticipation } from './dgpie.ts';
import { type Named, NameIndex } from './name-index.ts';
import { kindByName } from './training.ts';

/** An organisation that takes part and that no other part of the seed has. */
export interface Partner {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly public: string | undefined;
  readonly territory: string | undefined;
  readonly city: string;
}

export interface Partners {
  readonly rows: readonly Partner[];
  /** The organisation that a written name became; none where the dump does not name it. */
  readonly idOf: ReadonlyMap<string, string>;
  readonly names: number;
  readonly known: number;
}

type Category = readonly [kind: string, isPublic?: boolean];

/** The dump's categories, and whether they say that the organisation is publicly run. */
const CATEGORIES: Readonly<Record<string, Category>> = {
  'Universités, INSA et INP': ['TRAINING', true],
  'Grandes écoles publiques': ['TRAINING', true],
  'ENS et grands établissements': ['TRAINING', true],
  "COMUE Pôle de recherche et d'Enseignement supérieur": ['TRAINING', true],
  'Autres écoles (privées)': ['TRAINING', false],
  IEP: ['TRAINING', true],
  'Organismes de type EPST': ['RESEARCH', true],
  Observatoires: ['RESEARCH', true],
  INHA: ['RESEARCH', true],
  'Entreprises Privées': ['COMPANY', false],
  'Organismes de Type EPIC': ['PUBLIC_BODY', true],
  'Autres établissements (publics)': ['PUBLIC_BODY', true],
  'Organismes Médicaux (Hôpitaux)': ['PUBLIC_BODY', true],
  'EPA, GIP, organismes avec autre statut': ['PUBLIC_BODY', true],
  Ministères: ['PUBLIC_BODY', true],
  Collectivités: ['PUBLIC_BODY', true],
  Associations: ['ASSOCIATION'],
  Fondations: ['OTHER'],
  'Etablissements de santé': ['OTHER'],
  'GIE ou Non-Affecté': ['OTHER'],
  Etranger: ['UNKNOWN'],
  'Non renseigné': ['UNKNOWN'],
  '': ['UNKNOWN'],
};

const UNNAMED = 'Non renseigné';
const orEmpty = (written: string): string => (written === UNNAMED ? '' : written);

/** Delegations and centres of one body take part in its name: they are no organisations of their own. */
const BODIES: readonly [RegExp, string][] = [
  [/^CNRS\b/, 'organisation/cnrs'],
  [/^INSERM\b/, 'organisation/inserm'],
  [/^INRAE?\b/, 'organisation/inrae'],
  [/^INRIA(?:\b|_)/, 'organisation/inria'],
  [/^IRD\b/, 'organisation/ird'],
  [/^CIRAD\b/, 'organisation/cirad'],
  [/^CEA\b/, 'organisation/cea'],
  [/^IFSTTAR\b/, 'organisation/inrets'],
  [/^IFREMER\b/, 'organisation/ifremer'],
  [/^IRSTEA\b/, 'organisation/cemagref-irstea'],
];

/** Written names that are known organisations under another spelling, each with its reason; all were read. */
const NAMES = new Map(
  (
    parse(readFileSync(join(import.meta.dirname, 'tables', 'dgpie-names.csv')), { columns: true }) as Record<
      'written' | 'organisation' | 'reason',
      string
    >[]
  ).map(({ written, organisation }) => [written, organisation]),
);

/** Shorter names are mostly acronyms, which several may bear: they need the same place. */
const LONG_ENOUGH = 6;

/** The régions as the dump shortens them. */
const REGIONS: Readonly<Record<string, string>> = {
  'Nouvelle Aquitaine': 'Nouvelle-Aquitaine',
  'Hauts de France': 'Hauts-de-France',
};

const tidy = (written: string): string => written.replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim();

const heaviest = (records: readonly Named[]): Named | undefined =>
  [...records].sort((a, b) => b.projects - a.projects || (a.id < b.id ? -1 : 1))[0];

/** The value that most lines give; of two as frequent the first. */
function most(values: readonly string[]): string {
  const counted = [...Map.groupBy(values, (value) => value)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0] ?? '';
}

/** Which known organisation a name is: by the table, the body it belongs to, its whole name, or its words in its place. */
function knownAs(
  name: string,
  place: { territory: string | undefined; city: string },
  index: NameIndex,
): string | null {
  const body = BODIES.find(([pattern]) => pattern.test(name))?.[1];
  const listed = NAMES.get(name) ?? body;
  if (listed) return listed;
  const whole = index.named(name);
  if (whole.length === 1 && name.length >= LONG_ENOUGH) return whole[0]!.id;
  return heaviest(index.alikeIn(name, place))?.id ?? null;
}

/** The organisations that the lines name: known ones, and new ones for the rest. */
export function readPartners(lines: readonly RawParticipation[], known: readonly Named[]): Partners {
  const index = new NameIndex(known);
  const ids = new Set(known.map(({ id }) => id));
  const strange = [...NAMES.values(), ...BODIES.map(([, id]) => id)].filter((id) => !ids.has(id));
  if (strange.length > 0) throw new Error(`No such organisation: ${strange.join(', ')}.`);
  const mentions = Map.groupBy(lines, (raw) => raw['Projet.Partenaire.Nom_organisme']);
  mentions.delete(UNNAMED);
  const idOf = new Map<string, string>();
  const rows: Partner[] = [];
  for (const [written, seen] of mentions) {
    const name = tidy(written);
    const region = most(seen.map((raw) => raw['Projet.Partenaire.Adresse.Region']));
    const city = orEmpty(most(seen.map((raw) => raw['Projet.Partenaire.Adresse.Ville'])));
    // The dump gives France for the country of all: where the région is abroad, the country is unknown.
    const { territory, city: seatCity } = readPlace({ city, region: REGIONS[region] ?? region, country: 'France' });
    const place = { territory, city: seatCity };
    const id = knownAs(name, place, index);
    if (id !== null) {
      idOf.set(written, id);
      continue;
    }
    const [kind, isPublic] = CATEGORIES[most(seen.map((raw) => raw['Projet.Partenaire.Categorie_organisme']))] ?? [];
    if (!kind) throw new Error(`No kind is known for a category of "${name}".`);
    const plain = readableId('organisation', name, []);
    const own = [plain, `${plain}-${slug(city)}`, `${plain}-${digest([written]).slice(0, 6)}`].find(
      (one) => !ids.has(one),
    );
    if (!own) throw new Error(`No identifier is left for "${name}".`);
    ids.add(own);
    idOf.set(written, own);
    rows.push({
      id: own,
      name,
      kind: kindByName(kind, name),
      public: isPublic === undefined ? undefined : String(isPublic),
      ...place,
    });
  }
  return { rows, idOf, names: mentions.size, known: mentions.size - rows.length };
}
