import { DAWN, DUSK, firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { ActorType, NodeType, OrganisationKind } from '../domain/vocabulary.ts';
import type { GraphValue } from '../graph/statement.ts';
import { checkPeriod, type PeriodInput } from './filter-fields.ts';
import { type Days, type FactTest, isValidOn, patternOf, type Step } from './in-memory.ts';
import { all, condition, EVERY, type Fragment, not, type Predicate } from './predicate.ts';

/**
 * Conditions on one relationship of a node and on the node at its other end, joined by and: its role or kind, and
 * identifiers of other ends, under the names that the API gives them.
 */
export type FactFilter<Role extends string, Value extends string, End extends string> = {
  readonly [Field in Role]?: readonly Value[] | null | undefined;
} & { readonly [Field in End]?: readonly string[] | null | undefined } & EndFilter;

interface EndFilter {
  readonly actorKind?: readonly ActorType[] | null | undefined;
  readonly organisationKind?: readonly OrganisationKind[] | null | undefined;
  /** The relationship is valid on some day of this period. */
  readonly during?: PeriodInput | null | undefined;
}

/** What is asked of all relationships of one step. */
export interface FactListFilter<Filter> {
  readonly some?: Filter | null | undefined;
  readonly none?: Filter | null | undefined;
  readonly every?: Filter | null | undefined;
}

/** How the relationships of a step are called in the API. */
export interface FactNames<Role extends string, End extends string> {
  /** The field of the filter, such as `memberships`. */
  readonly field: string;
  /** The field of its role or kind, called as it is stored. */
  readonly role: Role;
  /** The field that takes identifiers of nodes at the other end, such as `network`. */
  readonly end: End;
  /** Types of these nodes. */
  readonly types: readonly NodeType[];
}

/** One condition: its text on the relationship `fact#` and the node `end#`, and the same on what the snapshot has. */
interface FactCondition {
  readonly name: string;
  readonly text: string;
  readonly inMemory: FactTest;
  readonly parameters: Readonly<Record<string, GraphValue>>;
}

const LIST_DAYS = { first: 'first#', last: 'last#' };
const DURING = { first: 'duringFirst#', last: 'duringLast#' };

/** The days of a period by the names of their parameters. Throws a FilterError where it ends before it begins. */
export function daysOfPeriod(
  field: string,
  period: PeriodInput,
  { first, last }: Days,
): Readonly<Record<string, GraphValue>> {
  const { since, until } = checkPeriod(field, period);
  return { [first]: since === null ? DAWN : firstDay(since), [last]: until === null ? DUSK : lastDay(until) };
}

/** The values of a filter by the names of its fields. */
type AnyFilter = EndFilter & { readonly [field: string]: unknown };
type AnyNames = FactNames<string, string>;

function conditionsOf({ field, role, end }: AnyNames, at: string, filter: AnyFilter): FactCondition[] {
  const [roles, ids] = [filter[role], filter[end]] as (readonly string[] | null | undefined)[];
  const { actorKind: types, organisationKind: kinds, during } = filter;
  return [
    roles && {
      name: 'role',
      text: `fact#.${role} IN $roles#`,
      inMemory: { is: 'edge among', values: 'roles#' } as const,
      parameters: { roles },
    },
    ids && {
      name: 'end',
      text: 'end#.id IN $ids#',
      inMemory: { is: 'at end', test: { is: 'id among', values: 'ids#' } } as const,
      parameters: { ids },
    },
    types && {
      name: 'type',
      text: 'end#.type IN $types#',
      inMemory: { is: 'at end', test: { is: 'type among', values: 'types#' } } as const,
      parameters: { types },
    },
    kinds && {
      name: 'kind',
      text: 'end#.kind IN $kinds#',
      inMemory: { is: 'at end', test: { is: 'among', field: 'kind', values: 'kinds#' } } as const,
      parameters: { kinds },
    },
    during && {
      name: 'during',
      text: isValidOn('fact#', DURING),
      inMemory: { is: 'edge valid', days: DURING } as const,
      parameters: daysOfPeriod(`${field}${at}.during`, during, { first: 'duringFirst', last: 'duringLast' }),
    },
  ].filter((each) => each !== null && each !== undefined);
}

/**
 * Some relationship of a step meets the conditions, or every one does. A date says which relationships are looked at.
 * Counted for the reason that `leadsTo` gives.
 */
function quantified(
  quantifier: 'some' | 'every',
  step: Step,
  filter: AnyFilter,
  { names, at, asOf }: { readonly names: AnyNames; readonly at: string; readonly asOf: PartialDate | null },
): Predicate {
  const conditions = conditionsOf(names, at, filter);
  if (quantifier === 'every' && conditions.length === 0) return EVERY;
  const met = conditions.map(({ text }) => text).join(' AND ');
  const days = asOf === null ? null : LIST_DAYS;
  const where = [
    ...(days === null ? [] : [isValidOn('fact#', days)]),
    // What is not known does not meet a condition.
    ...(met === '' ? [] : [quantifier === 'some' ? met : `NOT coalesce((${met}), false)`]),
  ];
  const pattern = patternOf({ types: [step.type], side: step.side }, { first: 'fact#', chain: '' });
  const found = `MATCH (b)${pattern}(end#)${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`;
  const fragment: Fragment = {
    name: `${quantifier} of ${names.field}(${[...conditions.map(({ name }) => name), ...(days ? ['as of'] : [])].join(', ')})`,
    text: `COUNT { ${found} } ${quantifier === 'some' ? '> 0' : '= 0'}`,
    conditions: Math.max(1, conditions.length),
    inMemory: { is: `${quantifier} fact`, step, days, of: conditions.map(({ inMemory }) => inMemory) },
    ...(filter[names.end] ? { names: { parameter: 'ids', types: names.types, at: `${at}.${names.end}` } } : {}),
  };
  const dates = asOf === null ? {} : { first: firstDay(asOf), last: lastDay(asOf) };
  return condition(fragment, Object.assign({}, dates, ...conditions.map(({ parameters }) => parameters)));
}

/** A condition on the relationships of a step: some, none or every one of them meets conditions of its own. */
export function factsWhere<Value extends string, Role extends string, End extends string>(
  step: Step,
  names: FactNames<Role, End>,
) {
  return (asked: FactListFilter<FactFilter<Role, Value, End>>, asOf: PartialDate | null): Predicate => {
    const { some, none, every } = asked as FactListFilter<AnyFilter>;
    const of = (quantifier: 'some' | 'every', at: string, filter: AnyFilter): Predicate =>
      quantified(quantifier, step, filter, { names, at, asOf });
    return all([
      ...(some ? [of('some', '.some', some)] : []),
      ...(none ? [not(of('some', '.none', none))] : []),
      ...(every ? [of('every', '.every', every)] : []),
    ]);
  };
}
