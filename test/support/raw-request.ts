import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came, perhaps compressed. */
  readonly bytes: Buffer;
  /** Of the first error of a JSON body; undefined when there is none. */
  readonly code: unknown;
}

interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

function codeOf(body: string): unknown {
  try {
    return JSON.parse(body).errors?.[0]?.extensions?.code;
  } catch {
    return undefined;
  }
}

/** Sends a request as written: fetch would choose the host, and the headers by which browsers say what a page does. */
export async function send(url: string, { method = 'GET', headers = {}, body }: Sending = {}): Promise<RawAnswer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = request(url, { method, agent: false, headers: { ...length, ...headers } }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(response);
  const received = bytes.toString();
  const { statusCode: status = 0, headers: answered } = response;
  return { status, headers: answered, body: received, bytes, code: codeOf(received) };
}
