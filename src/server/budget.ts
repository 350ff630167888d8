import type { GraphQLError } from 'graphql';
import type { Limits } from '../config.ts';
import { clientError } from './client-error.ts';
import { type ListInfo, valuesPerItem } from './documents/list-values.ts';

/** How much one execution may bring, and for how long it may run. */
export type BudgetLimits = Pick<Limits, 'values' | 'answerBytes' | 'timeMs'>;

const count = (number: number): string => number.toLocaleString('en');

/** The error of an answer that holds more of something than it may. */
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
 * What one execution may still bring into its answer, beyond what its cost was estimated at: each list says how many items
 * it has before they are completed. Whoever goes beyond it is stopped at the next list.
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

  /** Begins, with the means to end the execution at once. */
  begin(callOff: (reason: Error) => void): void {
    this.#callOff = callOff;
    this.renew();
  }

  /** Counts from nothing again, in the time that is left: where the same answer is made a second time. */
  recount(): void {
    this.#values = 0;
    this.#bytes = 0;
    this.#perItem = new Map();
  }

  /** Begins anew, for the next event of a subscription. */
  renew(): void {
    this.recount();
    this.#startedAt = performance.now();
  }

  /** Counts the items of a list that `info` is resolved for. Throws when they are too many, or the time is up. */
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
