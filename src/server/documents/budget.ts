import type { GraphQLError } from 'graphql';
import type { Limits } from '../../config/limits.ts';
import { clientError } from '../http/client-error.ts';
import { type ListInfo, valuesPerItem } from './reading/list-values.ts';

/** Limits of one execution: size of the answer, and time. */
export type BudgetLimits = Pick<Limits, 'values' | 'answerBytes' | 'timeMs'>;

const count = (number: number): string => number.toLocaleString('en');

/** The error of an answer that is too large. */
export function tooLarge(what: 'values' | 'bytes', maximum: number): GraphQLError {
  const message = `The answer holds more than ${count(maximum)} ${what}, the most that is allowed: ask for smaller pages, or for fewer lists inside one another.`;
  return clientError('ANSWER_TOO_LARGE', message, { status: 200, details: { maximum } });
}

/** The error of an execution that took too long. */
export function tookTooLong(timeMs: number): GraphQLError {
  const message = `The answer took longer than ${count(timeMs)} ms, the most that is allowed: ask for less at once.`;
  return clientError('TIMEOUT', message, { status: 200, details: { maximum: timeMs } });
}

/**
 * The remaining budget of one execution, beside the estimate of its cost: each list reports its number of items before
 * they are completed. An execution beyond its budget is stopped at the next list.
 */
export class AnswerBudget {
  readonly #limits: BudgetLimits;
  readonly #signal: AbortSignal;
  /** Ends the execution; without it, the lists that follow throw. */
  #callOff: (reason: Error) => void = () => {};
  #values = 0;
  #bytes = 0;
  #startedAt = performance.now();
  #perItem = new Map<ListInfo['fieldNodes'], number>();

  constructor(limits: BudgetLimits, signal: AbortSignal) {
    this.#limits = limits;
    this.#signal = signal;
  }

  /** Begins, with a function that ends the execution at once. */
  begin(callOff: (reason: Error) => void): void {
    this.#callOff = callOff;
    this.renew();
  }

  /** Counts from zero again, within the same time: the same answer is computed a second time. */
  recount(): void {
    this.#values = 0;
    this.#bytes = 0;
    this.#perItem = new Map();
  }

  /** Starts again, for the next event of a subscription. */
  renew(): void {
    this.recount();
    this.#startedAt = performance.now();
  }

  /** Counts the items of the list of `info`. Throws if there are too many, or the time is over. */
  take(items: readonly unknown[], info: ListInfo): void {
    this.#signal.throwIfAborted();
    const { values, answerBytes, timeMs } = this.#limits;
    if (performance.now() - this.#startedAt > timeMs) throw this.#end(tookTooLong(timeMs));
    const perItem = this.#perItem.get(info.fieldNodes) ?? valuesPerItem(info);
    this.#perItem.set(info.fieldNodes, perItem);
    this.#values += items.length * perItem;
    if (this.#values > values) throw this.#end(tooLarge('values', values));
    if (typeof items[0] !== 'string') return;
    for (const item of items) this.#bytes += String(item).length;
    if (this.#bytes > answerBytes) throw this.#end(tooLarge('bytes', answerBytes));
  }

  #end(reason: Error): Error {
    this.#callOff(reason);
    return reason;
  }
}
