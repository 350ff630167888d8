import { createHash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { type GraphQLParams, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Author } from '../domain/role.ts';
import type { KeptResults } from '../loaders/kept-results.ts';
import { type Exchange, exchangeOf } from './exchange.ts';

/** An answer without errors as it goes over the wire, and what the log tells of its question. */
interface KeptAnswer {
  readonly text: string;
  readonly operation: Exchange['operation'];
  readonly cost: Exchange['cost'];
}

/** An answer whose text is there already. Yoga takes it from `stringify`. */
type WrittenResult = ExecutionResult & { readonly stringify: () => string };

/** Names a question: what is asked and by whom. Anything else does not change the answer of one state of the graph. */
function nameOf({ query, operationName, variables }: GraphQLParams, author: Author | null): string {
  const parts = [query, operationName ?? null, variables ?? null, author?.name ?? null, author?.role ?? null];
  return `answer ${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

/**
 * Answers a query that was asked before with the same text, as long as the graph is in the same state, of which it asks
 * after the question came: nothing is parsed, validated or executed then. Only answers without errors that are of one
 * state as a whole are kept, among the results of loaders and within their bound.
 *
 * @example createYoga({ schema, plugins: [useKeptAnswers(new KeptResults(engine, { bytes: 1e6, stalenessMs: 0 }))] })
 */
export function useKeptAnswers(kept: KeptResults): Plugin {
  /** Questions that were not answered from what is kept. */
  const names = new WeakMap<Request, string>();
  return {
    async onParams({ request, params, setResult }) {
      const exchange = exchangeOf(request);
      const name = nameOf(params, exchange.author);
      const found = await kept.confirmed<KeptAnswer>(name);
      if (found === null) {
        names.set(request, name);
        return;
      }
      const { value, version, probes } = found;
      exchange.operation = value.operation;
      exchange.cost = value.cost;
      exchange.readings = { flights: { count: probes, statements: probes }, answeredAt: version };
      setResult({ stringify: () => value.text } as WrittenResult);
    },
    onResultProcess({ request, result, setResult }) {
      const name = names.get(request);
      const { operation, cost, readings } = exchangeOf(request);
      const version = readings?.answeredAt ?? null;
      if (name === undefined || version === null || operation?.type !== 'query') return;
      if (isAsyncIterable(result) || Array.isArray(result) || result.errors !== undefined) return;
      const text = JSON.stringify(result);
      kept.keep(name, version, { text, operation, cost } satisfies KeptAnswer);
      setResult({ ...result, stringify: () => text } as WrittenResult);
    },
  };
}
