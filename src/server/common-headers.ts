import type { Plugin } from 'graphql-yoga';
import { exchangeOf } from './exchange.ts';

/** Puts on every answer the id under which the log knows it, and keeps browsers and caches from guessing. */
export function useCommonHeaders({ variesByOrigin = false }: { readonly variesByOrigin?: boolean } = {}): Plugin {
  return {
    onResponse({ request, response }) {
      response.headers.set('X-Request-Id', exchangeOf(request).id);
      response.headers.set('X-Content-Type-Options', 'nosniff');
      if (variesByOrigin) response.headers.append('Vary', 'Origin');
    },
  };
}
