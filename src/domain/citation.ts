import type { PartialDate } from './partial-date.ts';

/** The parts of a reference. */
export interface Cited {
  readonly name: string;
  readonly publisher: string | null;
  readonly publishedOn: PartialDate | null;
  readonly consultedOn: PartialDate | null;
  readonly url: string | null;
}

const MONTHS = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
];

/** A date in words: `2016`, `mars 2016`, `1er mars 2016`. */
export function dateInWords(date: PartialDate): string {
  const [year, month, day] = date.split('-');
  const ofDay = day === '01' ? '1er' : day && String(Number(day));
  return [ofDay, month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

/**
 * A reference in French, in the order of ISO 690: title, publisher, date, address, and with an address the day on which
 * it was consulted. `s. d.` if the date of publication is not known.
 */
export function citationOf({ name, publisher, publishedOn, consultedOn, url }: Cited): string {
  const consulted = consultedOn && url ? ` (consulté le ${dateInWords(consultedOn)})` : '';
  const parts = [
    `« ${name} »`,
    publisher,
    publishedOn ? dateInWords(publishedOn) : 's. d.',
    url && `${url}${consulted}`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
