import type { Plugin } from 'graphql-yoga';
import { clientError } from './client-error.ts';
import { isOwnPage } from './origin.ts';

/** Types that a browser never sends to another site without asking it first. */
const CONTENT_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/graphql+json',
  'application/graphql',
]);

const CHARSET = /^\s*charset\s*=\s*"?([^"\s]{0,40})/;
/** US-ASCII is UTF-8 too. */
const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** What a page of another site could make a visitor's browser send, without a word from this server. */
function isForeign(headers: Headers, allowedOrigins: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) return false;
  const site = headers.get('sec-fetch-site');
  // Programs say neither; nor do browsers that do not trust the address, as for plain http in a local network, of pages
  // that ask by GET.
  if (site === 'none' || (site === null && origin === null)) return false;
  return !isOwnPage(headers);
}

/**
 * Keeps to GET and POST of JSON, and turns away what pages of other sites send, unless their origin is allowed: a
 * visitor's browser must not be used to reach a server that only the visitor can reach.
 *
 * @example createYoga({ schema, plugins: [useHttpRules({ allowedOrigins: ['https://example.org'] })] })
 */
export function useHttpRules({ allowedOrigins = [] }: { readonly allowedOrigins?: readonly string[] } = {}): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser }) {
      const { method, headers } = request;
      if (method !== 'GET' && method !== 'POST') {
        const message = `GraphQL is asked by GET or POST, not by ${method}.`;
        throw clientError('METHOD_NOT_ALLOWED', message, {
          wellFormed: false,
          status: 405,
          headers: { Allow: 'GET, POST' },
        });
      }
      if (isForeign(headers, allowedOrigins)) {
        const message = 'Pages of other sites may not ask this server: GRAPPE_CORS_ORIGINS names those that may.';
        throw clientError('CROSS_SITE_REQUEST', message, { wellFormed: false, status: 403 });
      }
      if (method === 'POST') {
        const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(/[;,]/);
        if (!CONTENT_TYPES.has(type.trim()) || requestParser === undefined) {
          const message = `The body's content type is ${type === '' ? 'missing' : `"${type}"`}: send JSON, as application/json.`;
          throw clientError('UNSUPPORTED_MEDIA_TYPE', message, { wellFormed: false, status: 415 });
        }
        const charset = parameters.map((parameter) => CHARSET.exec(parameter)?.[1]).find((name) => name !== undefined);
        if (charset !== undefined && !UTF_8.has(charset)) {
          const message = `The body's charset is "${charset}": send JSON in UTF-8.`;
          throw clientError('UNSUPPORTED_MEDIA_TYPE', message, { wellFormed: false, status: 415 });
        }
      }
      if (requestParser === undefined) return;
      setRequestParser(async (asked) => {
        try {
          return await requestParser(asked);
        } catch (error) {
          if (asked.signal.aborted) throw error;
          const message =
            method === 'POST'
              ? 'The body is not a JSON object.'
              : 'The variables or extensions of the address are not JSON.';
          throw clientError('BAD_REQUEST', message, { wellFormed: false });
        }
      });
    },
  };
}
