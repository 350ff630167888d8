import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../../config/limits.ts';
import { tookTooLong } from '../documents/budget.ts';
import { clientError } from './client-error.ts';
import { type RequestState, requestState, requestStateIn } from './request-state.ts';

/** The executor stops at the signal too, which it accepts as a further argument. */
function stopAt(args: object, state: RequestState): void {
  (args as { signal?: AbortSignal }).signal = state.cancelling.signal;
}

/**
 * Aborts an execution that takes too long, or whose client has left: nothing more is resolved, and running statements
 * are stopped. Subscriptions have no time limit.
 */
export function useTimeLimit({ timeMs = DEFAULT_LIMITS.timeMs }: { readonly timeMs?: number } = {}): Plugin {
  return {
    onParams({ request }) {
      const { cancelling } = requestState(request);
      const leave = (): void => cancelling.abort(clientError('CANCELLED', 'The client has left.', { status: 200 }));
      if (request.signal.aborted) leave();
      else request.signal.addEventListener('abort', leave, { once: true });
    },
    onExecute({ args }) {
      const state = requestStateIn(args.contextValue);
      const timer = setTimeout(() => state.cancelling.abort(tookTooLong(timeMs)), timeMs);
      timer.unref();
      state.cancelling.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      stopAt(args, state);
      return { onExecuteDone: () => clearTimeout(timer) };
    },
    onSubscribe({ args }) {
      stopAt(args, requestStateIn(args.contextValue));
    },
  };
}
