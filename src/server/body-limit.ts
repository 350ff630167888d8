import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS } from '../config.ts';
import { refusal } from './refusal.ts';

function tooLarge(bodyBytes: number): Error {
  const message = `The request's body is larger than ${bodyBytes.toLocaleString('en')} bytes, the most that is allowed.`;
  // What is left of the body is not worth reading: the connection ends with the answer.
  const headers = { Connection: 'close' };
  return refusal('BODY_TOO_LARGE', message, {
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

/**
 * Turns away requests with too long a body. One that says how long it is, as almost all do, is believed: node:http hands
 * on no byte more. To count all bodies as they come, as Yoga does, makes streams that take as long as the question.
 *
 * @example createYoga({ schema, maxRequestBodySize: false, plugins: [useBodyLimit({ bodyBytes: 100_000 })] })
 */
export function useBodyLimit({ bodyBytes = DEFAULT_LIMITS.bodyBytes }: { readonly bodyBytes?: number } = {}): Plugin {
  return {
    onRequestParse({ request, requestParser, setRequestParser, fetchAPI }) {
      const length = request.headers.get('content-length');
      if (Number(length) > bodyBytes) throw tooLarge(bodyBytes);
      if (length !== null || requestParser === undefined || request.body === null) return;
      setRequestParser(async ({ url, method, headers, signal, body }) => {
        const whole = await readWithin(bodyBytes, body!);
        return requestParser(new fetchAPI.Request(url, { method, headers, signal, body: whole as never }));
      });
    },
  };
}
