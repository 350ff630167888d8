import { fold, sortKeyOf } from '../domain/fold.ts';
import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import { isInverted } from '../domain/period.ts';
import { endCount, type Path } from './in-memory.ts';
import { FilterError } from './named.ts';
import { all, condition, type Fragment, NONE, type Predicate } from './predicate.ts';
import type { NodeText } from './snapshot.ts';

/** Characters of a name, or of a part of one, in a filter. */
export const MAX_FILTER_TEXT = 200;

/** The largest whole number of GraphQL. */
const MAX_INT = 2 ** 31 - 1;

/** What stands between the folded name and the identifier in a sort key. */
const AFTER_NAME = sortKeyOf('', '');

const NAME_CONTAINS: Fragment = {
  name: 'nameContains',
  text: `split(b.sortKey, '${AFTER_NAME}')[0] CONTAINS $text#`,
  inMemory: { is: 'name contains', text: 'text#' },
};
/** No separator is in the text, so that it ends within the name. */
const NAME_STARTS_WITH: Fragment = {
  name: 'nameStartsWith',
  text: 'b.sortKey STARTS WITH $text#',
  inMemory: { is: 'name starts with', text: 'text#' },
};
const SOURCED_BY: Fragment = {
  name: 'sourcedBy',
  text: 'any(source# IN b.sources WHERE source# IN $values#)',
  names: { parameter: 'values', types: ['Source'] },
};

function textIn(fragment: Fragment) {
  return (written: string): Predicate => {
    if (written.length > MAX_FILTER_TEXT) {
      throw new FilterError(
        `filter: ${fragment.name} has ${written.length} characters; ${MAX_FILTER_TEXT} is the most.`,
      );
    }
    const text = fold(written);
    return text === '' ? NONE : condition(fragment, { text });
  };
}

/** The conditions on names and sources, alike for every type. No name has a text without letters or digits in it. */
export const RECORD_FIELDS = {
  nameContains: textIn(NAME_CONTAINS),
  nameStartsWith: textIn(NAME_STARTS_WITH),
  sourcedBy: (ids: readonly string[]): Predicate => condition(SOURCED_BY, { values: ids }),
};

/** A range of whole numbers, both ends included; an end left out is open. */
export interface IntRange {
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
}

function checkRange(field: string, low: number | null, high: number | null): void {
  if (low === null || high === null || low <= high) return;
  throw new FilterError(`filter: ${field} has min ${low}, which is more than its max ${high}.`);
}

/** A count that is stored with each node lies in a range; one that was never counted is 0. */
export function counted(field: string, property: 'partnerCount' | 'projectCount' | 'memberCount') {
  const least: Fragment = {
    name: `least ${field}`,
    text: `coalesce(b.${property}, 0) >= $min#`,
    inMemory: { is: 'least', field: property, number: 'min#' },
  };
  const most: Fragment = {
    name: `most ${field}`,
    text: `coalesce(b.${property}, 0) <= $max#`,
    inMemory: { is: 'most', field: property, number: 'max#' },
  };
  return ({ min, max }: IntRange): Predicate => {
    const [low, high] = [min ?? null, max ?? null];
    checkRange(field, low, high);
    return all([
      ...(low === null ? [] : [condition(least, { min: low })]),
      ...(high === null ? [] : [condition(most, { max: high })]),
    ]);
  };
}

/** The number of nodes that a path leads to, at the date where there is one, lies in a range. */
export function endsCounted(field: string, path: Omit<Path, 'through'>) {
  const [undated, dated] = [null, { first: 'first#', last: 'last#' }].map((days): Fragment => {
    const { clause, variable } = endCount(path, days, '#');
    return {
      name: `${field}${days === null ? '' : ' as of'}`,
      clause,
      text: `${variable} >= $min# AND ${variable} <= $max#`,
      inMemory: { is: 'ends', path, days, min: 'min#', max: 'max#' },
    };
  }) as [Fragment, Fragment];
  return ({ min, max }: IntRange, asOf: PartialDate | null): Predicate => {
    checkRange(field, min ?? null, max ?? null);
    const range = { min: min ?? 0, max: max ?? MAX_INT };
    return asOf === null
      ? condition(undated, range)
      : condition(dated, { ...range, first: firstDay(asOf), last: lastDay(asOf) });
  };
}

/** A property has one of the values. */
export function oneOf(name: string, property: NodeText) {
  const fragment: Fragment = {
    name,
    text: `b.${property} IN $values#`,
    inMemory: { is: 'among', field: property, values: 'values#' },
  };
  return (values: readonly string[]): Predicate => condition(fragment, { values });
}

/** The same of a text, whatever its case. */
export function oneOfTexts(name: string, property: NodeText) {
  const fragment: Fragment = {
    name,
    text: `toLower(b.${property}) IN $values#`,
    inMemory: { is: 'among', field: property, values: 'values#', ignoresCase: true },
  };
  return (values: readonly string[]): Predicate =>
    condition(fragment, { values: values.map((value) => value.toLowerCase()) });
}

/** A period, both ends included; an end left out is open. */
export interface PeriodInput {
  readonly from?: PartialDate | null | undefined;
  readonly to?: PartialDate | null | undefined;
}

/** The ends of a period, null where one is open. Throws a FilterError where it ends before it begins. */
export function checkPeriod(
  field: string,
  { from, to }: PeriodInput,
): { readonly since: PartialDate | null; readonly until: PartialDate | null } {
  const period = { since: from ?? null, until: to ?? null };
  if (!isInverted(period)) return period;
  throw new FilterError(`filter: ${field} ends (${period.until}) before it begins (${period.since}).`);
}

/** A date lies in a period, or may: it is compared as far as its digits are known. One that is not known does not. */
export function dateIn(field: string, property: 'since' | 'until') {
  const from: Fragment = {
    name: `${field} from`,
    text: `b.${property} >= left($first#, size(b.${property}))`,
    inMemory: { is: 'dated', field: property, first: 'first#' },
  };
  const to: Fragment = {
    name: `${field} to`,
    text: `b.${property} <= $last#`,
    inMemory: { is: 'dated by', field: property, last: 'last#' },
  };
  return (period: PeriodInput): Predicate => {
    const { since, until } = checkPeriod(field, period);
    return all([
      ...(since === null ? [] : [condition(from, { first: firstDay(since) })]),
      ...(until === null ? [] : [condition(to, { last: lastDay(until) })]),
    ]);
  };
}
