import type { ExecutionResult } from 'graphql';
import { type GraphQLParams, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { type Key, keyOf, shortened } from '../domain/key.ts';
import type { Author } from '../domain/role.ts';
import type { ResultCache } from '../loaders/result-cache.ts';
import { type RequestState, requestState } from './request-state.ts';

/** An answer without errors as it goes over the wire, and what the log tells of its question. */
interface CachedAnswer {
  readonly text: string;
  readonly operation: RequestState['operation'];
  readonly cost: RequestState['cost'];
}

/** An answer whose text is there already. Yoga takes it from `stringify`. */
type WrittenResult = ExecutionResult & { readonly stringify: () => string };

/**
 * What is asked and by whom. Anything else does not change the answer of one state of the graph: of the media type that is
 * accepted only how the text is sent.
 */
function answerKey({ query, operationName, variables }: GraphQLParams, author: Author | null): Key {
  const { name, role } = author ?? { name: null, role: null };
  const asked = { query: query ?? null, operationName: operationName ?? null, variables: variables ?? null };
  return shortened(keyOf('answer', { ...asked, author: { name, role } }));
}

/**
 * Answers a query that was asked before with the same text, as long as the graph is in the same state, of which it asks
 * after the question came: nothing is parsed, validated or executed then. Only answers without errors that are of one
 * state as a whole are cache, among the results of loaders and within their bound.
 *
 * @example createYoga({ schema, plugins: [useAnswerCache(new ResultCache(engine, { bytes: 1e6, stalenessMs: 0 }))] })
 */
export function useAnswerCache(cache: ResultCache): Plugin {
  /** Questions that were not answered from what is cache. */
  const keys = new WeakMap<Request, Key>();
  return {
    async onParams({ request, params, setResult }) {
      const state = requestState(request);
      const key = answerKey(params, state.author);
      const found = await cache.validated<CachedAnswer>(key);
      if (found === null) {
        keys.set(request, key);
        return;
      }
      const { value, version, probes } = found;
      state.operation = value.operation;
      state.cost = value.cost;
      state.readings = { batches: { roundTrips: probes, statements: probes }, answeredAt: version };
      setResult({ stringify: () => value.text } as WrittenResult);
    },
    onResultProcess({ request, result, setResult }) {
      const key = keys.get(request);
      const { operation, cost, readings } = requestState(request);
      const version = readings?.answeredAt ?? null;
      if (key === undefined || version === null || operation?.type !== 'query') return;
      if (isAsyncIterable(result) || Array.isArray(result) || result.errors !== undefined) return;
      const text = JSON.stringify(result);
      cache.set(key, version, { text, operation, cost } satisfies CachedAnswer);
      setResult({ ...result, stringify: () => text } as WrittenResult);
    },
  };
}
