import { isUtf8 } from 'node:buffer';
import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../config.ts';
import { clientError } from './client-error.ts';

function tooLarge(bodyBytes: number): Error {
  const message = `The request's body is larger than ${bodyBytes.toLocaleString('en')} bytes, the most that is allowed.`;
  // What is left of the body is not worth reading: the connection ends with the answer.
  const headers = { Connection: 'close' };
  return clientError('BODY_TOO_LARGE', message, {
    wellFormed: false,
    status: 413,
    details: { maximum: bodyBytes },
    headers,
  });
}

/** The whole body of a request that has not said how long it is. Throws as soon as it is longer than allowed. */
async function readWithin(bodyBytes: number, body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Not `for await`: to leave it would cut the connection before the answer.
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.byteLength;
    if (length > bodyBytes) throw tooLarge(bodyBytes);
    chunks.push(value);
  }
}

/** A body that does not come in whole is that of a client that has left. */
function cutOff(): never {
  throw clientError('CANCELLED', 'The client left before its request was whole.', { wellFormed: false });
}

/** Decoders put a sign of their own in the place of bytes that are not UTF-8: a name would be written that nobody sent. */
function refuseUnlessUtf8(bytes: Uint8Array): void {
  if (isUtf8(bytes)) return;
  throw clientError('BAD_REQUEST', 'The body is not UTF-8: send JSON text in UTF-8, not compressed.', {
    wellFormed: false,
  });
}

/** What comes in the address is percent-encoded UTF-8. */
function refuseUnlessUtf8Address({ search }: URL): void {
  for (const [bytes] of search.matchAll(/(?:%[\da-f]{2})+/gi)) {
    try {
      decodeURIComponent(bytes);
    } catch {
      throw clientError('BAD_REQUEST', 'The parameters of the address are not UTF-8.', { wellFormed: false });
    }
  }
}

/**
 * Turns away requests whose body is too long or is not UTF-8. One that says how long it is, as almost all do, is believed:
 * node:http hands on no byte more. To count all bodies as they come, as Yoga does, makes streams that take as long as the
 * question.
 *
 * @example createYoga({ schema, maxRequestBodySize: false, plugins: [useBodyLimit({ bodyBytes: 100_000 })] })
 */
export function useBodyLimit({ bodyBytes = DEFAULT_LIMITS.bodyBytes }: { readonly bodyBytes?: number } = {}): Plugin {
  return {
    onRequestParse({ request, url, requestParser, setRequestParser, fetchAPI }) {
      const length = request.headers.get('content-length');
      if (Number(length) > bodyBytes) throw tooLarge(bodyBytes);
      if (request.method === 'GET') refuseUnlessUtf8Address(url as URL);
      if (requestParser === undefined || request.method !== 'POST') return;
      setRequestParser(async (asked) => {
        const { method, headers, signal, body } = asked;
        const bytes =
          length === null && body !== null ? await readWithin(bodyBytes, body) : await asked.bytes().catch(cutOff);
        refuseUnlessUtf8(bytes);
        return requestParser(new fetchAPI.Request(asked.url, { method, headers, signal, body: bytes as never }));
      });
    },
  };
}
