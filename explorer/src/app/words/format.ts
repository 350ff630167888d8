import { useStore } from '../store.ts';
import { type Language, language } from './language.ts';

/** How numbers, dates and plurals are written in a language. */
export interface Format {
  /** 12345.6 as 12 345,6 or 12,345.6. */
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** A share from 0 to 1 as a percentage. */
  percent(share: number): string;
  /** A sum of money, without cents. */
  money(amount: number, currency: string): string;
  /** A date as exact as the source has it: 2010, 2010-05 (May 2010), 2010-05-03 (3 May 2010). */
  date(partial: string): string;
  /** A moment, with the time. */
  moment(iso: string): string;
  /** The time of day of a moment. */
  time(iso: string): string;
  /** The form for a number, with the number: `count(3, ['membre', 'membres'])` is 3 membres. */
  count(value: number, forms: readonly [one: string, other: string]): string;
  /** Texts as a list: a, b and c. */
  list(parts: readonly string[]): string;
  /** The first of several texts as a list, with the number of the others: a, b and 3 others. */
  listOf(first: readonly string[], total: number): string;
}

const OTHERS = { fr: ['autre', 'autres'], en: ['other', 'others'] } as const;

const DATE_PARTS: readonly Intl.DateTimeFormatOptions[] = [
  { year: 'numeric' },
  { year: 'numeric', month: 'long' },
  { year: 'numeric', month: 'long', day: 'numeric' },
];

function formatOf(tag: Language): Format {
  const locale = tag === 'fr' ? 'fr-FR' : 'en-GB';
  const plain = new Intl.NumberFormat(locale);
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const plurals = new Intl.PluralRules(locale);
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const dates = DATE_PARTS.map((options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  const count: Format['count'] = (value, [one, other]) =>
    `${plain.format(value)} ${plurals.select(value) === 'one' ? one : other}`;
  return {
    number: (value, options) => (options ? new Intl.NumberFormat(locale, options) : plain).format(value),
    percent: (value) => share.format(value),
    money: (amount, currency) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount),
    date: (partial) => {
      const [year = '', month = '01', day = '01'] = partial.split('-');
      const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
      if (Number.isNaN(date.getTime())) return partial;
      const written = dates[Math.min(partial.split('-').length, 3) - 1]!.format(date);
      // Intl writes the first of a month as "1 mars", French does not.
      return tag === 'fr' ? written.replace(/^1 /, '1er ') : written;
    },
    time: (iso) => times.format(new Date(iso)),
    moment: (iso) => moments.format(new Date(iso)),
    count,
    list: (parts) => lists.format(parts),
    listOf: (first, total) =>
      lists.format(total > first.length ? [...first, count(total - first.length, OTHERS[tag])] : first),
  };
}

const FORMATS: Partial<Record<Language, Format>> = {};

/** How numbers, dates and plurals are written, in a component. */
export function useFormat(): Format {
  const tag = useStore(language);
  FORMATS[tag] ??= formatOf(tag);
  return FORMATS[tag];
}
