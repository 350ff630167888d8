import type { Plugin } from 'graphql-yoga';
import { requestState } from './request-state.ts';

/**
 * What every answer says of itself, whatever its path and status: the type is not to be guessed; which headers of the
 * request decide what is answered; that no cache stores it, unless the answer says otherwise.
 */
export const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Accept, Authorization, Cookie, Origin',
  'Cache-Control': 'no-store',
} as const;

/** Puts the common headers on every answer, and the id under which the log knows it. */
export function useCommonHeaders(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      headers.set('X-Request-Id', requestState(request).id);
      for (const [name, value] of Object.entries(COMMON_HEADERS)) {
        if (name !== 'Cache-Control' || !headers.has(name)) headers.set(name, value);
      }
    },
  };
}
