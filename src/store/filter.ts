import type { PartialDate } from '../domain/partial-date.ts';
import { FilterError, type Named, named } from './named.ts';
import { all, any, conditionsOf, EVERY, not, type Predicate } from './predicate.ts';

/** And, or and not inside one another: deeper questions are better asked as several. */
export const MAX_FILTER_DEPTH = 4;
/** Conditions of one filter, in all its parts: each is one more thing to look at for every node. */
export const MAX_FILTER_CONDITIONS = 30;
/** Values in one list of a filter. */
export const MAX_FILTER_VALUES = 100;
/** Values in all lists of one filter: an engine that cannot be stopped may look at every node once for each. */
export const MAX_FILTER_VALUES_IN_ALL = 200;

/** What every filter has beside the fields of its entity type. */
interface Joining<Filter> {
  readonly and?: readonly Filter[] | null | undefined;
  readonly or?: readonly Filter[] | null | undefined;
  readonly not?: Filter | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
}

/**
 * The condition that each field of an entity type's filter makes; those that relationships make hold as of the date. A field may
 * look at those beside it; one that only says how another is meant makes none: null.
 */
export type FilterFields<Filter> = {
  readonly [Field in Exclude<keyof Filter, keyof Joining<Filter>>]-?: (
    value: NonNullable<Filter[Field]>,
    asOf: PartialDate | null,
    beside: Filter,
  ) => Predicate | null;
};

type MakeCondition<Filter> = (value: unknown, asOf: PartialDate | null, beside: Filter) => Predicate | null;

/** The lists in the value of a field, and where they stand in it. */
function listsIn(field: string, value: unknown): (readonly [field: string, list: readonly unknown[]])[] {
  if (Array.isArray(value)) return [[field, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => listsIn(`${field}.${name}`, inside));
}

function refuseLong(field: string, value: readonly unknown[] | null | undefined): void {
  if (value && value.length > MAX_FILTER_VALUES) {
    throw new FilterError(
      `filter: ${field} lists ${value.length} values; ${MAX_FILTER_VALUES} is the most in one list.`,
    );
  }
}

/** What a filter asks, and the records that it names. */
export interface ReadFilter {
  readonly predicate: Predicate;
  readonly named: readonly Named[];
}

/**
 * Reads a filter: its fields are joined by and, a date counts for the filters inside too unless they name one. Throws a
 * FilterError for one that is beyond a limit, contradicts itself, or names what can be no record of the type needed.
 */
export function readFilter<Filter extends Joining<Filter>>(
  filter: Filter | null | undefined,
  fields: FilterFields<Filter>,
): ReadFilter {
  let conditions = 0;
  let values = 0;
  const allNamed: Named[] = [];
  const ofInput = (input: Filter, outerAsOf: PartialDate | null, depth: number): Predicate => {
    if (depth > MAX_FILTER_DEPTH) {
      throw new FilterError(
        `filter: and, or and not stand ${depth} deep inside one another; ${MAX_FILTER_DEPTH} is the most.`,
      );
    }
    const asOf = input.asOf ?? outerAsOf;
    const parts: Predicate[] = [];
    for (const [field, make] of Object.entries(fields) as [keyof Filter & string, MakeCondition<Filter>][]) {
      const value = input[field];
      if (value === undefined || value === null) continue;
      const lists = listsIn(field, value);
      for (const [at, list] of lists) refuseLong(at, list);
      const part = make(value, asOf, input);
      if (part === null) continue;
      const made = conditionsOf(part);
      conditions += Math.max(
        1,
        made.reduce((sum, { fragment }) => sum + (fragment.conditions ?? 0), 0),
      );
      values += lists.reduce((sum, [, list]) => sum + list.length, 0);
      for (const { fragment, parameters } of made) {
        if (!fragment.names) continue;
        const { parameter, types, at = '' } = fragment.names;
        allNamed.push(named(`filter: ${field}${at}`, parameters[parameter] as readonly string[], types));
      }
      parts.push(part);
    }
    const inside = (inputs: readonly Filter[]): Predicate[] => inputs.map((each) => ofInput(each, asOf, depth + 1));
    refuseLong('and', input.and);
    refuseLong('or', input.or);
    if (input.and) parts.push(...inside(input.and));
    if (input.or) parts.push(any(inside(input.or)));
    if (input.not) parts.push(not(ofInput(input.not, asOf, depth + 1)));
    return all(parts);
  };
  const predicate = filter ? ofInput(filter, null, 0) : EVERY;
  if (conditions > MAX_FILTER_CONDITIONS) {
    throw new FilterError(`filter: ${conditions} conditions in all; ${MAX_FILTER_CONDITIONS} is the most.`);
  }
  if (values > MAX_FILTER_VALUES_IN_ALL) {
    throw new FilterError(`filter: its lists have ${values} values in all; ${MAX_FILTER_VALUES_IN_ALL} is the most.`);
  }
  return { predicate, named: allNamed };
}
