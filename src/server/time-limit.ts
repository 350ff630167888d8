import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../config.ts';
import { tookTooLong } from './budget.ts';
import { type Exchange, exchangeIn, exchangeOf } from './exchange.ts';
import { refusal } from './refusal.ts';

/** The executor stops at the signal too: it takes one beside the arguments that graphql-js knows. */
function stopAt(args: object, exchange: Exchange): void {
  (args as { signal?: AbortSignal }).signal = exchange.cancelling.signal;
}

/**
 * Calls off an execution that takes too long, or whose client has left: nothing more is resolved, and the statements
 * that the loaders have under way are stopped. Subscriptions last as long as their client stays.
 */
export function useTimeLimit({ timeMs = DEFAULT_LIMITS.timeMs }: { readonly timeMs?: number } = {}): Plugin {
  return {
    onParams({ request }) {
      const { cancelling } = exchangeOf(request);
      const leave = (): void => cancelling.abort(refusal('CANCELLED', 'The client has left.', { status: 200 }));
      if (request.signal.aborted) leave();
      else request.signal.addEventListener('abort', leave, { once: true });
    },
    onExecute({ args }) {
      const exchange = exchangeIn(args.contextValue);
      const timer = setTimeout(() => exchange.cancelling.abort(tookTooLong(timeMs)), timeMs);
      timer.unref();
      exchange.cancelling.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      stopAt(args, exchange);
      return { onExecuteDone: () => clearTimeout(timer) };
    },
    onSubscribe({ args }) {
      stopAt(args, exchangeIn(args.contextValue));
    },
  };
}
