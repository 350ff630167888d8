import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerInvalidRequest, rejectDirectly } from './direct-answers.ts';
import { type HostSettings, hostRule } from './loopback.ts';

/** Milliseconds for the headers, and for the complete request, to arrive. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 30_000;
/**
 * Milliseconds for which a connection without a request stays open: longer than proxies reuse theirs (nginx and the balancers
 * of AWS 60 s). With Node's 5 s a request can be sent on a connection that is just being closed, and gets no answer.
 */
const IDLE_MS = 75_000;

/** Whether a request names two hosts: a proxy may have looked at the other one (RFC 9112, section 3.2). */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]!.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}

/** Whether the request has a valid address. (Yoga answers an invalid one with a stack trace.) */
function isAddressed(request: IncomingMessage): boolean {
  const { headers, url } = request;
  return !hasTwoHosts(request) && URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);
}

/** The listener of the accepted requests. */
type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

interface GuardOptions {
  /** Called for a request to a name that is not the server's. */
  readonly onForeignHost?: (request: IncomingMessage) => void;
}

/** An HTTP server that rejects invalid addresses, and names in the Host header that are not its own. */
export function guardedServer(
  config: HostSettings,
  answer: Answer,
  { onForeignHost = () => {} }: GuardOptions = {},
): Server {
  const answersTo = hostRule(config);
  const timeouts = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS };
  const server = createServer(timeouts, (request, response) => {
    if (!isAddressed(request)) {
      rejectDirectly(response, 400, 'BAD_REQUEST', 'The Host header and the path are not a valid address.');
    } else if (!answersTo(request.headers.host)) {
      onForeignHost(request);
      const message =
        'This server does not answer to the name in the Host header: GRAPPE_ALLOWED_HOSTS lists its names.';
      rejectDirectly(response, 403, 'HOST_NOT_ALLOWED', message);
    } else answer(request, response);
  });
  return server.on('clientError', answerInvalidRequest);
}

/** Listens. Rejects if the port is taken or may not be opened. */
export function listening(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

/** The URL of a listening server, without a slash at the end. */
export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  // A browser cannot open the address that means all addresses of this machine.
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
