import { slug } from '../../src/domain/global-id.ts';
import type { RawGrappe, RawNetwork } from './raw.ts';

/** When the minister announced the grappes of each call. */
export const ANNOUNCED: Readonly<Record<string, string>> = { '2010': '2010-05-04', '2011': '2011-01-21' };

/** Grappes that are networks of ours under another name. */
const KNOWN: Readonly<Record<string, string>> = {
  'Mecanic Vallée': 'mecanic-vallee',
  'Cluster Edit': 'ra-edit',
  'Cluster Lumière': 'ra-lumiere',
  'Cluster Rhône-Alpes Éco-énergies': 'ra-eco-energies',
  MecaLoire: 'mecaloire',
  Nutravita: 'nutravita',
  'Aerospace Cluster in Rhône-Alpes': 'ra-aerospace',
  'Cluster I-Care': 'ra-i-care',
  Indura: 'indura',
  'Midi-Pyrénées Saveurs': 'midi-pyrenees-saveurs',
  'Pyrénées Industries Céramiques': 'pyrenees-industries-ceramiques',
  'Clust-IT (DigitalPlace)': 'digital-place',
  'Water Sensors & Membranes (WSM)': 'wsm',
  'Saveurs des Pyrénées': 'saveurs-des-pyrenees',
  // A pole until 2010, chosen as a grappe a year later: one structure, Nova Child today.
  'Pôle Enfant': 'enfant',
};

/** Names that hold an acronym or a remark, and the short name by which they go on. */
const NAMES: Readonly<Record<string, readonly [name: string, formerly?: string]>> = {
  'AMD (Association pour la maintenance durable)': ['Association pour la maintenance durable', 'AMD'],
  Mecabourg: ['Mécabourg'],
  'Technopole Chimie-Biologie-Santé (CBS)': ['Technopole Chimie-Biologie-Santé', 'CBS'],
  'Wind for Future (W4F)': ['Wind for Future', 'W4F'],
};

/** Places that are no commune. */
const NO_COMMUNES: ReadonlySet<string> = new Set(['(Loiret)', 'Vallée de la Bresle', 'Nevers-Magny-Cours']);

/** The slug of the network that was chosen as a grappe. */
export function grappeSlug({ name }: RawGrappe): string {
  return KNOWN[name] ?? slug(NAMES[name]?.[0] ?? name);
}

/** Those of the grappes that the other files do not know, one record each. */
export function grappeNetworks(grappes: readonly RawGrappe[]): RawNetwork[] {
  const unknown = grappes.filter(({ name }) => !(name in KNOWN));
  return [...Map.groupBy(unknown, grappeSlug)].map(([key, rows]) => {
    const [first] = rows as [RawGrappe, ...RawGrappe[]];
    const [name, acronym = ''] = NAMES[first.name] ?? [first.name];
    return {
      slug: key,
      name,
      former_names: acronym,
      kind: 'cluster',
      sector: '',
      domain: rows.find(({ sector }) => sector !== '')?.sector ?? '',
      class: '',
      regions: first.region_then.replace(' et ', ';').replace(/^Centre$/, 'Centre-Val de Loire'),
      departments: '',
      seat_city:
        rows
          .map(({ city }) => (NO_COMMUNES.has(city) ? '' : city.replace(/ \(.*\)$/, '')))
          .find((city) => city !== '') ?? '',
      label_year: ANNOUNCED[first.year_of_selection]!,
      end_year: '',
      website: '',
      source_url: [...new Set(rows.map(({ source_url }) => source_url))].join(' ; '),
    };
  });
}
