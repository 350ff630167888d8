import type { Plugin } from 'graphql-yoga';
import { acceptedTypes, isAmong } from './accept.ts';
import { clientError, errorResponse } from './client-error.ts';
import { isOwnPage } from './origin.ts';

/** Types that a browser does not send to another site without a preflight. */
const CONTENT_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/graphql+json',
  'application/graphql',
]);

const CHARSET = /^\s*charset\s*=\s*"?([^"\s]{0,40})/;
/** US-ASCII is UTF-8 too. */
const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/** Parameters of an address, each of which has one value. */
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions', 'documentId'];

/** Types of answers, also of subscriptions. */
const ANSWERS = [
  ...['application/json', 'application/graphql-response+json', 'text/event-stream', 'multipart/mixed', 'text/csv'],
];

/** Whether a page of another site can make a browser send this request without a preflight. */
function isForeign(headers: Headers, allowedOrigins: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) return false;
  const site = headers.get('sec-fetch-site');
  // Programs send neither header; nor do browsers for a GET to an address that they do not trust, such as plain http in
  // a local network.
  if (site === 'none' || (site === null && origin === null)) return false;
  return !isOwnPage(headers);
}

/** Whether an address has a query as text, which no identifier names. */
const hasPlainQuery = ({ searchParams }: URL): boolean =>
  searchParams.has('query') &&
  !searchParams.has('documentId') &&
  !(searchParams.get('extensions') ?? '').includes('persistedQuery');

/**
 * Throws NOT_ACCEPTABLE at a query in an address whose sender names no type of answer: links, images and scripts of any page
 * make a browser send it so, and old browsers do not say from which site.
 */
function rejectPlainGet(headers: Headers): void {
  if (acceptedTypes(headers.get('accept')).some((type) => ANSWERS.includes(type))) return;
  const message =
    'A query in an address is answered to requests that name the type of the answer: send Accept: application/json, or the query by POST. A table (format=csv) needs neither; GRAPPE_ALLOW_PLAIN_GET=true allows it.';
  throw clientError('NOT_ACCEPTABLE', message, { wellFormed: false, status: 406 });
}

interface HttpRules {
  /** Origins whose pages may query. Default: none. */
  readonly allowedOrigins?: readonly string[];
  /** Whether a query in an address is answered whatever its sender accepts. Default: it is. */
  readonly plainGet?: boolean;
}

/** Throws CROSS_SITE_REQUEST at a request of a page of another site, unless its origin is allowed. */
export function rejectForeign(headers: Headers, allowedOrigins: readonly string[]): void {
  if (!isForeign(headers, allowedOrigins)) return;
  const message = 'Pages of other sites may not query this server: GRAPPE_CORS_ORIGINS names those that may.';
  throw clientError('CROSS_SITE_REQUEST', message, { wellFormed: false, status: 403 });
}

/**
 * Accepts only GET, and POST of JSON, and rejects requests from pages of other sites, unless their origin is allowed:
 * no page may use a visitor's browser to reach a server that only the visitor can reach.
 *
 * @example createYoga({ schema, plugins: [useHttpRules({ allowedOrigins: ['https://example.org'] })] })
 */
export function useHttpRules({ allowedOrigins = [], plainGet = true }: HttpRules = {}): Plugin {
  return {
    onRequest({ request, url, endResponse }) {
      if (url.pathname !== '/graphql' || request.method === 'OPTIONS') return;
      const types = acceptedTypes(request.headers.get('accept'));
      if (types.some((type) => isAmong(type, ANSWERS))) return;
      const message = `None of the accepted types is answered here: accept one of ${ANSWERS.join(', ')}.`;
      endResponse(errorResponse(clientError('NOT_ACCEPTABLE', message, { wellFormed: false, status: 406 })));
    },
    onRequestParse({ request, url, requestParser, setRequestParser }) {
      const { method, headers } = request;
      if (method !== 'GET' && method !== 'POST') {
        const message = `GraphQL requests use GET or POST, not ${method}.`;
        throw clientError('METHOD_NOT_ALLOWED', message, {
          wellFormed: false,
          status: 405,
          headers: { Allow: 'GET, POST' },
        });
      }
      rejectForeign(headers, allowedOrigins);
      if (method === 'GET' && !plainGet && hasPlainQuery(url)) rejectPlainGet(headers);
      const repeated = request.url.includes('?')
        ? PARAMETERS.find((name) => url.searchParams.getAll(name).length > 1)
        : undefined;
      if (repeated !== undefined) {
        const message = `The address has ${repeated} more than once: send each parameter once.`;
        throw clientError('BAD_REQUEST', message, { wellFormed: false });
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
        const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
        if (encoding !== '' && encoding !== 'identity') {
          const message = `The body's content encoding is "${encoding.slice(0, 40)}": send it as it is, without compression.`;
          const more = { status: 415, headers: { 'Accept-Encoding': 'identity' } };
          throw clientError('UNSUPPORTED_MEDIA_TYPE', message, { wellFormed: false, ...more });
        }
      }
      if (requestParser === undefined) return;
      setRequestParser(async (given) => {
        try {
          return await requestParser(given);
        } catch (error) {
          if (given.signal.aborted) throw error;
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
