import type { ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { TokenBuckets } from '../../scheduling/token-buckets.ts';
import { clientError } from './client-error.ts';
import { type RequestState, requestState, requestStateIn } from './request-state.ts';

/** What an answer from memory is charged. */
const CACHED_COST = 1;

const count = (number: number): string => number.toLocaleString('en');

/**
 * Limits the cost that one client may ask for in a minute: a token, or else an address. Answers from memory cost 1. Must
 * come after the plugins that find cached answers and count the cost.
 *
 * Of several servers that a proxy takes in turn, each has a part of a client's requests and counts each of them for as many
 * as there are servers: `servers` says how many. What is left is then what all of them together allow.
 *
 * @example createYoga({ schema, plugins: [useCostLimit(), useRateLimit(1_000_000)] })
 */
export function useRateLimit(costPerMinute: number, servers: () => number = () => 1): Plugin {
  const buckets = new TokenBuckets(costPerMinute);
  const charge = (state: RequestState, cost: number): void => {
    const allowance = buckets.take(state.client, cost * servers());
    state.rate = allowance;
    if (allowance.isAllowed) return;
    const { retryAfterS, remaining } = allowance;
    const message = `This request costs ${count(cost)}, and you have ${count(remaining)} left of ${count(costPerMinute)} a minute: send it again in ${retryAfterS} s, or ask for less at once.`;
    throw clientError('RATE_LIMITED', message, {
      wellFormed: false,
      status: 429,
      details: { requested: cost, remaining, maximum: costPerMinute, retryAfter: retryAfterS },
      headers: { 'Retry-After': String(retryAfterS) },
    });
  };
  const chargeExecution = ({ args }: { readonly args: ExecutionArgs }): void => {
    const state = requestStateIn(args.contextValue);
    charge(state, state.cost?.requested ?? CACHED_COST);
  };
  return {
    onParams({ request }) {
      const state = requestState(request);
      if (state.cacheStatus === 'HIT') charge(state, CACHED_COST);
    },
    onExecute: chargeExecution,
    onSubscribe: chargeExecution,
  };
}
