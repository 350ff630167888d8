import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { RawNetwork, RawSuccession } from './raw.ts';

type Added = RawNetwork & { readonly type: 'POLE' | 'CLUSTER' };

const ADDED = parse(readFileSync(join(import.meta.dirname, 'tables', 'networks-added.csv')), {
  columns: true,
  trim: true,
}) as Added[];

const WATER_AGAIN =
  'https://www.actu-environnement.com/ae/news/aqua-valley-dream-eau-milieu-hydreos-pole-competitivite-phase-cinq-43411.php4';
const AQUANOVA =
  'https://revue-ein.com/actualite/lancement-d-aquanova-nouveau-pole-de-competitivite-dedie-a-la-ressource-en-eau';
const MATERALIA =
  'https://www.lagazettedescommunes.com/6866/lorraine-et-champagne-ardenne-naissance-dun-pole-de-competitivite-commun-aux-deux-regions';
const MEDEE = [
  'https://www.eco121.fr/me-de-e-a-la-croise-e-des-chemins/',
  'https://2007-2012.nosdeputes.fr/intervention/543383',
  'https://lagazettefrance.fr/index.php/article/sept-poles-regionaux-labellises-par-le-premier-ministre',
].join(' ; ');
const DIGITAL_LEAGUE =
  'http://www.digital-league.org/digital-league-le-plus-grand-cluster-numerique-de-france-voit-le-jour/';
const AQUA_VALLEY_2017 =
  'https://objectif-languedoc-roussillon.latribune.fr/economie/reseaux/2017-10-18/aqua-valley-presente-sa-feuille-de-route-754645.html ; https://www.herault-tribune.com/articles/pole-aqua-valley-la-filiere-eau-ressource-son-projet/';

/** What later pages put right in the list of networks, and the pages that say so. */
const CORRECTED: Readonly<Record<string, Partial<RawNetwork>>> = {
  'aqua-valley': { end_year: '', source_url: WATER_AGAIN },
  cemater: { end_year: '2025' },
  'clubster-sante': { end_year: '2019' },
  'clust-r-numerique': { end_year: '2017-03-28', source_url: DIGITAL_LEAGUE },
  dream: { end_year: '2024-05-31', source_url: `${WATER_AGAIN} ; ${AQUANOVA}` },
  'france-water-team': {
    end_year: '2022',
    source_url: `${WATER_AGAIN} ; https://objectif-languedoc-roussillon.latribune.fr/innovation/2023-03-28/poles-de-competitivite-en-occitanie-france-water-team-recale-derbi-labellise-sous-conditions-956967.html`,
  },
  hydreos: { end_year: '2024-05-31', source_url: `${WATER_AGAIN} ; ${AQUANOVA}` },
  materalia: { label_year: '2008-12-20', source_url: MATERALIA },
  medee: {
    kind: 'cluster',
    label_year: '',
    source_url: MEDEE,
  },
  novalog: {
    end_year: '2020-09-11',
    source_url:
      'https://supplychainmagazine.fr/nl/2020/3204/clap-de-fin-pour-le-pole-de-competitivite-normand-nov-at-log-625655.php',
  },
  numelink: { end_year: '2017-03-28', source_url: DIGITAL_LEAGUE },
  'ra-edit': { end_year: '2014-03-19' },
  swelia: { end_year: '2017-06-28', source_url: AQUA_VALLEY_2017 },
  tes: {
    end_year: '',
    source_url:
      'https://www.aefinfo.fr/depeche/690211-pole-de-competitivite-tes-labellise-de-nouveau-pour-quatre-ans-se-donne-une-ambition-europeenne ; https://www.images-et-reseaux.com/images-reseaux-officialise-son-alliance-avec-le-pole-tes/',
  },
  trimatec: {
    end_year: '2018',
    source_url: 'http://formule-verte.com/trimatec-en-redressement-judiciaire-depuis-avril/',
  },
  wsm: { end_year: '2017-06-28', source_url: AQUA_VALLEY_2017 },
};

/** Networks of which the raw data have two records: the first is the second. */
export const SAME_NETWORK: Readonly<Record<string, string>> = { 'ra-automotive': 'raac' };

/** Recorded as poles, though no source gives them the label. */
const NO_POLES: ReadonlySet<string> = new Set(['medee']);

function correct(network: RawNetwork): RawNetwork {
  const correction = CORRECTED[network.slug];
  if (!correction) return network;
  const cited = [network.source_url, correction.source_url ?? ''].filter((cell) => cell !== '').join(' ; ');
  return { ...network, ...correction, source_url: cited };
}

const added = (type: Added['type']): RawNetwork[] => ADDED.filter((network) => network.type === type);

/** The poles and the clusters of the raw data, put right, and those that were missing. */
export function correctedNetworks(
  poles: readonly RawNetwork[],
  clusters: readonly RawNetwork[],
): { poles: RawNetwork[]; clusters: RawNetwork[] } {
  const known = new Set([...poles, ...clusters].map(({ slug }) => slug));
  const unknown = Object.keys(CORRECTED).filter((slug) => !known.has(slug));
  if (unknown.length > 0) throw new Error(`Corrected, but not in the raw data: ${unknown.join(', ')}.`);
  const isPole = ({ slug }: RawNetwork): boolean => !NO_POLES.has(slug);
  return {
    poles: [...poles.filter(isPole).map(correct), ...added('POLE')],
    clusters: [
      ...clusters.filter(({ slug }) => !(slug in SAME_NETWORK)).map(correct),
      ...poles.filter((pole) => !isPole(pole)).map(correct),
      ...added('CLUSTER'),
    ],
  };
}

const succession = (from_slug: string, to_slug: string, year: string, type: string, source_url: string) => ({
  from_slug,
  to_slug,
  year,
  type,
  source_url,
});

/** Successions that later pages tell. */
const ADDED_SUCCESSIONS: readonly RawSuccession[] = [
  succession('dream', 'aquanova', '2024-05-31', 'merge', AQUANOVA),
  succession('hydreos', 'aquanova', '2024-05-31', 'merge', AQUANOVA),
  succession('mipi', 'materalia', '2008-12-20', 'merge', MATERALIA),
  succession('p2mi', 'materalia', '2008-12-20', 'merge', MATERALIA),
  succession('clust-r-numerique', 'digital-league', '2017-03-28', 'merge', DIGITAL_LEAGUE),
  succession('numelink', 'digital-league', '2017-03-28', 'merge', DIGITAL_LEAGUE),
  succession('swelia', 'aqua-valley', '2017-06-28', 'absorb', AQUA_VALLEY_2017),
  succession('wsm', 'aqua-valley', '2017-06-28', 'absorb', AQUA_VALLEY_2017),
  succession(
    'clubster-sante',
    'nsl',
    '2019',
    'absorb',
    'https://www.eurasante.com/news/clubster-nsl-labellise-pour-4-ans-dans-le-cadre-de-la-phase-5-2023-2026/',
  ),
  succession(
    'ra-edit',
    'clust-r-numerique',
    '2014-03-19',
    'merge',
    'https://www.lejournaldesentreprises.com/article/numerique-les-grandes-manoeuvres-58356',
  ),
];

/** Successions of the raw data that did not come about: TES only shared a label; the merger announced in 2018 is above. */
const NO_SUCCESSIONS: ReadonlySet<string> = new Set(['tes images-et-reseaux', 'clubster-sante nsl']);

/** The successions of the raw data, put right. */
export function correctedSuccessions(successions: readonly RawSuccession[]): RawSuccession[] {
  const right = successions.filter(({ from_slug, to_slug }) => !NO_SUCCESSIONS.has(`${from_slug} ${to_slug}`));
  return [...right, ...ADDED_SUCCESSIONS];
}
