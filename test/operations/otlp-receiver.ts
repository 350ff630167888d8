import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP writes it in JSON. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code?: number };
  /** Its attributes by name. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A receiver of traces by OTLP over HTTP. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** Attributes of the program that sent them. */
  readonly resource: Record<string, unknown>;
  /** Headers of the last message. */
  readonly headers: Record<string, unknown>;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const byName = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** Starts one on a port of the system's choice. */
export async function otlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const resource: Record<string, unknown> = {};
  const headers: Record<string, unknown> = {};
  const server = createServer(async (request, response) => {
    Object.assign(headers, request.headers);
    const { resourceSpans } = JSON.parse(await bodyOf(request));
    for (const { resource: of, scopeSpans } of resourceSpans) {
      Object.assign(resource, byName(of.attributes));
      for (const { spans: some } of scopeSpans) {
        for (const span of some) spans.push({ ...span, attributes: byName(span.attributes) });
      }
    }
    const isTraces = request.url === '/v1/traces' && request.method === 'POST';
    response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    resource,
    headers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
