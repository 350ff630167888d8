import type { ExecutionResult } from 'graphql';
import { type GraphQLParams, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { compactKey, type Key, keyOf } from '../../domain/key.ts';
import type { Author } from '../../domain/role.ts';
import type { ResultCache } from '../../loaders/result-cache.ts';
import { type RequestState, requestState } from './request-state.ts';

/** The text of an answer without errors, and its operation for the log. */
interface CachedAnswer {
  readonly text: string;
  readonly operation: RequestState['operation'];
  readonly cost: RequestState['cost'];
}

/** An answer with its text, which Yoga takes from `stringify`. */
type WrittenResult = ExecutionResult & { readonly stringify: () => string };

/**
 * The key of an answer: the request and its author. Nothing else changes the answer at one version of the graph; the
 * accepted media type only changes how the text is sent.
 */
function answerKey({ query, operationName, variables }: GraphQLParams, author: Author | null): Key {
  const { name, role } = author ?? { name: null, role: null };
  const question = { query: query ?? null, operationName: operationName ?? null, variables: variables ?? null };
  return compactKey(keyOf('answer', { ...question, author: { name, role } }));
}

/**
 * Answers a repeated query with the same text, while the graph has the same version, which is read after the request
 * came: nothing is parsed, validated or executed. Only answers without errors that show one version are cached, with
 * the results of loaders and within their limit.
 *
 * @example createYoga({ schema, plugins: [useAnswerCache(new ResultCache(engine, { bytes: 1e6, stalenessMs: 0 }))] })
 */
export function useAnswerCache(cache: ResultCache): Plugin {
  /** Requests that were not answered from the cache. */
  const keys = new WeakMap<Request, Key>();
  return {
    onParams({ request, params, setResult }) {
      const state = requestState(request);
      const key = answerKey(params, state.author);
      keys.set(request, key);
      state.cacheStatus = 'MISS';
      if (cache.get(key) === undefined) return;
      return cache.validated<CachedAnswer>(key).then((found) => {
        if (found === null) return;
        const { value, version, probes } = found;
        keys.delete(request);
        state.cacheStatus = 'HIT';
        state.isFromCache = true;
        state.operation = value.operation;
        state.cost = value.cost;
        state.readings = { batches: { roundTrips: probes, statements: probes }, answeredAt: version };
        setResult({ stringify: () => value.text } as WrittenResult);
      });
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
