import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { WorkFollower } from '../../scheduling/requester.ts';
import { requestState } from '../http/request-state.ts';
import { StatementTimes } from './slow-statements.ts';
import type { RequestTrace, Tracing } from './tracing.ts';

/** Names of statements in one line of the log. */
const MAX_STATEMENTS = 20;
/** Steps of a plan in one line of the log. */
const MAX_STEPS = 50;

interface Options {
  /** Sends traces; null: none. */
  readonly tracing: Tracing | null;
  /** Milliseconds from which a question is slow; null: none is logged. */
  readonly slowMs: number | null;
  readonly logger: Logger;
}

/** Both follow the same work. */
function both(one: WorkFollower, other: WorkFollower): WorkFollower {
  return {
    statementBegun(name) {
      const ends = [one.statementBegun(name), other.statementBegun(name)];
      return (error) => {
        for (const end of ends) end(error);
      };
    },
    batchBegun() {
      const [first, second] = [one.batchBegun(), other.batchBegun()];
      return {
        run: (work) => first.run(() => second.run(work)),
        end() {
          first.end();
          second.end();
        },
      };
    },
  };
}

/**
 * Sends a trace of each GraphQL request, and logs slow ones with their plan and statements, but without values of
 * variables. Does nothing where neither is configured.
 */
export function useFollowedWork({ tracing, slowMs, logger }: Options): Plugin {
  if (tracing === null && slowMs === null) return {};
  const traces = new WeakMap<Request, RequestTrace>();
  const times = new WeakMap<Request, StatementTimes>();
  return {
    onRequest({ request, url }) {
      if (url.pathname !== '/graphql') return;
      const traced = tracing?.begin(request.headers, request.method) ?? null;
      const timed = slowMs === null ? null : new StatementTimes();
      if (traced) traces.set(request, traced);
      if (timed) times.set(request, timed);
      const state = requestState(request);
      state.traceId = traced?.traceId ?? null;
      state.follower = traced && timed ? both(traced, timed) : (traced ?? timed);
    },
    onResponse({ request, response }) {
      const state = requestState(request);
      if (!state.isGraphQL) return;
      const { id: requestId, operation, milliseconds, readings, cost, errorCodes, isFromCache, traceId } = state;
      const { type = null, name = null } = operation ?? {};
      const { roundTrips = 0, statements = 0 } = readings?.batches ?? {};
      const requested = cost?.requested ?? null;
      traces.get(request)?.end({
        ...{ requestId, type, name, status: response.status, cost: requested, roundTrips, statements },
        ...{ isFromCache, errorCodes },
      });
      // A subscription has only begun.
      if (slowMs === null || milliseconds < slowMs || type === 'subscription') return;
      const line = {
        ...{ requestId, operation: name, type, ms: Math.round(milliseconds), cost: requested, roundTrips },
        plan: (readings?.plan ?? []).slice(0, MAX_STEPS),
        statements: times.get(request)?.longest(MAX_STATEMENTS) ?? [],
        outcome: errorCodes.length === 0 ? 'ok' : errorCodes.join(','),
        ...(traceId !== null && { traceId }),
      };
      logger.warn(line, 'slow question');
    },
  };
}
