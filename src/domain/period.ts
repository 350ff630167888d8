import { DAWN, type Day, DUSK, firstDay, lastDay, type PartialDate } from './partial-date.ts';

/** When a fact holds, as its source writes it; null where the source does not say. */
export interface Period {
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** A period padded to days, both ends included, for comparison in statements. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** All of time: the lifespan of a node without a known beginning and end. */
export const ALWAYS: Span = { from: DAWN, to: DUSK };

/** Pads a period to days: from the first possible day to the last one, or to the end of time where unknown. */
export function spanOf({ since, until }: Period): Span {
  return { from: since === null ? DAWN : firstDay(since), to: until === null ? DUSK : lastDay(until) };
}

/** The span clipped to a lifespan: no membership before the network existed. Empty (from > to) if they do not meet. */
export function clip(span: Span, lifespan: Span): Span {
  return {
    from: span.from > lifespan.from ? span.from : lifespan.from,
    to: span.to < lifespan.to ? span.to : lifespan.to,
  };
}

/** Whether a fact holds on some day of a date: two comparisons, as in the statements of the store. */
export function holds(span: Span, asOf: PartialDate): boolean {
  return span.from <= lastDay(asOf) && span.to >= firstDay(asOf);
}

/** Whether a period ends before it begins, whichever days are meant: `2010..2009`, but not `2009-05..2009`. */
export function isInverted({ since, until }: Period): boolean {
  return since !== null && until !== null && firstDay(since) > lastDay(until);
}

/** Whether two spans share a day. */
export function overlaps(a: Span, b: Span): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/**
 * How a fact holds at a date. KNOWN: sources bear it out on both sides: it began by then (or was attested by then), and its
 * end, or an attestation, is not before. ASSUMED: nothing says that it does not, but a source is missing on one side: most
 * often its end is unknown. NOT: it began later or had ended.
 */
export const VALIDITIES = ['KNOWN', 'ASSUMED', 'NOT'] as const;
export type Validity = (typeof VALIDITIES)[number];

/** How a fact with these dates holds at a date, or on some day of a month or year. */
export function validityAt(
  { since, until, attestedOn }: Period & { readonly attestedOn: readonly PartialDate[] },
  date: PartialDate,
): Validity {
  if (!holds(spanOf({ since, until }), date)) return 'NOT';
  // A day of the date may be meant by what is known by year alone: that is borne out.
  const isBegun = since !== null || attestedOn.some((day) => firstDay(day) <= lastDay(date));
  const isUnended = until !== null || attestedOn.some((day) => lastDay(day) >= firstDay(date));
  return isBegun && isUnended ? 'KNOWN' : 'ASSUMED';
}
