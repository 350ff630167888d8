import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'graphql-yoga';
import { weightedValues } from './accept.ts';
import { requestState } from './request-state.ts';

/** Bytes of an answer that is not worth compressing: it fits in one packet of the network anyway. */
const FEWEST_BYTES = 1_400;

/** What is text. Streams of events are sent as they come. */
const TEXT = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b|image\/svg\+xml)/;
/** Pages are in memory as a whole, and say no length. */
const PAGE = /^text\/(?:html|plain)/;

const compressed = { br: promisify(brotliCompress), gzip: promisify(gzip) };
export type Encoding = keyof typeof compressed;

/**
 * An answer of 56 kB takes 0.3 ms to 6.3 kB by Brotli of quality 4, as long as by gzip to 7 kB. Both run beside the event
 * loop, in the threads of Node.
 */
const QUALITY = 4;
/** Of answers above a megabyte: three times as fast, for a quarter more bytes. */
const QUALITY_OF_LARGE = 1;
const LARGE_BYTES = 1_000_000;

/** The encoding that a client accepts, Brotli before gzip; null for neither (RFC 9110, section 12.5.3). */
export function encodingFor(accepted: string | null): Encoding | null {
  const weights = new Map(weightedValues(accepted ?? '').map(({ value, weight }) => [value, weight]));
  const weightOf = (encoding: Encoding): number => weights.get(encoding) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br > 0 && br >= gz) return 'br';
  return gz > 0 ? 'gzip' : null;
}

/** Compresses bytes, beside the event loop. */
export function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const quality = bytes.byteLength > LARGE_BYTES ? QUALITY_OF_LARGE : QUALITY;
  if (encoding === 'gzip') return compressed.gzip(bytes, { level: quality });
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: bytes.byteLength };
  return compressed.br(bytes, { params });
}

const bytesIn = async (encoding: Encoding, response: Response): Promise<Uint8Array<ArrayBuffer>> =>
  compress(new Uint8Array(await response.arrayBuffer()), encoding);

/** Whether the complete answer is in memory, is text, and long enough. */
function isWorthIt({ headers, body }: Response): boolean {
  const type = headers.get('content-type') ?? '';
  if (body === null || headers.has('content-encoding') || !TEXT.test(type)) return false;
  const length = headers.get('content-length');
  return length === null ? PAGE.test(type) : Number(length) >= FEWEST_BYTES;
}

/**
 * Compresses answers by Brotli or gzip for clients that accept it. Must be the last plugin: the others see the answer as
 * text.
 *
 * @example createYoga({ schema, plugins: [useCompression()] })
 */
export function useCompression(): Plugin {
  return {
    onResponse({ request, response, setResponse, fetchAPI }) {
      if (request.method === 'HEAD' || requestState(request).sentAsIs || !isWorthIt(response)) return;
      const encoding = encodingFor(request.headers.get('accept-encoding'));
      if (encoding === null) return;
      return bytesIn(encoding, response).then((bytes) => {
        const { status, statusText, headers } = response;
        headers.set('Content-Encoding', encoding);
        headers.set('Content-Length', String(bytes.byteLength));
        setResponse(new fetchAPI.Response(bytes, { status, statusText, headers }));
      });
    },
  };
}
