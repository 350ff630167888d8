import { isPartialDate } from '../../src/domain/partial-date.ts';
import { claimed, type Fact, type FactBook } from './facts.ts';
import type { Note } from './notes.ts';
import type { Row } from './table.ts';

type Indicator = Row<'indicators.csv'> & { readonly sources: readonly string[] };

/** What each field of the gathered facts counts. */
const MEASURES: Readonly<Record<string, string>> = {
  members_count: 'members',
  companies_count: 'companies',
  employees_count: 'employees',
  projects_count: 'projects',
};

/** Numbers that pages write in words. */
const IN_WORDS: readonly (readonly [word: RegExp, value: number])[] = [
  [/centaine/, 100],
  [/cinquantaine/, 50],
  [/quarantaine/, 40],
  [/trentaine/, 30],
  [/dizaine/, 10],
];

/** Counts that are no number of what the field says. */
const NO_COUNT = /cumulés|montant|seulement/;

/** The number of a count, and what its page says around it; none where it is no count of that kind. */
function read(value: string): { value: number; qualifier: string } | undefined {
  if (NO_COUNT.test(value)) return undefined;
  const digits = /\d[\d ]*/.exec(value)?.[0].replaceAll(' ', '');
  const number = digits ? Number(digits) : IN_WORDS.find(([word]) => word.test(value))?.[1];
  if (number === undefined) throw new Error(`"${value}" is no count.`);
  return { value: number, qualifier: value === digits ? '' : value };
}

/** Projects are labelled, funded or supported, of all times or of a year: each is a series of its own. */
function measureOf({ field, value, from, to }: Fact): string {
  const measure = MEASURES[field]!;
  if (measure !== 'projects') return measure;
  const what = [
    [/labellis/, 'labelled'],
    [/financ/, 'funded'],
    [/accompagn|souten/, 'supported'],
  ] as const;
  const kinds = what.filter(([word]) => word.test(value)).map(([, kind]) => kind);
  const isOfPeriod = from !== '' && to !== '' && from.slice(0, 4) !== to.slice(0, 4);
  return ['projects', ...kinds, ...(isOfPeriod ? ['since'] : [])].join(' ');
}

/** The date of a count: the page's for it, else the page's own. A sum over years is of its last day. */
function dateOf({ field, from, to, source_date }: Fact): string {
  const date = field === 'projects_count' ? to || from || source_date : from || source_date;
  return isPartialDate(date) ? date : '';
}

function noteOf(fact: Fact, qualifier: string): string {
  const since = fact.field === 'projects_count' && fact.from !== '' && fact.to !== '' && fact.from !== fact.to;
  const parts = [qualifier === '' ? '' : `« ${qualifier} »`, since ? `depuis ${fact.from}` : ''];
  return parts.filter((part) => part !== '').join(' ; ');
}

/** The figures of one network that have a date, and as claims those without, the doubtful and those that disagree. */
export function countsOf(id: string, book: FactBook): { indicators: Indicator[]; claims: Note[] } {
  const indicators = new Map<string, Indicator>();
  const claims: Note[] = [];
  for (const field of Object.keys(MEASURES)) {
    for (const fact of book.facts(id, field)) {
      const counted = read(fact.value);
      const from = dateOf(fact);
      const measure = measureOf(fact).replace(/ since$/, '');
      if (!counted || from === '') {
        claims.push(claimed(measure, fact.value, fact, from === '' ? 'Chiffre sans date.' : undefined));
        continue;
      }
      const { value, qualifier } = counted;
      const key = `${measure} ${from}`;
      const known = indicators.get(key);
      if (!known) {
        const note = noteOf(fact, qualifier);
        indicators.set(key, { about: id, measure, value, from, note: note || undefined, sources: fact.cited });
      } else if (known.value === value) {
        indicators.set(key, { ...known, sources: [...new Set([...known.sources, ...fact.cited])] });
      } else {
        claims.push(claimed(measure, fact.value, fact, `Pour ${from}, où une autre page donne ${known.value}.`));
      }
    }
    for (const fact of book.doubtful(id, field)) claims.push(claimed(MEASURES[field]!, fact.value, fact));
  }
  return { indicators: [...indicators.values()], claims };
}
