import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type ApplicationParts, createApplication } from './application.ts';

/** A server that listens. */
export interface RunningServer {
  /** Where it is reached, without a slash at the end. */
  readonly url: string;
  /**
   * Accepts nothing more, completes subscriptions, and resolves when what is in flight is answered; calling it again
   * waits for the same.
   */
  close(): Promise<void>;
}

/** What a server is made of. */
export type ServerParts = ApplicationParts & { readonly config: Pick<Config, 'host' | 'port'> };

/** Milliseconds that answers in flight are waited for before their connections are cut. */
const GRACE_MS = 10_000;
/** Milliseconds between two looks at connections that have become idle. */
const LOOK_MS = 25;
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

/** Connections over which nothing has come: browsers open some ahead, and Node does not count them as idle. */
function silentConnections(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => silent.delete(socket));
  return silent;
}

async function drained(server: Server, silent: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<true>();
  server.close(() => resolve(true));
  const deadline = performance.now() + graceMs;
  while (performance.now() < deadline) {
    // A connection that is kept alive after its answer would hold the server open.
    server.closeIdleConnections();
    for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
    if (await Promise.race([closed, pause(LOOK_MS, false)])) return;
  }
  server.closeAllConnections();
  await closed;
}

/**
 * Listens on the configured port and answers at once, whether the database does or not: `readiness` says so. Rejects
 * when the port is taken. The engine stays open when the server closes.
 */
export async function startServer(
  parts: ServerParts,
  { graceMs = GRACE_MS }: { readonly graceMs?: number } = {},
): Promise<RunningServer> {
  const { config, readiness } = parts;
  const ending = new AbortController();
  const application = createApplication({ ...parts, closing: ending.signal });
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, (request, response) => {
    if (readiness.reason === 'SHUTTING_DOWN') response.setHeader('Connection', 'close');
    if (isAddressed(request)) application(request, response);
    else response.writeHead(400, { 'Content-Type': 'application/json' }).end(BAD_ADDRESS);
  });
  const silent = silentConnections(server);
  await listening(server, config.port, config.host);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    readiness.become('SHUTTING_DOWN');
    ending.abort();
    await drained(server, silent, graceMs);
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
