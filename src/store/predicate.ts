import type { PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import { isValidOn, type NodeTest, type Path, patternOf } from './in-memory.ts';
import type { Condition } from './listing.ts';

/**
 * A named, constant condition on the node `b`. Wherever # stands in it, the number of the condition comes, so that its
 * parameters and variables are its own. It may be null where the node lacks a property: then it does not hold.
 */
export interface Fragment {
  readonly name: string;
  readonly text: string;
  /** As of a Condition. */
  readonly bounds?: Condition['bounds'];
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
  /** Its other readings, where relationships make it; the condition itself is then of all times. */
  readonly relation?: Relation;
  /** The same on what the snapshot has; the names of its parameters end in #. */
  readonly inMemory?: NodeTest;
}

/** A condition that relationships make: they lead from `b` to one of the nodes that `$ids#` names. */
interface Relation {
  readonly path: Path;
  /** The same as of the days `$first#` to `$last#`. */
  readonly dated: string;
  /** The way from one of the named nodes to `b`, without either. */
  readonly back: string;
  /** The same with names, for what must hold of it as of the days. */
  readonly datedBack: string;
  /** What must hold of that way as of the days. */
  readonly holds: string;
  /** How many nodes the relation is likely to lead to from the one named. */
  readonly likely: (id: string) => number;
}

/** What may be said of a relation beside its two readings. */
interface RelationOptions {
  /**
   * How many nodes it leads to from one that is named, as far as its identifier tells. Only the order of magnitude
   * matters: a list starts where the fewest are to be expected.
   */
  readonly likely: number | ((id: string) => number);
  /** Types of the nodes that are named. */
  readonly types: readonly NodeType[];
}

const NAMES = { first: 'r#', chain: 'chain#' };

/**
 * The fragment of a relation: its path leads from `b` to the nodes named. One pattern: a second MATCH would scan. It is
 * counted because the embedded engine answers EXISTS by joining with every relationship of the type, however few nodes
 * are asked about.
 */
export function relation(name: string, path: Path, { likely, types }: RelationOptions): Fragment {
  const days = { first: 'first#', last: 'last#' };
  const own = isValidOn('r#', days);
  const holds = path.through?.isDated ? `${own} AND all(link# IN chain# WHERE ${isValidOn('link#', days)})` : own;
  return {
    name,
    text: `COUNT { MATCH (b)${patternOf(path, 'forth')}(s#) WHERE s#.id IN $ids# } > 0`,
    names: { parameter: 'ids', types },
    relation: {
      path,
      dated: `COUNT { MATCH (b)${patternOf(path, 'forth', NAMES)}(s#) WHERE s#.id IN $ids# AND ${holds} } > 0`,
      back: patternOf(path, 'back'),
      datedBack: patternOf(path, 'back', NAMES),
      holds,
      likely: typeof likely === 'number' ? () => likely : likely,
    },
  };
}

/** What a filter asks, field by field: conditions joined by all, any and not. `all` of none is always so, `any` never. */
export type Predicate =
  | {
      readonly is: 'condition';
      readonly fragment: Fragment;
      readonly parameters: Parameters;
      readonly asOf: PartialDate | null;
    }
  | { readonly is: 'all' | 'any'; readonly of: readonly Predicate[] }
  | { readonly is: 'not'; readonly of: Predicate };

/** Every node. */
export const EVERY: Predicate = { is: 'all', of: [] };
/** No node. */
export const NONE: Predicate = { is: 'any', of: [] };

export const isEvery = (predicate: Predicate): boolean => predicate.is === 'all' && predicate.of.length === 0;
const isNone = (predicate: Predicate): boolean => predicate.is === 'any' && predicate.of.length === 0;

/** A fragment with its parameters, by their names without #. */
export function condition(fragment: Fragment, parameters: Parameters, asOf: PartialDate | null = null): Predicate {
  return { is: 'condition', fragment, parameters, asOf: fragment.relation ? asOf : null };
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
