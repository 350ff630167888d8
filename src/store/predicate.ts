import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import { leadsTo, type NodeTest, type Path } from './in-memory.ts';

/**
 * A named, constant condition on the node `b`. Wherever # stands in it, the number of the condition comes, so that its
 * parameters and variables are its own. It may be null where the node lacks a property: then it does not hold.
 */
export interface Fragment {
  readonly name: string;
  readonly text: string;
  /** As of a Condition; # stands in it as in the text. */
  readonly clause?: string;
  /** How many conditions of a filter it joins; 1 where it does not say. */
  readonly conditions?: number;
  /** The parameter, without its #, whose values are identifiers, and the types of the records that they name. */
  readonly names?: {
    readonly parameter: string;
    readonly types: readonly NodeType[];
    /** Where in the field they stand, such as `.some.network`. */
    readonly at?: string;
  };
  /** The same on what the snapshot has; the names of its parameters end in #. */
  readonly inMemory?: NodeTest;
}

/** What a filter asks, field by field: conditions joined by all, any and not. `all` of none is always so, `any` never. */
export type Predicate =
  | { readonly is: 'condition'; readonly fragment: Fragment; readonly parameters: Parameters }
  | { readonly is: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly is: 'not'; readonly of: Predicate };

/** Every node. */
export const EVERY: Predicate = { is: 'all', of: [] };
/** No node. */
export const NONE: Predicate = { is: 'any', of: [] };

export const isEvery = (predicate: Predicate): boolean => predicate.is === 'all' && predicate.of.length === 0;
const isNone = (predicate: Predicate): boolean => predicate.is === 'any' && predicate.of.length === 0;

/** A fragment with its parameters, by their names without #. */
export function condition(fragment: Fragment, parameters: Parameters): Predicate {
  return { is: 'condition', fragment, parameters };
}

/** The condition that a path leads to one of the nodes of some types that are named: at a date, or ever. */
export function relation(name: string, path: Path, types: readonly NodeType[]) {
  const named = { names: { parameter: 'ids', types } };
  const ever: Fragment = { name, ...leadsTo(path, 'ids#', null, '#'), ...named };
  const dated: Fragment = {
    name: `${name} as of`,
    ...leadsTo(path, 'ids#', { first: 'first#', last: 'last#' }, '#'),
    ...named,
  };
  return (ids: readonly string[], asOf: PartialDate | null): Predicate =>
    asOf === null ? condition(ever, { ids }) : condition(dated, { ids, first: firstDay(asOf), last: lastDay(asOf) });
}

/** All of the parts hold. */
export function all(parts: readonly Predicate[]): Predicate {
  const needed = parts.flatMap((part) => (part.is === 'all' ? part.of : [part]));
  if (needed.some(isNone)) return NONE;
  return needed.length === 1 ? needed[0]! : { is: 'all', of: needed };
}

/** At least one of the parts holds. */
export function any(parts: readonly Predicate[]): Predicate {
  const offered = parts.flatMap((part) => (part.is === 'any' ? part.of : [part]));
  if (offered.some(isEvery)) return EVERY;
  return offered.length === 1 ? offered[0]! : { is: 'any', of: offered };
}

/** The part does not hold: also where nothing is known of it. */
export function not(part: Predicate): Predicate {
  if (isEvery(part)) return NONE;
  if (isNone(part)) return EVERY;
  return part.is === 'not' ? part.of : { is: 'not', of: part };
}

/** The conditions of a predicate, in their order. */
export function conditionsOf(predicate: Predicate): readonly Extract<Predicate, { is: 'condition' }>[] {
  if (predicate.is === 'condition') return [predicate];
  return predicate.is === 'not' ? conditionsOf(predicate.of) : predicate.of.flatMap(conditionsOf);
}
