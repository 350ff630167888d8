import type { BlockList } from 'node:net';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { NoPlaceError, type NoPlaceReason, type RequestPlaces } from '../../scheduling/request-places.ts';
import type { Metrics } from '../observe/metrics.ts';
import { addressOf } from './client.ts';
import { clientError } from './client-error.ts';
import { requestState, requestStateIn } from './request-state.ts';

/** Seconds after which a rejected request may be sent again. */
const RETRY_AFTER = '2';

const MESSAGES: Readonly<Record<NoPlaceReason, string>> = {
  SHARE:
    'You have as many requests in progress as one client may, or large answers that you have not read yet: take their answers, then send this one again.',
  FULL: 'The server has as many requests in progress as it can process: send this one again in some seconds.',
  WAITED: 'The server was busy with other requests, and this one was not begun: send it again in some seconds.',
};

/** The error of a request that got no place, or whose answer would be one too many in memory. */
export function overloaded(reason: NoPlaceReason): GraphQLError {
  return clientError('OVERLOADED', MESSAGES[reason], {
    wellFormed: false,
    status: 503,
    details: { reason },
    headers: { 'Retry-After': RETRY_AFTER },
  });
}

/** The connection of a request; absent if a test calls `fetch`. */
interface ServerContext {
  readonly req?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/** Notes the address of the client: clients are distinguished by it, or by their token. */
export function useClientAddress(proxies: BlockList): Plugin {
  return {
    onRequest({ request, serverContext }) {
      const peer = (serverContext as ServerContext | undefined)?.req?.socket?.remoteAddress;
      if (peer === undefined) return;
      requestState(request).address = addressOf(peer, request.headers.get('x-forwarded-for'), proxies);
    },
  };
}

/**
 * Processes one document in each turn of the event loop: each takes some milliseconds, and with many at once everything
 * else would wait for all of them. Cached answers do not wait.
 */
export function useTurns(): Plugin {
  return {
    onParams({ request, paramsHandler, setParamsHandler }) {
      setParamsHandler(async (payload) => {
        await requestState(request).requester.slices.start();
        return paramsHandler(payload);
      });
    },
  };
}

/**
 * Limits the requests executed at one time. Others wait for a place, within their time limit; with too many waiting,
 * they are rejected with 503. Cached answers do not wait. Must come after the plugins that limit cost and time.
 */
export function useAdmission(places: RequestPlaces, metrics: Metrics): Plugin {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const state = requestStateIn(args.contextValue);
      setExecuteFn(async (given: ExecutionArgs) => {
        const startedAt = performance.now();
        const leave = await places.enter(state.client, state.cancelling.signal).catch((error) => {
          if (!(error instanceof NoPlaceError)) throw error;
          metrics.turnedAway(error.reason);
          throw overloaded(error.reason);
        });
        metrics.waited('request', (performance.now() - startedAt) / 1_000);
        try {
          const { slices } = state.requester;
          if (slices.isOver) await slices.start();
          return await executeFn(given);
        } finally {
          leave();
        }
      });
    },
  };
}
