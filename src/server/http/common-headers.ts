import type { Plugin } from 'graphql-yoga';
import { requestState } from './request-state.ts';

/**
 * Headers of every answer: browsers must not guess the type; the headers of the request on which the answer depends; no
 * cache stores it, unless the answer says otherwise.
 */
export const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept, Authorization, Cookie, Origin',
  'Cache-Control': 'no-store',
} as const;

/** Adds the common headers to every answer, and the request id of the log. */
export function useCommonHeaders(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      headers.set('X-Request-Id', requestState(request).id);
      for (const [name, value] of Object.entries(COMMON_HEADERS)) {
        if (name === 'Cache-Control' && headers.has(name)) continue;
        // A file depends on its encoding too.
        if (name === 'Vary' && headers.get(name) === 'Accept-Encoding') headers.append(name, value);
        else headers.set(name, value);
      }
    },
  };
}
