import type { GraphValue } from '../graph/statement.ts';
import type { NodeTest } from './in-memory.ts';
import type { ListEdge, ListRequest } from './list.ts';
import type { Condition } from './listing.ts';
import { conditionsOf, isEvery, type Predicate } from './predicate.ts';

type SinglePredicate = Extract<Predicate, { is: 'condition' }>;

/** Binds fragments together: joins them into one text, numbers them, and gathers their parameters. */
class Binder {
  readonly #numbers = new Map<SinglePredicate, number>();
  readonly parameters: Record<string, GraphValue> = {};
  /** Names of the parameters that hold identifiers. */
  readonly references: string[] = [];

  /** What every node of a list must meet, part by part. */
  conditions(predicate: Predicate): Condition[] {
    return (predicate.is === 'all' ? predicate.of : [predicate]).map((part) => {
      const inMemory = this.#test(part);
      const clauses = conditionsOf(part).flatMap((each) => (each.fragment.clause ? [this.#clauseOf(each)] : []));
      return {
        name: shapeOf(part),
        text: this.#text(part),
        ...(clauses.length > 0 && { clause: clauses.join(' ') }),
        ...(inMemory && { inMemory }),
      };
    });
  }

  /** Gives a condition its number, the same wherever it is written, and takes its parameters in. */
  #number(condition: SinglePredicate): (text: string) => string {
    const { fragment, parameters } = condition;
    const known = this.#numbers.get(condition);
    const number = known ?? this.#numbers.size;
    const numbered = (text: string): string => text.replaceAll('#', String(number));
    if (known !== undefined) return numbered;
    this.#numbers.set(condition, number);
    for (const [name, value] of Object.entries(parameters)) this.parameters[`${name}${number}`] = value;
    if (fragment.names) this.references.push(`${fragment.names.parameter}${number}`);
    return numbered;
  }

  #clauseOf(condition: SinglePredicate): string {
    return this.#number(condition)(condition.fragment.clause!);
  }

  /** The predicate on what the snapshot has, with numbered parameters; null where it lacks something. */
  #test(predicate: Predicate): NodeTest | null {
    switch (predicate.is) {
      case 'condition': {
        const { inMemory } = predicate.fragment;
        return inMemory ? JSON.parse(this.#number(predicate)(JSON.stringify(inMemory))) : null;
      }
      case 'not': {
        const of = this.#test(predicate.of);
        return of && { is: 'not', of };
      }
      default: {
        const of = predicate.of.map((part) => this.#test(part));
        return of.every((test) => test !== null) ? { is: predicate.is, of } : null;
      }
    }
  }

  #text(predicate: Predicate): string {
    switch (predicate.is) {
      case 'condition':
        return this.#number(predicate)(predicate.fragment.text);
      case 'not':
        // What is null does not hold, so that its opposite does: with this every predicate is two-valued where it matters.
        return `NOT coalesce((${this.#text(predicate.of)}), false)`;
      default: {
        if (predicate.of.length === 0) return predicate.is === 'all' ? 'true' : 'false';
        const parts = predicate.of.map((part) => `(${this.#text(part)})`);
        return parts.join(predicate.is === 'all' ? ' AND ' : ' OR ');
      }
    }
  }
}

/** What tells the texts of two predicates apart: everything but the values. */
function shapeOf(predicate: Predicate): string {
  switch (predicate.is) {
    case 'condition':
      return predicate.fragment.name;
    case 'not':
      return `not(${shapeOf(predicate.of)})`;
    default:
      return `${predicate.is}(${predicate.of.map(shapeOf).join(', ')})`;
  }
}

/** The entries of a list whose nodes meet a predicate. */
export function narrowed<Edge extends ListEdge>(request: ListRequest<Edge>, predicate: Predicate): ListRequest<Edge> {
  if (isEvery(predicate)) return request;
  const binder = new Binder();
  return {
    ...request,
    conditions: [...request.conditions, ...binder.conditions(predicate)],
    parameters: { ...request.parameters, ...binder.parameters },
    references: binder.references,
  };
}
