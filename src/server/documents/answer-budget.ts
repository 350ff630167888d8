import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../../config/limits.ts';
import { requestStateIn } from '../http/request-state.ts';
import { type BudgetLimits, tooLarge } from './budget.ts';
import { bytesWithin } from './reading/answer-bytes.ts';

/**
 * Stops executions whose answers become too large, and rejects answers that are too long before they are written:
 * writing JSON blocks all other requests. Each event of a subscription has its own budget.
 */
export function useAnswerBudget({ answerBytes = DEFAULT_LIMITS.answerBytes }: Partial<BudgetLimits> = {}): Plugin {
  const bounded = (result: ExecutionResult, setResult: (result: ExecutionResult) => void): void => {
    if (result.data == null || bytesWithin(result.data, answerBytes)) return;
    setResult({ data: null, errors: [tooLarge('bytes', answerBytes)] });
  };
  return {
    onExecute({ args }) {
      const { budget, cancelling } = requestStateIn(args.contextValue);
      budget?.begin((reason) => cancelling.abort(reason));
      return {
        onExecuteDone({ result, setResult }) {
          if (!isAsyncIterable(result)) bounded(result, setResult);
        },
      };
    },
    onSubscribe: () => ({
      onSubscribeResult: () => ({
        onNext({ result, setResult }) {
          bounded(result as ExecutionResult, setResult as (result: ExecutionResult) => void);
        },
      }),
    }),
  };
}
