import { CompressionStream, ReadableStream } from 'node:stream/web';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { NoPlaceError, RequestPlaces } from '../../scheduling/request-places.ts';
import { weightedValues } from './accept.ts';
import { clientError } from './client-error.ts';
import { assertNamedHere } from './other-server.ts';
import { requestState } from './request-state.ts';
import { answerOf } from './routes.ts';

/** Where files are fetched, followed by the token of a link and a name, which does not matter. */
export const EXPORTS_PATH = '/exports/';
/** Files that are sent at a time, and the share of one client in percent: a client that reads slowly leaves some to others. */
const MAX_DOWNLOADS = 4;
const CLIENT_SHARE = 50;

/** A file that is written while it is sent. */
export interface ExportFile {
  readonly name: string;
  readonly contentType: string;
  readonly parts: AsyncIterable<string | Uint8Array>;
}

/** The file of a link; null where it has expired. */
export type OpenExport = (token: string, signal: AbortSignal) => Promise<ExportFile | null>;

const acceptsGzip = ({ headers }: Request): boolean =>
  weightedValues(headers.get('accept-encoding') ?? '').some(({ value, weight }) => value === 'gzip' && weight > 0);

interface Options {
  /** Whether there may be other servers of the graph, whose links may come here. */
  readonly isShared: boolean;
  readonly logger: Logger;
}

/** Sends files by links that expire, a few at a time, packed for clients that accept it. */
export function useExports(open: OpenExport, { isShared, logger }: Options): Plugin {
  const places = new RequestPlaces({
    ...{ executions: MAX_DOWNLOADS, waiting: 0, sharePercent: CLIENT_SHARE, waitMs: 0 },
  });

  async function* bytesOf(parts: AsyncIterable<string | Uint8Array>, end: () => void): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
    } finally {
      end();
    }
  }

  /** Takes a place for a file; returns a function that gives it back. */
  async function begun(request: Request): Promise<() => void> {
    const end = await places.enter(requestState(request).client).catch((error: unknown) => {
      if (!(error instanceof NoPlaceError)) throw error;
      const headers = { 'Retry-After': '5' };
      const message = `${MAX_DOWNLOADS} files are being sent, or two to you: ask again in a few seconds.`;
      throw clientError('OVERLOADED', message, { status: 503, headers });
    });
    // Also where the client leaves before the file begins.
    request.signal.addEventListener('abort', end, { once: true });
    return end;
  }

  async function file(request: Request): Promise<Response> {
    const end = await begun(request);
    try {
      return await sent(request, end);
    } catch (error) {
      end();
      throw error;
    }
  }

  async function sent(request: Request, end: () => void): Promise<Response> {
    const [token = ''] = new URL(request.url).pathname.slice(EXPORTS_PATH.length).split('/');
    const found = await open(token, request.signal).catch((error: unknown) => {
      // A client that has left hears of nothing.
      if (request.signal.aborted) return null;
      throw error;
    });
    if (found === null) {
      assertNamedHere(token, 'the file of this link', isShared);
      throw clientError('EXPORT_EXPIRED', 'This link has expired: ask for a new one with export.', { status: 410 });
    }
    const isPacked = acceptsGzip(request);
    const headers = {
      'Content-Type': found.contentType,
      'Content-Disposition': `attachment; filename="${found.name}"`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      Vary: 'Accept-Encoding',
      ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    };
    if (request.method === 'HEAD') {
      end();
      return new Response(null, { headers });
    }
    const bytes = ReadableStream.from(bytesOf(found.parts, end));
    const body = isPacked ? bytes.pipeThrough(new CompressionStream('gzip')) : bytes;
    return new Response(body as unknown as BodyInit, { headers });
  }

  return {
    onRequest({ request, url, endResponse }) {
      if (!url.pathname.startsWith(EXPORTS_PATH)) return;
      const { method } = request;
      const answer = (): Promise<Response> => {
        if (method === 'GET' || method === 'HEAD') return file(request);
        const message = `A file is read by GET, not by ${method}.`;
        throw clientError('METHOD_NOT_ALLOWED', message, { status: 405, headers: { Allow: 'GET, HEAD' } });
      };
      return answerOf(answer, request, logger).then(endResponse);
    },
  };
}
