import { countsOf } from './counts.ts';
import type { FactBook } from './facts.ts';
import { AGORAVOX, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';
import { FRANCE } from './territories.ts';

interface Figure {
  readonly about: string;
  readonly measure: string;
  readonly value: number;
  readonly from: string;
  readonly to?: string;
  readonly note?: string;
  /** Fragments of addresses, or identifiers of sources. */
  readonly sources: readonly string[];
}

const PHASE_4 = ['la-liste-des-48-poles-de-competitivite', 'le-pari-toujours-recommence-des-labellisations'];
const PHASE_5 = ['entreprises.gouv.fr/la-dge', 'vipress.net/55-poles', 'france-water-team-recale'];

const france = (
  measure: string,
  value: number,
  from: string,
  sources: readonly string[],
  note?: string,
  to?: string,
) => ({
  about: FRANCE,
  measure,
  value,
  from,
  sources,
  ...(note ? { note } : {}),
  ...(to ? { to } : {}),
});

/** The State's and DATAR's counts, and figures of the origin text and of the first list that have a date. */
const FIGURES: readonly Figure[] = [
  france('poles', 67, '2005-07-12', ['lagazettedescommunes.com/19152', 'article/pole-de-competitivite-ii-1553']),
  france(
    'poles',
    66,
    '2005-11',
    ['lagazettedescommunes.com/18778', 'batiactu.com/edito/neuf-poles'],
    "66 labellisés le 12 juillet 2005 d'après ces pages de novembre, 67 d'après celles de juillet.",
  ),
  france(
    'poles',
    71,
    '2007-07-05',
    [
      'labellises-par-le-ciact-du-5-juillet-2007',
      'le-club-des-71-poles',
      'lorraine---les-poles-de-competitivite-evalues',
    ],
    'Six labels retirés et six donnés le 11 mai 2010 : le nombre reste le même.',
    '2013',
  ),
  france('poles', 74, '2016', [AGORAVOX], 'Aucune autre source ne donne 74 ; la liste en compte 69 à cette date.'),
  france('poles', 66, '2018-12', [PHASE_4[0]!, 'phase-iv-les-acteurs-regionaux-preserves'], 'Fin de la phase III.'),
  france('poles', 56, '2019-02-05', PHASE_4, '48 pour quatre ans, 8 pour un an.'),
  france('poles', 54, '2022', ['entreprises.gouv.fr/la-dge'], 'Pôles de la phase IV, à son terme.'),
  france(
    'poles',
    55,
    '2023-03-27',
    PHASE_5,
    '47 pour quatre ans ; DERBI et Materalia pour un an ; quatre autres, ENTER et Infr@2050 pour deux ans.',
  ),
  france(
    'poles',
    56,
    '2024-01-08',
    ['aqua-valley-dream-eau-milieu-hydreos-pole-competitivite', 'le-pole-scs-absorbe-optitec'],
    "Par addition : 55, plus les deux pôles de l'eau de janvier 2024, moins Optitec absorbé ; aucune page ne donne le nombre.",
  ),
  france('members of poles', 18500, '2023', ['vipress.net/55-poles', 'poles-de-competitivite-et-voici-les-55']),
  france(
    'clusters',
    42,
    '2010-05-04',
    ['Clusters-Michel-Mercier-annonce-les-grappes'],
    "Grappes d'entreprises du premier appel de la DATAR.",
  ),
  france(
    'clusters',
    126,
    '2011-01-21',
    ['villesdefrance.fr/ondes_urbaines'],
    "Grappes d'entreprises de la DATAR : 42 du premier appel et 84 du second.",
  ),
  {
    about: 'cluster/mecanic-vallee',
    measure: 'companies',
    value: 210,
    from: '2016',
    note: 'Le texte dit « plus de 210 » : un plancher.',
    sources: [AGORAVOX],
  },
  {
    about: 'pole/materalia',
    measure: 'members',
    value: 130,
    from: '2010-11',
    sources: ['sainte-menehould-accueille-materalia'],
  },
  {
    about: 'pole/pole-europeen-ceramique',
    measure: 'members',
    value: 140,
    from: '2018',
    to: '2019',
    note: "Un 19 novembre, de 2018 ou de 2019 : la page n'écrit pas l'année, mais nomme l'IRCER, qui a ce nom depuis 2018, et Horizon 2020 comme en cours.",
    sources: ['delegation-du-pole-europeen-de-la-ceramique-bruxelles'],
  },
  { about: 'pole/mipi', measure: 'members', value: 88, from: '2009', sources: ['mipi-passer-la-vitesse-superieure'] },
  { about: 'pole/mipi', measure: 'companies', value: 45, from: '2009', sources: ['mipi-passer-la-vitesse-superieure'] },
  {
    about: 'pole/mipi',
    measure: 'projects labelled',
    value: 92,
    from: '2009',
    note: 'depuis novembre 2005',
    sources: ['mipi-passer-la-vitesse-superieure'],
  },
];

/** The figures, each with its sources. */
export function indicatorRows(
  networks: readonly string[],
  book: FactBook,
  sources: SourceBook,
): Row<'indicators.csv'>[] {
  const own = FIGURES.map((figure) => ({ ...figure, sources: figure.sources.map(sources.find) }));
  const known = new Set(own.map(({ about, measure, from }) => `${about} ${measure} ${from}`));
  const gathered = networks.flatMap((id) => countsOf(id, book).indicators);
  return [...own, ...gathered.filter(({ about, measure, from }) => !known.has(`${about} ${measure} ${from}`))];
}
