import type { Plugin } from 'graphql-yoga';
import { requestState } from './request-state.ts';

/** Features of browsers that no page of this server uses. */
const UNUSED_FEATURES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/**
 * Headers of every answer: browsers must not guess the type, tell other sites from where they come, show the answer in a
 * frame, or run or load anything; the headers of the request on which the answer depends; no cache stores it. Those of
 * `OWN` may be others where an answer has its own.
 */
export const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  Vary: 'Accept, Accept-Encoding, Authorization, Cookie, Origin',
  'Cache-Control': 'no-store',
} as const;

const OWN: ReadonlySet<string> = new Set(['Cache-Control', 'Content-Security-Policy']);

/** Whether an answer says itself which pages may show it in a frame: X-Frame-Options can only forbid it to all of them. */
const isFramed = (headers: Headers): boolean =>
  /frame-ancestors (?!'none')/.test(headers.get('Content-Security-Policy') ?? '');

/** Adds the common headers to every answer, and the request id of the log. */
export function useCommonHeaders(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      headers.set('X-Request-Id', requestState(request).id);
      for (const [name, value] of Object.entries(COMMON_HEADERS)) {
        if (name === 'X-Frame-Options' && isFramed(headers)) continue;
        if (!OWN.has(name) || !headers.has(name)) headers.set(name, value);
      }
    },
  };
}
