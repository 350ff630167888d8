import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerNonsense, refuseDirectly } from './direct-answers.ts';
import { type HostSettings, hostRule } from './loopback.ts';

/** Milliseconds for the headers, and for a whole request, to arrive: longer is somebody holding a connection. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 30_000;

/** Yoga answers what it cannot make an address of with a stack trace. */
function isAddressed({ headers, url }: IncomingMessage): boolean {
  return URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);
}

/** What is answered to the requests that may come in. */
type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A server of HTTP that turns away what makes no address, and what asks it under a name that is not its own. */
export function guardedServer(config: HostSettings, answer: Answer): Server {
  const answersTo = hostRule(config);
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, (request, response) => {
    if (!isAddressed(request)) {
      refuseDirectly(response, 400, 'BAD_REQUEST', 'The Host header and the path make no address.');
    } else if (!answersTo(request.headers.host)) {
      const message =
        'This server is not asked under the name in the Host header: GRAPPE_ALLOWED_HOSTS names those under which it may be.';
      refuseDirectly(response, 403, 'HOST_NOT_ALLOWED', message);
    } else answer(request, response);
  });
  return server.on('clientError', answerNonsense);
}

/** Listens; rejects when the port is taken or may not be opened. */
export function listening(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

/** Where a server that listens is reached, without a slash at the end. */
export function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  // Nobody can open an address that means "all of this machine's".
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
