import type { Raw, RawNetwork } from './raw.ts';

/** Kinds of succession of which a new network is born, as the raw data write them. */
const BIRTHS: ReadonlySet<string> = new Set(['merge', 'rename', 'federate']);

/** Days on which a succession took effect, where the notes tell one that the year alone would put wrong. */
export const EFFECTIVE_DAYS: Readonly<Record<string, string>> = {
  'fibres-energivie': '2015-01-01',
  'alpha-rlh': '2017-01-01',
  polymeris: '2020-12-31',
  scs: '2024-01-01',
};

/** Life of the structure that carries a network, where the notes tell its beginning. */
const FOUNDED: Readonly<Record<string, string>> = {
  'mecanic-vallee': '1998',
  lutb: '2006',
  numelink: '2002',
  'french-south-digital': '2015',
  aerocentre: '2009',
};

/** When a network held its label, and when its structure was founded; empty where no source tells. */
export interface Life {
  readonly since: string;
  readonly until: string;
  readonly foundedOn: string;
  /** The label year that the raw data give, where it is that of a predecessor. */
  readonly inherited: string;
}

/** The life of each network: one that is born of a merger, a rename or a federation starts with the first of them. */
export function livesOf(raw: Raw): (network: RawNetwork) => Life {
  const births = raw.successions.filter(({ type, year }) => BIRTHS.has(type) && year !== '');
  const firstBirth = new Map<string, string>();
  for (const { to_slug, year } of births) {
    const known = firstBirth.get(to_slug);
    if (known === undefined || year < known) firstBirth.set(to_slug, year);
  }
  return ({ slug, label_year, end_year }) => {
    const birth = firstBirth.get(slug);
    const since = birth === undefined ? label_year : (EFFECTIVE_DAYS[slug] ?? birth);
    return {
      since,
      until: end_year,
      foundedOn: FOUNDED[slug] ?? '',
      inherited: label_year !== '' && label_year < since.slice(0, 4) ? label_year : '',
    };
  };
}
