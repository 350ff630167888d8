import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { acceptedTypes, isAmong } from './accept.ts';
import { type Encoding, encodingFor } from './compression.ts';
import { answerOf, type RouteHandler } from './routes.ts';

/** The folder of the built explorer, from which files are served and nothing else is known. */
export const EXPLORER_FOLDER = new URL('../../../explorer/dist/', import.meta.url);

/** Whether the explorer is built. */
export const isExplorerBuilt = (folder: URL = EXPLORER_FOLDER): boolean => existsSync(new URL('index.html', folder));

/** The manifest of the documents that the built explorer sends; null where it is not built, or before it had one. */
export function explorerManifest(folder: URL = EXPLORER_FOLDER): string | null {
  const file = new URL('documents.json', folder);
  return existsSync(file) ? fileURLToPath(file) : null;
}

/** Everything from this server; pictures that a page makes, too. No style or script inside the page. */
const policy = (frames: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames.length === 0 ? "'none'" : frames.join(' ')}`,
  ].join('; ');

/** Before the path of a page: the page alone, for a frame of another site. */
const EMBED_PATH = '/embed';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** How the name of a packed form ends. */
const PACKED: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

const ASSETS_PATH = '/assets/';

const bytesOf = (file: URL): Promise<Uint8Array<ArrayBuffer> | null> =>
  readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );

/** The bytes of a file, as they are or packed. */
interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly encoding?: string;
}

/** The file in the best form that the client accepts; null where there is none. */
async function packed(request: Request, file: URL): Promise<Packed | null> {
  const encoding = encodingFor(request.headers.get('accept-encoding'));
  const found = encoding && (await bytesOf(new URL(`${file.href}${PACKED[encoding]}`)));
  if (found) return { bytes: found, encoding };
  const bytes = await bytesOf(file);
  return bytes === null ? null : { bytes };
}

function fileAnswer(
  request: Request,
  found: Packed | null,
  { status = 200, ...headers }: { readonly status?: number; readonly [header: string]: string | number },
): Response | null {
  if (found === null) return null;
  const tag = `"${createHash('sha256').update(found.bytes).digest('base64url').slice(0, 22)}"`;
  const all = {
    ...(headers as Record<string, string>),
    ETag: tag,
    Vary: 'Accept-Encoding',
    ...(found.encoding ? { 'Content-Encoding': found.encoding } : {}),
  };
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .some((given) => given.trim() === tag);
  if (known && status === 200) return new Response(null, { status: 304, headers: all });
  return new Response(found.bytes, { status, headers: all });
}

const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) && path.length >= pattern.length : path === pattern;

const reads = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** Whether a browser asks for a page. */
const asksForPage = (request: Request): boolean =>
  reads(request) && (request.headers.get('accept')?.includes('text/html') ?? false);

/** Whether a client takes a page: checkers of links and previews take anything, a program names JSON. */
function takesPage(request: Request): boolean {
  const types = acceptedTypes(request.headers.get('accept'));
  const isProgram = types.some((type) => type.includes('json')) && !asksForPage(request);
  return !isProgram && types.some((type) => isAmong(type, ['text/html']));
}

/** The explorer as the server knows it. */
export interface ServedExplorer {
  readonly plugin: Plugin;
  /** The page that browsers see where there is nothing; null for other clients. */
  readonly missing: (request: Request) => Promise<Response | null>;
}

/** The page of a server without GraphiQL: its links leave that out (explorer/src/app/parts/graphiql.tsx). */
const withoutGraphiql = (page: Uint8Array): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(new TextDecoder().decode(page).replace(/<html\b/, '$& data-graphiql="off"'));

/** What of a built explorer is served, and to whom. */
interface ServedExplorerOptions {
  readonly folder?: URL;
  /** Origins whose pages may show pages under /embed in a frame. */
  readonly embedOrigins?: readonly string[];
  /** Whether the server has GraphiQL, to which pages lead. Default: it has. */
  readonly graphiql?: boolean;
}

/** Serves a built explorer: its page to browsers at its own addresses and under /embed, and its files. */
export function serveExplorer(
  logger: Logger,
  { folder = EXPLORER_FOLDER, embedOrigins = [], graphiql = true }: ServedExplorerOptions = {},
): ServedExplorer {
  const pageBytes = async (request: Request): Promise<Packed | null> => {
    const file = new URL('index.html', folder);
    if (graphiql) return packed(request, file);
    const bytes = await bytesOf(file);
    return bytes && { bytes: withoutGraphiql(bytes) };
  };
  const page = async (request: Request, status: number, frames: readonly string[] = []): Promise<Response | null> =>
    fileAnswer(request, await pageBytes(request), {
      status,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy(frames),
      'Referrer-Policy': 'same-origin',
      'Cache-Control': 'no-cache',
    });
  // Their bytes are in memory once, however many clients are being sent them.
  const assets = new Map<string, Packed>();
  const packedAsset = async (request: Request, name: string): Promise<Packed | null> => {
    const key = `${name} ${encodingFor(request.headers.get('accept-encoding'))}`;
    const found = assets.get(key) ?? (await packed(request, new URL(`assets/${name}`, folder)));
    if (found !== null) assets.set(key, found);
    return found;
  };
  const asset = async (request: Request, name: string): Promise<Response> => {
    const found = /^[\w-]+(?:\.[\w-]+)+$/.test(name)
      ? fileAnswer(request, await packedAsset(request, name), {
          'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
          // The name has a hash of the contents.
          'Cache-Control': 'public, max-age=31536000, immutable',
        })
      : null;
    return found ?? new Response('There is no such file.', { status: 404, headers: { 'Content-Type': 'text/plain' } });
  };
  // Each request that takes a page asks for them: they are read once.
  let known: readonly string[] | null = null;
  const paths = async (): Promise<readonly string[]> => {
    if (known !== null) return known;
    const bytes = await bytesOf(new URL('paths.json', folder));
    if (bytes === null) return [];
    known = JSON.parse(new TextDecoder().decode(bytes)) as string[];
    return known;
  };
  const pageAt = async (path: string, request: Request): Promise<Response | null> => {
    const isEmbedded = path.startsWith(`${EMBED_PATH}/`);
    const own = isEmbedded ? path.slice(EMBED_PATH.length) : path;
    if (!(await paths()).some((pattern) => matches(pattern, own))) return null;
    return page(request, 200, isEmbedded ? embedOrigins : []);
  };
  return {
    plugin: {
      onRequest({ request, url, endResponse }) {
        const path = url.pathname;
        if (!reads(request)) return;
        if (path.startsWith(ASSETS_PATH)) {
          const route: RouteHandler = () => asset(request, path.slice(ASSETS_PATH.length));
          return answerOf(route, request, logger).then(endResponse);
        }
        // At / programs get the figures of the graph.
        if (!(path === '/' ? asksForPage : takesPage)(request)) return;
        return pageAt(path, request).then((found) => {
          if (found !== null) endResponse(found);
        });
      },
    },
    missing: (request) => (asksForPage(request) ? page(request, 404) : Promise.resolve(null)),
  };
}
