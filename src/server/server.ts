import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';
import { type ApplicationParts, createApplication } from './application.ts';
import { Connections, type Grace } from './connections.ts';

/** A server that listens. */
export interface RunningServer {
  /** Where it is reached, without a slash at the end. */
  readonly url: string;
  /**
   * Accepts no connection any more, completes subscriptions, and resolves when what was sent on open connections is
   * answered; calling it again waits for the same.
   */
  close(): Promise<void>;
}

/** What a server is made of. */
export type ServerParts = ApplicationParts & { readonly config: Pick<Config, 'host' | 'port'> };

const GRACE: Grace = { answersMs: 10_000, idleMs: 1_000 };
/** Milliseconds for the headers, and for a whole request, to arrive: longer is somebody holding a connection. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 30_000;

function listening(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  // Nobody can open an address that means "all of this machine's".
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

const BAD_ADDRESS = JSON.stringify({
  errors: [{ message: 'The Host header and the path make no address.', extensions: { code: 'BAD_REQUEST' } }],
});

/** Yoga answers what it cannot make an address of with a stack trace. */
function isAddressed({ headers, url }: IncomingMessage): boolean {
  return URL.canParse(`http://${headers.host ?? 'localhost'}${url}`);
}

/**
 * Listens on the configured port and answers at once, whether the database does or not: `readiness` says so. Rejects
 * when the port is taken. The engine stays open when the server closes.
 */
export async function startServer(
  parts: ServerParts,
  { grace = GRACE }: { readonly grace?: Grace } = {},
): Promise<RunningServer> {
  const { config, readiness } = parts;
  const ending = new AbortController();
  const application = createApplication({ ...parts, closing: ending.signal });
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, (request, response) => {
    if (isAddressed(request)) application(request, response);
    else response.writeHead(400, { 'Content-Type': 'application/json' }).end(BAD_ADDRESS);
  });
  const connections = new Connections(server);
  await listening(server, config.port, config.host);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    readiness.become('SHUTTING_DOWN');
    ending.abort();
    await connections.drain(grace);
    await application.dispose();
  };
  return {
    url: urlOf(server, config.host),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
