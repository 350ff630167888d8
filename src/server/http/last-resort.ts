import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { errorResponse } from './client-error.ts';
import { failureOf } from './failure.ts';
import { requestState } from './request-state.ts';

/**
 * Answers what nothing else has answered: an error within a plugin, which the HTTP library would show with its stack. It is
 * logged, and hidden.
 */
export function useLastResort(logger: Logger): Plugin {
  return {
    onRequest({ requestHandler, setRequestHandler }) {
      setRequestHandler(async (request, context) => {
        try {
          return await requestHandler(request, context);
        } catch (error) {
          const state = requestState(request);
          const failure = failureOf(error, { state, logger });
          state.errorCodes = [String(failure.extensions.code)];
          return errorResponse(failure);
        }
      });
    },
  };
}
