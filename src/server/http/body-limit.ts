import { isUtf8 } from 'node:buffer';
import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../../config/limits.ts';
import { clientError } from './client-error.ts';

function tooLarge(bodyBytes: number): Error {
  const message = `The request's body is larger than ${bodyBytes.toLocaleString('en')} bytes, the most that is allowed.`;
  // The rest of the body is not read: the connection ends with the answer.
  const headers = { Connection: 'close' };
  return clientError('BODY_TOO_LARGE', message, {
    wellFormed: false,
    status: 413,
    details: { maximum: bodyBytes },
    headers,
  });
}

/** Reads the body of a request without Content-Length. Throws as soon as it is longer than allowed. */
export async function readWithin(bodyBytes: number, body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving a `for await` would cut the connection before the answer.
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.byteLength;
    if (length > bodyBytes) throw tooLarge(bodyBytes);
    chunks.push(value);
  }
}

/** An incomplete body means that the client has left. */
function cutOff(): never {
  throw clientError('CANCELLED', 'The client left before its request was complete.', { wellFormed: false });
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/**
 * The bytes of a text in UTF-8, without a byte order mark, which a reader of JSON may ignore (RFC 8259, section 8.1). Rejects
 * invalid UTF-8, which decoders would replace, so that a changed name would be stored.
 */
function textBytes(bytes: Uint8Array): Uint8Array {
  if (!isUtf8(bytes)) {
    throw clientError('BAD_REQUEST', 'The body is not UTF-8: send JSON text in UTF-8, not compressed.', {
      wellFormed: false,
    });
  }
  const hasMark = BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length));
  return hasMark ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}

/**
 * The text of a request's body. Throws as /graphql answers a body that is too long, cut off or not UTF-8.
 */
export async function limitedText(request: Request, bodyBytes: number): Promise<string> {
  const length = request.headers.get('content-length');
  if (Number(length) > bodyBytes) throw tooLarge(bodyBytes);
  const bytes =
    length === null && request.body !== null
      ? await readWithin(bodyBytes, request.body)
      : Buffer.from(await request.arrayBuffer().catch(cutOff));
  return Buffer.from(textBytes(bytes)).toString();
}

/** Rejects an address with percent-encoded bytes that are not UTF-8. */
function checkUtf8Address({ search }: URL): void {
  for (const [bytes] of search.matchAll(/(?:%[\da-f]{2})+/gi)) {
    try {
      decodeURIComponent(bytes);
    } catch {
      throw clientError('BAD_REQUEST', 'The parameters of the address are not UTF-8.', { wellFormed: false });
    }
  }
}

/**
 * Rejects requests whose body is too long or is not UTF-8. A Content-Length, which almost all have, is trusted:
 * node:http passes on no more bytes. Counting the bytes of all bodies, as Yoga does, needs streams that take as long as
 * the query.
 *
 * @example createYoga({ schema, maxRequestBodySize: false, plugins: [useBodyLimit({ bodyBytes: 100_000 })] })
 */
export function useBodyLimit({ bodyBytes = DEFAULT_LIMITS.bodyBytes }: { readonly bodyBytes?: number } = {}): Plugin {
  return {
    onRequestParse({ request, url, requestParser, setRequestParser, fetchAPI }) {
      const length = request.headers.get('content-length');
      if (Number(length) > bodyBytes) throw tooLarge(bodyBytes);
      if (request.method === 'GET') checkUtf8Address(url as URL);
      if (requestParser === undefined || request.method !== 'POST') return;
      setRequestParser(async (given) => {
        const { method, headers, signal, body } = given;
        const bytes =
          length === null && body !== null ? await readWithin(bodyBytes, body) : await given.bytes().catch(cutOff);
        const text = textBytes(bytes) as never;
        return requestParser(new fetchAPI.Request(given.url, { method, headers, signal, body: text }));
      });
    },
  };
}
