import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DAWN,
  DUSK,
  firstDay,
  isPartialDate,
  lastDay,
  type PartialDate,
  partialDate,
} from '../../src/domain/partial-date.ts';
import { ALWAYS, clip, holds, isInverted, overlaps, type Span, spanOf } from '../../src/domain/period.ts';

const digits = (value: number, width: number): string => String(value).padStart(width, '0');

/** A date that is one, of any precision, from the days themselves. */
const anyDay = fc
  .record({ year: fc.integer({ min: 0, max: 9999 }), month: fc.nat(11), day: fc.nat(30) })
  .map(({ year, month, day }) => {
    // The calendar repeats every 400 years; Date itself takes 0 to 99 for 1900 to 1999.
    const date = new Date(Date.UTC(2000 + (year % 400), month, 1 + day));
    return `${digits(year, 4)}-${digits(date.getUTCMonth() + 1, 2)}-${digits(date.getUTCDate(), 2)}`;
  });
const anyDate = fc
  .record({ day: anyDay, length: fc.constantFrom(4, 7, 10) })
  .map(({ day, length }) => partialDate(day.slice(0, length)));
const anyPeriod = fc.record({ since: fc.option(anyDate), until: fc.option(anyDate) });
const anySpan = anyPeriod.map(spanOf);

describe('a partial date', () => {
  it.each(['0000', '2009', '9999', '2009-01', '2009-12', '2009-03-14', '2000-02-29', '2400-02-29', '2008-02-29'])(
    'is %s',
    (text) => {
      expect(isPartialDate(text)).toBe(true);
      expect(partialDate(text)).toBe(text);
    },
  );

  it.each([
    ...['', '9', '209', '20090', '2009-', '2009-1', '2009-00', '2009-13', '2009-03-', '2009-03-00', '2009-03-32'],
    ...['2009-02-29', '1900-02-29', '2100-02-29', '2009-04-31', '2009-3-14', '14/03/2009', '2009-03-14T00:00', ' 2009'],
    ...['2009\n', '２００９', '-009', '+2009'],
  ])('is not %j', (text) => {
    expect(isPartialDate(text)).toBe(false);
    expect(() => partialDate(text)).toThrow(
      new RangeError(`"${text}" is not a date: write 2009, 2009-03 or 2009-03-14.`),
    );
  });

  it('is every day of the calendar, its month and its year', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect([day, day.slice(0, 7), day.slice(0, 4)].map(isPartialDate)).toEqual([true, true, true]);
      }),
    );
  });

  it('reaches from its first day to its last: those of no other date come in between', () => {
    fc.assert(
      fc.property(anyDate, anyDay, (date, day) => {
        expect(isPartialDate(firstDay(date)) && isPartialDate(lastDay(date))).toBe(true);
        const within = firstDay(date) <= day && day <= lastDay(date);
        expect(within).toBe(day.startsWith(date));
      }),
    );
  });

  it.each([
    ['2009', '2009-01-01', '2009-12-31'],
    ['2009-02', '2009-02-01', '2009-02-28'],
    ['2008-02', '2008-02-01', '2008-02-29'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['0004-02', '0004-02-01', '0004-02-29'],
    ['2009-11', '2009-11-01', '2009-11-30'],
    ['2009-03-14', '2009-03-14', '2009-03-14'],
  ])('%s reaches from %s to %s', (date, first, last) => {
    expect([firstDay(partialDate(date)), lastDay(partialDate(date))]).toEqual([first, last]);
  });
});

describe('a period', () => {
  const period = (since: string | null, until: string | null) => ({
    since: since as PartialDate | null,
    until: until as PartialDate | null,
  });

  it('reaches to the ends of time where nobody knows its own', () => {
    expect(spanOf(period(null, null))).toEqual({ from: DAWN, to: DUSK });
    expect(spanOf(period('2005', null))).toEqual({ from: '2005-01-01', to: DUSK });
    expect(spanOf(period(null, '2005-02'))).toEqual({ from: DAWN, to: '2005-02-28' });
  });

  it('holds as of a date when it holds on one of its days', () => {
    fc.assert(
      fc.property(anyPeriod, anyDate, anyDay, (its, asOf, day) => {
        const span = spanOf(its);
        const onThatDay = span.from <= day && day <= span.to;
        // Some day of the date is a day of the period: finding one proves it.
        if (onThatDay && day.startsWith(asOf)) expect(holds(span, asOf)).toBe(true);
        if (!holds(span, asOf)) expect(onThatDay && day.startsWith(asOf)).toBe(false);
        expect(holds(span, partialDate(day))).toBe(onThatDay);
      }),
    );
    const span = spanOf(period('2005-07-12', '2009-02'));
    const at = ['2005', '2005-07', '2005-07-11', '2005-07-12', '2009-02-28', '2009-03', '2009', '2010', '2004'];
    expect(at.filter((asOf) => holds(span, partialDate(asOf)))).toEqual([
      ...['2005', '2005-07', '2005-07-12', '2009-02-28', '2009'],
    ]);
  });

  it('is inverted when its end comes before its beginning in every reading', () => {
    expect(isInverted(period('2010', '2009'))).toBe(true);
    expect(isInverted(period('2009-05', '2009'))).toBe(false);
    expect(isInverted(period('2009', '2009-05'))).toBe(false);
    expect(isInverted(period('2009-05-02', '2009-05-01'))).toBe(true);
    expect(isInverted(period('2010', null))).toBe(false);
    fc.assert(
      fc.property(anyPeriod, (its) => {
        const { from, to } = spanOf(its);
        expect(isInverted(its)).toBe(from > to);
      }),
    );
  });

  it('clipped to a lifespan holds when both do', () => {
    fc.assert(
      fc.property(anySpan, anySpan, anyDay, (span, lifespan, day) => {
        const on = (one: Span): boolean => one.from <= day && day <= one.to;
        expect(on(clip(span, lifespan))).toBe(on(span) && on(lifespan));
        expect(clip(span, lifespan)).toEqual(clip(lifespan, span));
        expect(clip(span, ALWAYS)).toEqual(span);
      }),
    );
  });

  it('overlaps another when the one clipped to the other is not empty', () => {
    fc.assert(
      fc.property(anySpan, anySpan, (a, b) => {
        fc.pre(a.from <= a.to && b.from <= b.to);
        const { from, to } = clip(a, b);
        expect(overlaps(a, b)).toBe(from <= to);
        expect(overlaps(a, b)).toBe(overlaps(b, a));
      }),
    );
  });
});
