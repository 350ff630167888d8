import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How long connections stay open when the server stops, in milliseconds. */
export interface Grace {
  /** For requests in progress, before their connections are cut. */
  readonly answersMs: number;
  /** For a connection without a request: its client may be about to send one. */
  readonly idleMs: number;
}

/**
 * Milliseconds for which a client may take nothing of an answer that is being sent to it. Then its connection is cut: what was
 * written for it stays in memory until it is read.
 */
const STALLED_MS = 30_000;

/** Milliseconds between two checks of idle connections. */
const CHECK_INTERVAL_MS = 25;

/** A connection on which no request is being answered. */
interface Idle {
  readonly since: number;
  /** Bytes received before it became idle. With more, a request is arriving. */
  readonly bytes: number;
}

/** The connections of a server. Closes them without losing a request that a client has sent. */
export class Connections {
  readonly #server: Server;
  readonly #idle = new Map<Socket, Idle>();
  readonly #answers = new Set<ServerResponse>();
  #isClosing = false;

  constructor(server: Server, stalledMs = STALLED_MS) {
    this.#server = server;
    // Node calls this when nothing was sent or received for so long; a listener has to cut idle connections itself.
    server.setTimeout(stalledMs, (socket: Socket) => {
      if (this.#idle.has(socket) || socket.writableLength > 0) socket.destroy();
    });
    server.on('connection', (socket: Socket) => {
      this.#rest(socket);
      socket.once('close', () => this.#idle.delete(socket));
    });
    // Before the listener that answers.
    server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#idle.delete(socket);
      this.#answers.add(response);
      if (this.#isClosing) response.setHeader('Connection', 'close');
      response.once('close', () => {
        this.#answers.delete(response);
        if (!socket.destroyed) this.#rest(socket);
      });
    });
  }

  #rest(socket: Socket): void {
    this.#idle.set(socket, { since: performance.now(), bytes: socket.bytesRead });
  }

  /**
   * Accepts no more connections, sends `Connection: close` with each answer, and resolves when all connections are
   * closed: idle ones after `idleMs`, the others after `answersMs` at the latest.
   */
  async drain({ answersMs, idleMs }: Grace): Promise<void> {
    this.#isClosing = true;
    for (const answer of this.#answers) if (!answer.headersSent) answer.setHeader('Connection', 'close');
    const { promise: closed, resolve } = Promise.withResolvers<true>();
    // The close of the HTTP server would cut idle connections at once, on which a request may be arriving.
    NetServer.prototype.close.call(this.#server, () => resolve(true));
    const begun = performance.now();
    while (performance.now() < begun + answersMs) {
      for (const [socket, { since, bytes }] of this.#idle) {
        const isIdle = socket.bytesRead === bytes && performance.now() >= Math.max(since, begun) + idleMs;
        if (isIdle) socket.destroySoon();
      }
      if (await Promise.race([closed, pause(CHECK_INTERVAL_MS, false)])) break;
    }
    this.#server.closeAllConnections();
    await closed;
    // Ends the other work of the HTTP server.
    this.#server.close();
  }
}
