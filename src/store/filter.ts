import { fold, sortKeyOf } from '../domain/fold.ts';
import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { GraphValue, Parameters } from '../graph/statement.ts';
import { type Condition, type Listing, whereAll } from './compose.ts';
import type { ListRequest } from './list.ts';
import { FilterError, type Named, named } from './named.ts';

/** And, or and not inside one another: deeper questions are better asked as several. */
export const MAX_FILTER_DEPTH = 4;
/** Conditions of one filter, in all its parts: each is one more thing to look at for every node. */
export const MAX_FILTER_CONDITIONS = 30;
/** Values in one list of a filter. */
export const MAX_FILTER_VALUES = 100;
/** Values in all lists of one filter: an engine that cannot be stopped may look at every node once for each. */
export const MAX_FILTER_VALUES_IN_ALL = 200;

/** Characters of a name, or of a part of one, in a filter. */
export const MAX_FILTER_TEXT = 200;

/**
 * A named, constant condition on the node `b`. Wherever # stands in it, the number of the condition comes, so that its
 * parameters and variables are its own. It may be null where the node lacks a property: then it does not hold.
 */
export interface Fragment {
  readonly name: string;
  readonly text: string;
  /** As of a Condition. */
  readonly bounds?: Condition['bounds'];
  /** The parameter, without its #, whose values are identifiers, and the types of the records that they name. */
  readonly names?: { readonly parameter: string; readonly types: readonly NodeType[] };
  /** Its other readings, where relationships make it; the condition itself is then of all times. */
  readonly relation?: Relation;
}

/** A condition that relationships make: they lead from `b` to one of the nodes that `$ids#` names. */
interface Relation {
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
  /** The variable of a chain of relationships on the way, which must hold too. */
  readonly chain?: string;
  /** Types of the nodes that are named. */
  readonly types: readonly NodeType[];
}

/**
 * The fragment of a relation: `forth` is the pattern from `b` to the nodes named, `back` the same pattern read from
 * there. The relationship that counts is `r#`. One pattern each: a second MATCH would scan. It is counted because the
 * embedded engine answers EXISTS by joining with every relationship of the type, however few nodes are asked about.
 */
export function relation(name: string, forth: string, back: string, options: RelationOptions): Fragment {
  const { chain, likely, types } = options;
  const own = 'r#.validFrom <= $last# AND r#.validTo >= $first#';
  const holds = chain
    ? `${own} AND all(link# IN ${chain} WHERE link#.validFrom <= $last# AND link#.validTo >= $first#)`
    : own;
  return {
    name,
    text: `COUNT { MATCH (b)${unnamed(forth)}(s#) WHERE s#.id IN $ids# } > 0`,
    names: { parameter: 'ids', types },
    relation: {
      dated: `COUNT { MATCH (b)${forth}(s#) WHERE s#.id IN $ids# AND ${holds} } > 0`,
      back: unnamed(back),
      datedBack: back,
      holds,
      likely: typeof likely === 'number' ? () => likely : likely,
    },
  };
}

/** A pattern without the names of its relationships: nobody asks for them where no date is given. */
function unnamed(pattern: string): string {
  return pattern.replaceAll(/\w+#:/g, ':');
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

const isEvery = (predicate: Predicate): boolean => predicate.is === 'all' && predicate.of.length === 0;
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

/** What every filter has beside the fields of its noun. */
interface Joining<Filter> {
  readonly and?: readonly Filter[] | null | undefined;
  readonly or?: readonly Filter[] | null | undefined;
  readonly not?: Filter | null | undefined;
  readonly asOf?: PartialDate | null | undefined;
}

/**
 * The condition that each field of a noun's filter makes; those that relationships make hold as of the date. A field may
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

function refuseLong(field: string, value: unknown): void {
  if (Array.isArray(value) && value.length > MAX_FILTER_VALUES) {
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
      refuseLong(field, value);
      const part = make(value, asOf, input);
      if (part === null) continue;
      conditions++;
      if (Array.isArray(value)) values += value.length;
      const names = part.is === 'condition' ? part.fragment.names : undefined;
      if (names) allNamed.push(named(`filter: ${field}`, value as readonly string[], names.types));
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

type ConditionFormula = Extract<Predicate, { is: 'condition' }>;

/** Where a list may start from: every node that meets the predicate is among those that the relations lead to. */
interface Start {
  readonly from: readonly ConditionFormula[];
  /** How many nodes they are likely to lead to, taken together. */
  readonly expected: number;
}

/** The start of which the fewest nodes are to be expected; null where a node may meet the predicate without any relation. */
function startOf(predicate: Predicate): Start | null {
  switch (predicate.is) {
    case 'condition': {
      const { fragment, parameters } = predicate;
      if (!fragment.relation) return null;
      const ids = parameters.ids as readonly string[];
      return { from: [predicate], expected: ids.reduce((sum, id) => sum + fragment.relation!.likely(id), 0) };
    }
    case 'not':
      return null;
    case 'all':
      return predicate.of
        .map(startOf)
        .reduce((best, each) => (best && (!each || best.expected <= each.expected) ? best : each), null);
    case 'any': {
      const starts = predicate.of.map(startOf).filter((start) => start !== null);
      if (starts.length === 0 || starts.length < predicate.of.length) return null;
      return {
        from: starts.flatMap(({ from }) => from),
        expected: starts.reduce((sum, { expected }) => sum + expected, 0),
      };
    }
  }
}

/** Whether the nodes of a start are just those that meet a part, which then need not be looked at again. */
function isMetBy(part: Predicate, { from }: Start): boolean {
  const ways = part.is === 'any' ? part.of : [part];
  return ways.length === from.length && ways.every((way) => way.is === 'condition' && from.includes(way));
}

/** Whether a predicate is never null: relations exist or do not. */
function isTwoValued(predicate: Predicate): boolean {
  switch (predicate.is) {
    case 'condition':
      return predicate.fragment.relation !== undefined;
    case 'not':
      return true;
    default:
      return predicate.of.every(isTwoValued);
  }
}

/** The text of a condition, with # where its number comes. */
function textOf({ fragment, asOf }: ConditionFormula): string {
  return asOf === null ? fragment.text : fragment.relation!.dated;
}

/** The way back of a condition, and what must hold of it where a date is asked; with # where its number comes. */
function wayOf({ fragment, asOf }: ConditionFormula): { readonly way: string; readonly holds: string | null } {
  const { back, datedBack, holds } = fragment.relation!;
  return asOf === null ? { way: back, holds: null } : { way: datedBack, holds };
}

/** Joins fragments into one text, numbers them, and gathers their parameters. */
class Joiner {
  readonly #numbers = new Map<ConditionFormula, number>();
  readonly parameters: Record<string, GraphValue> = {};
  /** Names of the parameters that hold identifiers. */
  readonly references: string[] = [];

  /** Gives a condition its number, the same wherever it is written, and takes its parameters in. */
  number(condition: ConditionFormula): (text: string) => string {
    const { fragment, parameters, asOf } = condition;
    const known = this.#numbers.get(condition);
    const number = known ?? this.#numbers.size;
    const numbered = (text: string): string => text.replaceAll('#', String(number));
    if (known !== undefined) return numbered;
    this.#numbers.set(condition, number);
    for (const [name, value] of Object.entries(parameters)) this.parameters[`${name}${number}`] = value;
    if (asOf !== null) {
      this.parameters[`first${number}`] = firstDay(asOf);
      this.parameters[`last${number}`] = lastDay(asOf);
    }
    if (fragment.names) this.references.push(`${fragment.names.parameter}${number}`);
    return numbered;
  }

  /** What every node of a list must meet, part by part. */
  conditions(predicate: Predicate): Condition[] {
    return (predicate.is === 'all' ? predicate.of : [predicate]).map((part) => ({
      name: shapeOf(part),
      text: this.text(part),
      ...(part.is === 'condition' && part.fragment.bounds ? { bounds: part.fragment.bounds } : {}),
    }));
  }

  text(predicate: Predicate): string {
    switch (predicate.is) {
      case 'condition': {
        return this.number(predicate)(textOf(predicate));
      }
      case 'not': {
        const text = this.text(predicate.of);
        // What is null does not hold, so that its opposite does: with this every predicate is two-valued where it matters.
        return isTwoValued(predicate.of) ? `NOT (${text})` : `NOT coalesce((${text}), false)`;
      }
      default: {
        if (predicate.of.length === 0) return predicate.is === 'all' ? 'true' : 'false';
        const parts = predicate.of.map((part) => `(${this.text(part)})`);
        return parts.join(predicate.is === 'all' ? ' AND ' : ' OR ');
      }
    }
  }
}

/** What tells the texts of two predicates apart: everything but the values. */
function shapeOf(predicate: Predicate): string {
  switch (predicate.is) {
    case 'condition':
      return predicate.asOf === null ? predicate.fragment.name : `${predicate.fragment.name} as of`;
    case 'not':
      return `not(${shapeOf(predicate.of)})`;
    default:
      return `${predicate.is}(${predicate.of.map(shapeOf).join(', ')})`;
  }
}

/**
 * The nodes of a list that meet a predicate. The list, which has no parent, starts from the nodes that its most selective
 * conditions name, where it has such, and otherwise looks at all.
 */
export function narrowed(request: ListRequest, predicate: Predicate): ListRequest {
  if (isEvery(predicate)) return request;
  const start = startOf(predicate);
  return start ? startedAt(request, start, predicate) : lookedThrough(request, predicate);
}

/** The nodes of a list that meet a predicate, each looked at: what every other way must agree with. */
export function lookedThrough(request: ListRequest, predicate: Predicate): ListRequest {
  const joiner = new Joiner();
  return {
    ...request,
    conditions: [...request.conditions, ...joiner.conditions(predicate)],
    parameters: { ...request.parameters, ...joiner.parameters },
    references: joiner.references,
  };
}

/** Nodes of a start that are sooner read, and sorted, than found by looking at nodes in the order of a list. */
const MANY = 10_000;

function startedAt(request: ListRequest, start: Start, predicate: Predicate): ListRequest {
  const joiner = new Joiner();
  const entry = entryOf(request.listing, start, joiner);
  const { name, before, pattern, conditions, met } = entry;
  const parts = (predicate.is === 'all' ? predicate.of : [predicate]).filter((part) => !isMetBy(part, start));
  const rest = joiner.conditions(all(parts));
  const other = otherOf(parts, start);
  const unstarted = { listing: request.listing, conditions: [...request.conditions, met, ...rest] };
  return {
    ...request,
    listing: { ...request.listing, before, pattern, name: `${request.listing.name} from ${name}`, distinct: true },
    conditions: [...request.conditions, ...conditions, ...rest],
    parameters: { ...request.parameters, ...joiner.parameters },
    references: joiner.references,
    ...(start.expected < MANY ? {} : { unstarted: { ...unstarted, expected: start.expected } }),
    ...(other && { joined: joinedWith(request, entry, other, joiner.conditions(all(without(parts, other))), joiner) }),
  };
}

const without = <Item>(items: readonly Item[], one: Item): Item[] => items.filter((item) => item !== one);

/**
 * How many times as many nodes as a start leads to another relation may lead to, for a join of both to cost less than to
 * read each node of the start and follow its relationships: 0.3 µs for each that is joined, and 2 to 12 µs for each that
 * is read (docs/adr/0014-filters-by-joins.md).
 */
const JOINED = 15;

/** The other relation of all parts that a list from one start is best joined with; null where none is worth it. */
function otherOf(parts: readonly Predicate[], { from, expected }: Start): ConditionFormula | null {
  if (from.length > 1) return null;
  const [best] = parts
    .flatMap((part) => (part.is === 'condition' ? [{ part, likely: startOf(part)?.expected ?? Infinity }] : []))
    .filter(({ likely }) => likely <= JOINED * expected)
    .sort((a, b) => a.likely - b.likely);
  return best?.part ?? null;
}

/** The list from its start, joined with the nodes of another relation: what is left is asked of those in both. */
function joinedWith(
  { listing, conditions: own }: ListRequest,
  { name, before, pattern, conditions: held }: Entry,
  other: ConditionFormula,
  rest: readonly Condition[],
  joiner: Joiner,
): NonNullable<ListRequest['joined']> {
  const numbered = joiner.number(other);
  const { way, holds } = wayOf(other);
  const where = ['s#.id IN $ids#', ...(holds === null ? [] : [holds])].join(' AND ');
  return {
    listing: {
      ...listing,
      name: `${listing.name} from ${name} with ${shapeOf(other)}`,
      // Neo4j would read every node of the start first, for the conditions that are left, if it were not told to join.
      before: `${before}
      MATCH ${pattern} ${whereAll(held)}
      MATCH ${numbered(`(s#:Entity)${way}(b) USING JOIN ON b WHERE ${where}`)}
      WITH DISTINCT b`,
      pattern: '(b)',
    },
    conditions: [...own, ...rest],
  };
}

/** How a list goes from a start to its nodes, and what must hold of the way. */
interface Entry {
  readonly name: string;
  readonly before: string;
  readonly pattern: string;
  readonly conditions: readonly Condition[];
  /** What nodes meet that a start leads to, for a list that does not begin there. */
  readonly met: Condition;
}

function entryOf({ pattern }: Listing, { from }: Start, joiner: Joiner): Entry {
  const name = from.map(shapeOf).join(' or ');
  const ways = from.map((each) => {
    const { way, holds } = wayOf(each);
    const numbered = joiner.number(each);
    return {
      named: numbered('UNWIND $ids# AS id#'),
      way: numbered(`(s#:Entity {id: id#})${way}`) + pattern,
      holds: holds === null ? null : numbered(holds),
      met: numbered(textOf(each)),
    };
  });
  const met = { name, text: ways.map((way) => `(${way.met})`).join(' OR ') };
  const [only] = ways;
  if (ways.length === 1) {
    const conditions = only!.holds === null ? [] : [{ name: 'holds', text: only!.holds }];
    return { name, before: only!.named, pattern: only!.way, conditions, met };
  }
  // Lists of identifiers, because of a UNION in a subquery the embedded engine gives the first 2,048 rows and no more.
  const lists = ways.map(
    ({ named, way, holds }, place) => `CALL () {
        ${named} MATCH ${way} ${holds === null ? '' : `WHERE ${holds}`}
        RETURN collect(DISTINCT b.id) AS found${place}
      }`,
  );
  const found = ways.map((_, place) => `found${place}`).join(' + ');
  return {
    name,
    before: `${lists.join('\n')}
      UNWIND ${found} AS found WITH DISTINCT found`,
    pattern: '(b:Entity {id: found})',
    conditions: [],
    met,
  };
}

/** What stands between the folded name and the identifier in a sort key. */
const AFTER_NAME = sortKeyOf('', '');

const NAME_CONTAINS: Fragment = {
  name: 'nameContains',
  text: `split(b.sortKey, '${AFTER_NAME}')[0] CONTAINS $text#`,
};
/** No separator is in the text, so that it ends within the name. */
const NAME_STARTS_WITH: Fragment = {
  name: 'nameStartsWith',
  text: 'b.sortKey STARTS WITH $text#',
  bounds: 'sortKey',
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

/** A count that is kept with each node lies in a range; one that was never counted is none. */
export function counted(field: string, property: 'partnerCount' | 'projectCount' | 'memberCount') {
  const least: Fragment = { name: `least ${field}`, text: `coalesce(b.${property}, 0) >= $min#` };
  const most: Fragment = { name: `most ${field}`, text: `coalesce(b.${property}, 0) <= $max#` };
  return ({ min, max }: IntRange): Predicate => {
    const [low, high] = [min ?? null, max ?? null];
    if (low !== null && high !== null && low > high) {
      throw new FilterError(`filter: ${field} has min ${low}, which is more than its max ${high}.`);
    }
    return all([
      ...(low === null ? [] : [condition(least, { min: low })]),
      ...(high === null ? [] : [condition(most, { max: high })]),
    ]);
  };
}

/** A property has one of the values. */
export function oneOf(name: string, property: string) {
  const fragment: Fragment = { name, text: `b.${property} IN $values#` };
  return (values: readonly string[]): Predicate => condition(fragment, { values });
}

/** The same of a text, whatever its case. */
export function oneOfTexts(name: string, property: string) {
  const fragment: Fragment = { name, text: `toLower(b.${property}) IN $values#` };
  return (values: readonly string[]): Predicate =>
    condition(fragment, { values: values.map((value) => value.toLowerCase()) });
}

/** A relation leads to one of the nodes. */
export function relatedTo(fragment: Fragment) {
  return (ids: readonly string[], asOf: PartialDate | null): Predicate => condition(fragment, { ids }, asOf);
}
