import type { ExecutionResult } from 'graphql';
import { type GraphQLParams, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { type RequestState, requestState } from './request-state.ts';

/** What `extensions.report` of an answer says. */
const reportOf = ({ id, cost, cacheStatus, rate }: RequestState): object => ({
  requestId: id,
  cost,
  cache: cacheStatus,
  rate: rate && { limit: rate.limit, remaining: rate.remaining, resetSeconds: rate.resetS },
});

const asksForReport = ({ extensions }: GraphQLParams): boolean => extensions?.report === true;

type Result = ExecutionResult & { readonly stringify?: () => string };

/** A cached answer has its text only. */
function withReport(result: Result, report: object): Result {
  const { data, errors, extensions } =
    result.data === undefined && result.stringify ? (JSON.parse(result.stringify()) as Result) : result;
  return { ...(data === undefined ? {} : { data }), ...(errors && { errors }), extensions: { ...extensions, report } };
}

/**
 * Reports the cost of a request, whether its answer came from memory, and what its client has left: in headers
 * (`X-Query-Cost`; `Cache-Status` of RFC 9211; `RateLimit` and `RateLimit-Policy` as the IETF proposes them), and in
 * `extensions.report` to a client that sends `extensions: { report: true }`. Must come after the cache of answers.
 */
export function useReport(): Plugin {
  const asking = new WeakSet<Request>();
  return {
    onParams({ request, params }) {
      if (asksForReport(params)) asking.add(request);
    },
    onResultProcess({ request, result, setResult }) {
      if (!asking.has(request) || isAsyncIterable(result) || Array.isArray(result)) return;
      setResult(withReport(result as Result, reportOf(requestState(request))));
    },
    onResponse({ request, response: { headers } }) {
      const { isGraphQL, cost, cacheStatus, rate } = requestState(request);
      if (!isGraphQL) return;
      if (cost !== null) headers.set('X-Query-Cost', String(cost.requested));
      if (cacheStatus !== null) headers.set('Cache-Status', `Grappe; ${cacheStatus === 'HIT' ? 'hit' : 'fwd=miss'}`);
      if (rate === null) return;
      headers.set('RateLimit-Policy', `"cost";q=${rate.limit};w=60`);
      headers.set('RateLimit', `"cost";r=${rate.remaining};t=${rate.resetS}`);
    },
  };
}
