import { firstDay, lastDay } from '../domain/partial-date.ts';
import type { GraphValue } from '../graph/statement.ts';
import type { NodeTest } from './in-memory.ts';
import type { ListEdge, ListRequest } from './list.ts';
import type { Condition, Listing } from './listing.ts';
import { all, conditionsOf, isEvery, type Predicate } from './predicate.ts';

type SinglePredicate = Extract<Predicate, { is: 'condition' }>;

/** Where a list may start from: every node that meets the predicate is among those that the relations lead to. */
interface Start {
  readonly from: readonly SinglePredicate[];
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
function textOf({ fragment, asOf }: SinglePredicate): string {
  return asOf === null ? fragment.text : fragment.relation!.dated;
}

/** The way back of a condition, and what must hold of it where a date is asked; with # where its number comes. */
function wayOf({ fragment, asOf }: SinglePredicate): { readonly way: string; readonly holds: string | null } {
  const { back, datedBack, holds } = fragment.relation!;
  return asOf === null ? { way: back, holds: null } : { way: datedBack, holds };
}

/** What a condition is on what the snapshot has, with # where its number comes; null where the snapshot lacks that. */
function testOf({ fragment, asOf }: SinglePredicate): NodeTest | null {
  const { relation, inMemory = null } = fragment;
  if (!relation) return inMemory;
  const days = asOf === null ? null : { first: 'first#', last: 'last#' };
  return { is: 'leads', path: relation.path, to: 'ids#', days };
}

/** The same test with the names of its parameters numbered. */
function numbered(test: NodeTest, number: (text: string) => string): NodeTest {
  return JSON.parse(number(JSON.stringify(test)));
}

/** Binds fragments together: joins them into one text, numbers them, and gathers their parameters. */
class Binder {
  readonly #numbers = new Map<SinglePredicate, number>();
  readonly parameters: Record<string, GraphValue> = {};
  /** Names of the parameters that hold identifiers. */
  readonly references: string[] = [];

  /** Gives a condition its number, the same wherever it is written, and takes its parameters in. */
  number(condition: SinglePredicate): (text: string) => string {
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
    return (predicate.is === 'all' ? predicate.of : [predicate]).map((part) => {
      const inMemory = this.test(part);
      const clauses = conditionsOf(part).flatMap((each) => (each.fragment.clause ? [this.#clauseOf(each)] : []));
      return {
        name: shapeOf(part),
        text: this.text(part),
        ...(clauses.length > 0 && { clause: clauses.join(' ') }),
        ...(part.is === 'condition' && part.fragment.bounds ? { bounds: part.fragment.bounds } : {}),
        ...(inMemory && { inMemory }),
      };
    });
  }

  #clauseOf(condition: SinglePredicate): string {
    return this.number(condition)(condition.fragment.clause!);
  }

  /** The predicate on what the snapshot has; null where it lacks something. */
  test(predicate: Predicate): NodeTest | null {
    switch (predicate.is) {
      case 'condition': {
        const test = testOf(predicate);
        return test && numbered(test, this.number(predicate));
      }
      case 'not': {
        const of = this.test(predicate.of);
        return of && { is: 'not', of };
      }
      default: {
        const of = predicate.of.map((part) => this.test(part));
        return of.every((test) => test !== null) ? { is: predicate.is, of } : null;
      }
    }
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
export function lookedThrough<Edge extends ListEdge>(
  request: ListRequest<Edge>,
  predicate: Predicate,
): ListRequest<Edge> {
  const binder = new Binder();
  return {
    ...request,
    conditions: [...request.conditions, ...binder.conditions(predicate)],
    parameters: { ...request.parameters, ...binder.parameters },
    references: binder.references,
  };
}

function startedAt(request: ListRequest, start: Start, predicate: Predicate): ListRequest {
  const binder = new Binder();
  const { name, before, pattern, conditions, met } = entryOf(request.listing, start, binder);
  const parts = (predicate.is === 'all' ? predicate.of : [predicate]).filter((part) => !isMetBy(part, start));
  const rest = binder.conditions(all(parts));
  return {
    ...request,
    listing: { ...request.listing, before, pattern, name: `${request.listing.name} from ${name}`, distinct: true },
    conditions: [...request.conditions, ...conditions, ...rest],
    parameters: { ...request.parameters, ...binder.parameters },
    references: binder.references,
    unstarted: { listing: request.listing, conditions: [...request.conditions, met, ...rest] },
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

function entryOf({ pattern }: Listing, { from }: Start, binder: Binder): Entry {
  const name = from.map(shapeOf).join(' or ');
  const ways = from.map((each) => {
    const { way, holds } = wayOf(each);
    const number = binder.number(each);
    return {
      named: number('UNWIND $ids# AS id#'),
      way: number(`(s#:Entity {id: id#})${way}`) + pattern,
      holds: holds === null ? null : number(holds),
      met: number(textOf(each)),
    };
  });
  const inMemory = binder.test({ is: 'any', of: from });
  const met = { name, text: ways.map((way) => `(${way.met})`).join(' OR '), ...(inMemory && { inMemory }) };
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
