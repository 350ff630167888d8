import type { CORSOptions } from 'graphql-yoga';
import type { Config } from '../../config.ts';
import { EXPORTS_PATH } from './exports.ts';
import { isOwnPage } from './origin.ts';

/** What the pages of other origins may read. */
export type CorsSettings = Pick<Config, 'corsOrigins'> & Partial<Pick<Config, 'exportOrigins'>>;

/** The origins whose pages may read the files of links: those that may query, and viewers. */
export const fileReaders = ({ corsOrigins, exportOrigins = [] }: CorsSettings): readonly string[] => [
  ...new Set([...corsOrigins, ...exportOrigins]),
];

/** Headers that clients send besides those that every page may send. */
const ALLOWED_HEADERS = [
  ...[
    'Content-Type',
    'Authorization',
    'If-None-Match',
    'X-Request-Id',
    'Traceparent',
    'Tracestate',
    'Mcp-Protocol-Version',
  ],
  // Of Apollo Client.
  ...['Apollo-Require-Preflight', 'Apollographql-Client-Name', 'Apollographql-Client-Version'],
];

/** Headers of answers that pages of other origins may read. */
const EXPOSED_HEADERS = [
  ...['X-Request-Id', 'ETag', 'Retry-After', 'Link', 'Content-Disposition'],
  ...['X-Query-Cost', 'Cache-Status', 'RateLimit', 'RateLimit-Policy'],
];

/**
 * The rules for pages of other origins: some may send queries, these and others may read files. Never with credentials.
 * `onForeign` is called with an origin whose pages may not.
 */
export function corsRules(
  settings: CorsSettings,
  onForeign: (origin: string) => void = () => {},
): (request: Request) => CORSOptions {
  const readers = fileReaders(settings);
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null) return false;
    const isFile = new URL(request.url).pathname.startsWith(EXPORTS_PATH);
    if (!(isFile ? readers : settings.corsOrigins).includes(origin)) {
      if (!isFile && !isOwnPage(request.headers)) onForeign(origin);
      return false;
    }
    if (isFile) return { origin: [origin], credentials: false, methods: ['GET'], maxAge: 600 };
    return {
      origin: [origin],
      credentials: false,
      methods: ['GET', 'POST'],
      allowedHeaders: ALLOWED_HEADERS,
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    };
  };
}

/** A function that gives one hint in all, at the first origin that is not allowed, with the setting that would allow it. */
export function hintOnce(
  hint: (line: string) => void,
  { corsOrigins }: Pick<Config, 'corsOrigins'>,
): (origin: string) => void {
  let isGiven = false;
  return (origin) => {
    // The origin comes from anywhere: only what a browser would send is shown.
    if (isGiven || origin.length > 200 || !URL.canParse(origin) || new URL(origin).origin !== origin) return;
    isGiven = true;
    hint(`a page of ${origin} was not allowed to query: GRAPPE_CORS_ORIGINS=${[...corsOrigins, origin]} allows it`);
  };
}
