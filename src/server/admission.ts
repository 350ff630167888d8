import type { BlockList } from 'node:net';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { NoPlaceError, type NoPlaceReason, type RequestPlaces } from '../scheduling/request-places.ts';
import { addressOf } from './client.ts';
import { clientError } from './client-error.ts';
import type { Metrics } from './metrics.ts';
import { requestState, requestStateIn } from './request-state.ts';

/** Seconds after which a request that was turned away may be sent again. */
const RETRY_AFTER = '2';

const MESSAGES: Readonly<Record<NoPlaceReason, string>> = {
  SHARE: 'You have as many requests under way as one client may: wait for their answers, then send this one again.',
  FULL: 'The server has as many requests under way as it can take: send this one again in some seconds.',
  WAITED: 'The server was busy with other requests, and this one was not begun: send it again in some seconds.',
};

function overloaded(reason: NoPlaceReason): GraphQLError {
  return clientError('OVERLOADED', MESSAGES[reason], {
    wellFormed: false,
    status: 503,
    details: { reason },
    headers: { 'Retry-After': RETRY_AFTER },
  });
}

/** What Yoga tells of a request that came over a connection; nothing where a test asks it by `fetch`. */
interface ServerContext {
  readonly req?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/** Finds out which address a request comes from: who shares the server with others is told by it, or by a token. */
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
 * Reads and executes one document in each turn of the event loop: of many that come at once each takes some milliseconds
 * for it, and others would wait for all of them. Answers that are there already pass by.
 */
export function useTurns(): Plugin {
  return {
    onParams({ request, paramsHandler, setParamsHandler }) {
      setParamsHandler(async (payload) => {
        await requestState(request).slices.next();
        return paramsHandler(payload);
      });
    },
  };
}

/**
 * Executes no more requests at one time than there are places; others wait for theirs, within their time limit, and are
 * turned away with 503 where too many wait. Answers that are there already pass by. To come after the plugins that limit
 * the cost and the time of an execution.
 */
export function useAdmission(places: RequestPlaces, metrics: Metrics): Plugin {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const state = requestStateIn(args.contextValue);
      setExecuteFn(async (given: ExecutionArgs) => {
        const askedAt = performance.now();
        const leave = await places.enter(state.client, state.cancelling.signal).catch((error) => {
          if (!(error instanceof NoPlaceError)) throw error;
          metrics.turnedAway(error.reason);
          throw overloaded(error.reason);
        });
        metrics.waited('request', (performance.now() - askedAt) / 1_000);
        try {
          await state.slices.next();
          return await executeFn(given);
        } finally {
          leave();
        }
      });
    },
  };
}
