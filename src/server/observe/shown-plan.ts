import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { requestStateIn } from '../http/request-state.ts';

/**
 * Shows in `extensions.plan` how each part of each list was read: from the snapshot, by a statement, or by both. What
 * earlier requests had read is not in it; a complete answer from the cache has the plan by which it was read.
 */
export function useShownPlan(): Plugin {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          const plan = requestStateIn(args.contextValue).readings?.plan ?? [];
          if (isAsyncIterable(result) || plan.length === 0) return;
          setResult({ ...result, extensions: { ...result.extensions, plan } });
        },
      };
    },
  };
}
