import type { Raw, RawNetwork } from './raw.ts';

/** Kinds of succession of which a new network is born, as the raw data write them. */
const BIRTHS: ReadonlySet<string> = new Set(['merge', 'rename', 'federate']);

/** Days on which a succession took effect, where the notes tell one that the year alone would put wrong. */
export const EFFECTIVE_DAYS: Readonly<Record<string, string>> = {
  aquanova: '2024-05-31',
  cara: '2017-11-21',
  'digital-league': '2017-03-28',
  'clust-r-numerique': '2014-03-19',
  materalia: '2008-12-20',
  nextmove: '2021-01-07',
  'safe-cluster': '2015-12-18',
  'fibres-energivie': '2015-01-01',
  'alpha-rlh': '2017-01-01',
  polymeris: '2020-12-31',
  scs: '2024-01-01',
};

/** Labelled under the name of the two that became one some months later. */
const LABELLED_BEFORE: Readonly<Record<string, string>> = { aquanova: '2024-01-08' };

/** Lifespan of the structure that carries a network, where the notes tell its beginning or its pages disagree. */
export const FOUNDED: Readonly<Record<string, string>> = {
  aerocentre: '2009',
  'aqua-valley': '',
  'biovalley-france': '1998',
  cara: '',
  'derbi-cemater': '',
  'french-south-digital': '2015-02-09',
  'images-et-reseaux': '2004',
  indura: '2009',
  lutb: '2006',
  materalia: '',
  'mecanic-vallee': '1998',
  'midi-pyrenees-saveurs': '2010',
  numelink: '2002',
  p2mi: '2007',
};

/** When a network was first recognised and when it ended; empty where no source tells. */
export interface Lifespan {
  readonly since: string;
  readonly until: string;
  /** The label year that the raw data give, where it is that of a predecessor. */
  readonly inherited: string;
}

/** The lifespan of each network: one that is born of a merger, a rename or a federation starts with the first of them. */
export function lifespansOf(raw: Raw): (network: RawNetwork) => Lifespan {
  const births = raw.successions.filter(({ type, year }) => BIRTHS.has(type) && year !== '');
  const firstBirth = new Map<string, string>();
  for (const { to_slug, year } of births) {
    const known = firstBirth.get(to_slug);
    if (known === undefined || year < known) firstBirth.set(to_slug, year);
  }
  return ({ slug, label_year, end_year }) => {
    const birth = firstBirth.get(slug);
    const since = birth === undefined ? label_year : (LABELLED_BEFORE[slug] ?? EFFECTIVE_DAYS[slug] ?? birth);
    return {
      since,
      until: end_year,
      inherited: label_year !== '' && label_year < since.slice(0, 4) ? label_year : '',
    };
  };
}
