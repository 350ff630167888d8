import { AGORAVOX, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';
import { FRANCE } from './territories.ts';

interface Figure {
  readonly about: string;
  readonly measure: string;
  readonly value: number;
  readonly from: string;
  readonly to?: string;
  /** Fragments of addresses, or identifiers of sources. */
  readonly sources: readonly string[];
}

const DERBI_CEMATER = 'le-pole-de-competitivite-derbi-et-le-cluster-cemater';

/** Published figures that have a date; those without are claims. */
const FIGURES: readonly Figure[] = [
  {
    about: FRANCE,
    measure: 'poles',
    value: 67,
    from: '2005-07-12',
    sources: ['lagazettedescommunes.com/19152', 'pole-de-competitivite-ii-1553'],
  },
  {
    about: FRANCE,
    measure: 'poles',
    value: 71,
    from: '2005',
    to: '2007',
    sources: ['le-club-des-71-poles', 'labellises-par-le-ciact-du-5-juillet-2007'],
  },
  { about: FRANCE, measure: 'poles', value: 74, from: '2016', sources: [AGORAVOX] },
  {
    about: FRANCE,
    measure: 'poles',
    value: 55,
    from: '2023',
    to: '2026',
    sources: ['quels-sont-les-55-poles-de-competitivite-labellises'],
  },
  { about: 'cluster/mecanic-vallee', measure: 'companies', value: 210, from: '2016', sources: [AGORAVOX] },
  {
    about: 'cluster/digital-113',
    measure: 'companies',
    value: 400,
    from: '2019',
    sources: ['touleco.fr/Digital-113', 'coup-d-envoi-a-toulouse-et-montpellier'],
  },
  { about: 'pole/derbi', measure: 'members', value: 224, from: '2025-06-05', sources: [DERBI_CEMATER] },
  { about: 'cluster/cemater', measure: 'members', value: 80, from: '2025-06-05', sources: [DERBI_CEMATER] },
];

/** The figures, each with its sources. */
export function indicatorRows(sources: SourceBook): Row<'indicators.csv'>[] {
  return FIGURES.map((figure) => ({ ...figure, sources: figure.sources.map(sources.find) }));
}
