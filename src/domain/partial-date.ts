/** A date of known precision, ISO 8601: `2009`, `2009-03` or `2009-03-14`. Always checked before it gets this type. */
export type PartialDate = string & { readonly __partialDate: unique symbol };

/** A day, `YYYY-MM-DD`. Partial dates are padded to days, so that strings compare as dates do. */
export type Day = string;

/** The first day of time, for facts without a known beginning. */
export const DAWN: Day = '0000-01-01';
/** The last day of time, for facts without a known end. */
export const DUSK: Day = '9999-12-31';

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function daysIn(year: number, month: number): number {
  // Date.UTC maps years 0 to 99 to 1900 to 1999; leap years recur every 400.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** Whether a text is a PartialDate: four digits of year, then a month that exists, then a day that it has. */
export function isPartialDate(text: string): text is PartialDate {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  if (month === undefined) return true;
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12) return false;
  return day === undefined || (Number(day) >= 1 && Number(day) <= daysIn(Number(year), monthNumber));
}

/** The message for an invalid date. */
export function notADate(text: string): string {
  return `"${text}" is not a date: write 2009, 2009-03 or 2009-03-14.`;
}

/** Reads a PartialDate. Throws a RangeError that shows the three forms. */
export function partialDate(text: string): PartialDate {
  if (!isPartialDate(text)) throw new RangeError(notADate(text));
  return text;
}

/** The first day that a partial date may mean: `2009-03` → `2009-03-01`. */
export function firstDay(date: PartialDate): Day {
  return date + '0000-01-01'.slice(date.length);
}

/** The last day that a partial date may mean: `2009-02` → `2009-02-28`. */
export function lastDay(date: PartialDate): Day {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length === 7) return `${date}-${daysIn(Number(date.slice(0, 4)), Number(date.slice(5)))}`;
  return date;
}
