import { isPartialDate } from '../../src/domain/partial-date.ts';
import { type Fact, type FactBook, factNetwork } from './facts.ts';
import { ANNOUNCED, grappeSlug } from './grappes.ts';
import { networkIds } from './network-ids.ts';
import type { NetworkInputs } from './networks.ts';
import type { Raw, RawNetwork } from './raw.ts';
import type { SourceBook } from './sources.ts';
import type { Row } from './table.ts';

export const POLE_LABEL = 'topic/label-pole-de-competitivite';
export const GRAPPE_LABEL = 'topic/label-grappe-d-entreprises';
const SPL_LABEL = 'topic/label-systeme-productif-local';
const RHONE_ALPES_LABEL = 'topic/label-cluster-rhone-alpes';
const PRIDES_LABEL = 'topic/label-prides';
const AUVERGNE_LABEL = 'topic/label-cluster-d-excellence-auvergne';

type Label = Row<'labels.csv'>;

const PHASE_4_LIST = [
  'la-liste-des-48-poles-de-competitivite-selectionnes',
  'le-pari-toujours-recommence-des-labellisations',
];
const PHASE_5_LIST = ['vipress.net/55-poles', 'quels-sont-les-55-poles-de-competitivite-labellises-par'];
const LOST_IN_2010 = 'poles-de-competitivite-y-t-il-une-vie-apres-le-label';
const SIX_OF_2010 = 'six-nouveaux-poles-competitivite-label-ecotechnologies';

/** The first label of a pole, where the year of the raw list can be said more exactly, or was not its own. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  'alsace-energivie': '2010-05-11',
  'aqua-valley': '2010-05-11',
  avenia: '2010-05-11',
  cimes: '2019',
  'derbi-cemater': '2025-06-05',
  dream: '2010-05-11',
  enter: '2023-03-27',
  euramaterials: '2019',
  eurobiomed: '2009-01-01',
  'france-water-team': '2019',
  hydreos: '2010-05-11',
  'infra-2050': '2023-03-27',
  'innov-alliance': '2019',
  team2: '2010-05-11',
  'vegepolys-valley': '2019',
};

/** The last day or year of a label that did not last until the end of its phase, or of the last phase it had. */
const ENDS: Readonly<Record<string, string>> = {
  advancity: '2018-05-15',
  'alsace-energivie': '2014-12-31',
  'cancer-bio-sante': '2018',
  'cereales-vallee': '2018',
  derbi: '2025-06-05',
  dream: '2018',
  elastopole: '2020-12-31',
  elopsys: '2016-12-31',
  enfant: '2010-05-11',
  fibres: '2014-12-31',
  'france-water-team': '2022',
  'genie-civil-ecoconstruction': '2010-05-11',
  hydreos: '2018',
  imaginove: '2018',
  innoviandes: '2010-05-11',
  lutb: '2017-11-21',
  matikem: '2018',
  mipi: '2008-12-20',
  'mont-blanc-industries': '2018',
  moveo: '2021-01-07',
  mta: '2010-05-11',
  'normandy-motor-valley': '2006',
  novalog: '2020-09-11',
  optitec: '2023-12-31',
  orpheme: '2008-12-31',
  pass: '2018',
  pegase: '2015-12-18',
  picom: '2019',
  plastipolis: '2020-12-31',
  prodinnov: '2010-05-11',
  qualimediterranee: '2017-07',
  risques: '2015-12-18',
  'route-des-lasers': '2016-12-31',
  sporaltec: '2010-05-11',
  terralia: '2018',
  trimatec: '2018',
  'up-tex': '2018',
  vegepolys: '2018',
  vestapolis: '2006',
  viameca: '2018',
};

/** What the State asked for in return, of the labels of 2019 and of 2023 that were not given for four years. */
const CONDITIONS: Readonly<Record<string, Readonly<Record<'2019' | '2023', string | undefined>>>> = (() => {
  const oneYear = "Un an, prolongeable à quatre s'il remplit des conditions";
  const merging = `${oneYear} : se rapprocher d'un autre pôle ou cluster.`;
  const probation = (years: string) =>
    `${years}, prolongeable à 2026 sur feuille de route et modèle d'affaires consolidés.`;
  return {
    aquimer: { '2019': `${oneYear}.`, '2023': undefined },
    astech: { '2019': undefined, '2023': probation('Deux ans') },
    'atlanpole-biotherapies': { '2019': `${oneYear} : augmenter le nombre d'adhérents.`, '2023': undefined },
    derbi: { '2019': undefined, '2023': `${probation('Un an')} Prolongé en janvier 2024 jusqu'en 2026.` },
    elastopole: { '2019': merging, '2023': undefined },
    enter: { '2019': undefined, '2023': "Deux ans, prolongeable à quatre sous condition d'une structure effective." },
    euramaterials: { '2019': undefined, '2023': probation('Deux ans') },
    'fibres-energivie': { '2019': `${oneYear}.`, '2023': probation('Deux ans') },
    'images-et-reseaux': { '2019': 'Label commun avec TES.', '2023': undefined },
    'infra-2050': {
      '2019': undefined,
      '2023': "Deux ans, prolongeable à quatre sous condition d'une structure effective.",
    },
    materalia: { '2019': undefined, '2023': probation('Un an') },
    novalog: { '2019': merging, '2023': undefined },
    picom: { '2019': merging, '2023': undefined },
    pmt: { '2019': merging, '2023': undefined },
    team2: { '2019': merging, '2023': probation('Deux ans') },
  };
})();

/** Labels given alone, beside the phases: lost and regained. */
const REGAINED: readonly (Omit<Label, 'label' | 'sources'> & { readonly from: readonly string[] })[] = [
  {
    network: 'pole/aqua-valley',
    since: '2024-01-08',
    term: '2024-2026',
    conditions: 'Refusé en mars 2023 au sein de France Water Team, labellisé seul ensuite.',
    from: ['aqua-valley-dream-eau-milieu-hydreos-pole-competitivite', 'les-poles-de-competitivite-eau-se-reorganisent'],
  },
  {
    network: 'pole/aquanova',
    since: '2024-01-08',
    term: '2024-2026',
    conditions: 'Labellisé sous le nom DREAM-Hydreos ; les deux pôles fusionnent le 31 mai 2024.',
    from: ['les-poles-de-competitivite-eau-se-reorganisent', 'lancement-d-aquanova-nouveau-pole'],
  },
  {
    network: 'pole/tes',
    since: '2020-12-17',
    until: '2022',
    term: '2019-2022',
    conditions:
      "Label de phase IV commun avec Images & Réseaux ; la fusion abandonnée le 17 décembre 2020, l'État compte ensuite deux pôles (54 en 2022).",
    from: [
      'images-reseaux-officialise-son-alliance-avec-le-pole-tes',
      'labellisation-de-55-poles-de-competitivite-pour-la-phase-v',
    ],
  },
];

/** Poles that had no label of their own from 2019 on until they were given one again. */
const NOT_IN_PHASE_4: ReadonlySet<string> = new Set([
  'aqua-valley',
  'tes',
  'enter',
  'infra-2050',
  'derbi-cemater',
  'aquanova',
]);
const NOT_IN_PHASE_5: ReadonlySet<string> = new Set(['aqua-valley', 'aquanova', 'derbi-cemater']);

const CLUSTER_LABELS: readonly (Omit<Label, 'sources'> & { readonly from: readonly string[] })[] = [
  {
    network: 'cluster/mecanic-vallee',
    label: SPL_LABEL,
    since: '1999',
    from: ['occitanie.cci.fr/actualite/mecanic-vallee-un-cluster-qui-met-le-turbo'],
  },
  {
    network: 'cluster/ea-eco-entreprises',
    label: PRIDES_LABEL,
    since: '2007',
    conditions: "Label de la Région Provence-Alpes-Côte d'Azur.",
    from: ['ea-ecoentreprises.com/Actualites/Presse'],
  },
  {
    network: 'cluster/indura',
    label: RHONE_ALPES_LABEL,
    since: '2014-12',
    from: ['la-labellisation-cluster-ouvre-des-voies-nouvelles-a-indura'],
  },
  {
    network: 'cluster/nutravita',
    label: AUVERGNE_LABEL,
    from: ['la-mission-dun-cluster-donner-lacces-au-marche'],
  },
  ...[
    'ra-aerospace',
    'raac',
    'ra-eco-energies',
    'ra-edit',
    'ra-i-care',
    'ra-lumiere',
    'ra-montagne',
    'ra-organics',
  ].map((slug) => ({
    network: `cluster/${slug}`,
    label: RHONE_ALPES_LABEL,
    conditions: 'Label confirmé par la Région pour neuf clusters.',
    from: ['lyonmag.com/article/66410'],
  })),
];

/** Of the dates that pages give for the first label of a pole, the most precise of its year. */
function firstDay(year: string, facts: readonly Fact[]): { since: string; cited: readonly string[] } {
  const alike = facts.filter(({ value }) => isPartialDate(value) && value.startsWith(year.slice(0, 4)));
  const [best] = [...alike].sort((a, b) => b.value.length - a.value.length);
  if (!best || best.value.length <= year.length) return { since: year, cited: [] };
  return {
    since: best.value,
    cited: alike.filter(({ value }) => best.value.startsWith(value)).flatMap(({ cited }) => cited),
  };
}

const endsBefore = (until: string, year: string): boolean => until !== '' && until.slice(0, 4) < year;

/** The labels that a pole of the raw list had, one for each phase after the third. */
function poleLabels(pole: RawNetwork, id: string, since: string, book: FactBook, sources: SourceBook): Label[] {
  const { slug } = pole;
  const until = ENDS[slug] ?? '';
  const conditions = CONDITIONS[slug];
  const named = BEGINNINGS[slug];
  const first = named ? { since: named, cited: [] } : firstDay(since, book.facts(id, 'label_since'));
  const own = sources.cite(pole.source_url);
  const find = (fragments: readonly string[]) => fragments.map(sources.find);
  const label = (row: Partial<Label>): Label => ({ network: id, label: POLE_LABEL, ...row });
  const rows: Label[] = [];
  if (first.since < '2019') {
    const lost = until === '2010-05-11' ? find([LOST_IN_2010]) : [];
    const won = first.since === '2010-05-11' ? find([SIX_OF_2010]) : [];
    const cited = [...first.cited, ...won, ...lost];
    rows.push(
      label({
        since: first.since,
        until: until !== '' && endsBefore(until, '2019') ? until : '2018',
        sources: [...new Set(cited.length > 0 ? cited : own)],
      }),
    );
  }
  const began = (year: string): string => (first.since >= year ? first.since : year);
  if (!endsBefore(until, '2019') && !NOT_IN_PHASE_4.has(slug) && first.since < '2023') {
    rows.push(
      label({
        since: began('2019'),
        until: endsBefore(until, '2023') ? until : '2022',
        term: '2019-2022',
        conditions: conditions?.['2019'],
        sources: find(PHASE_4_LIST),
      }),
    );
  }
  if (!endsBefore(until, '2023') && !NOT_IN_PHASE_5.has(slug)) {
    rows.push(
      label({
        since: began('2023'),
        until,
        term: '2023-2026',
        conditions: conditions?.['2023'],
        sources: find(PHASE_5_LIST),
      }),
    );
  }
  if (slug === 'derbi-cemater') {
    const conditionsOf = 'Label de DERBI, qui continue après la fusion.';
    rows.push(label({ since: first.since, term: '2023-2026', conditions: conditionsOf, sources: own }));
  }
  return rows;
}

/** The grappes of DATAR's two calls, as far as pages name them. */
function grappeLabels(raw: Raw, sources: SourceBook): Label[] {
  const idOf = factNetwork(raw);
  const calls = Map.groupBy(raw.gathered.grappes, grappeSlug);
  return [...calls].map(([slug, rows]) => ({
    network: idOf(slug),
    label: GRAPPE_LABEL,
    since: ANNOUNCED[rows[0]!.year_of_selection],
    conditions: `Retenue ${rows[0]!.year_of_selection === '2010' ? 'au premier' : 'au second'} appel à projets.`,
    sources: [...new Set(rows.flatMap(({ source_url }) => sources.cite(source_url)))],
  }));
}

/** The labels of all networks, each with its period, its term and what it was given on. */
export function labelRows({ raw, book, sources, lifespanOf }: NetworkInputs): Label[] {
  const idOf = networkIds(raw);
  const cited = (from: readonly string[]) => from.map(sources.find);
  return [
    ...raw.poles.flatMap((pole) => poleLabels(pole, idOf(pole.slug), lifespanOf(pole).since, book, sources)),
    ...REGAINED.map(({ from, ...row }) => ({ ...row, label: POLE_LABEL, sources: cited(from) })),
    ...grappeLabels(raw, sources),
    ...CLUSTER_LABELS.map(({ from, ...row }) => ({ ...row, sources: cited(from) })),
  ];
}

/** The labels themselves, as topics with a definition. */
export const LABEL_TOPICS = [
  { id: POLE_LABEL, name: 'Pôle de compétitivité', scheme: 'LABEL' },
  { id: GRAPPE_LABEL, name: "Grappe d'entreprises", scheme: 'LABEL' },
  { id: SPL_LABEL, name: 'Système productif local', scheme: 'LABEL' },
  { id: RHONE_ALPES_LABEL, name: 'Cluster de la Région Rhône-Alpes', scheme: 'LABEL' },
  {
    id: PRIDES_LABEL,
    name: "Pôle régional d'innovation et de développement économique solidaire (PRIDES)",
    scheme: 'LABEL',
  },
  { id: AUVERGNE_LABEL, name: "Cluster d'excellence Auvergne", scheme: 'LABEL' },
] as const;
