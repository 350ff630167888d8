import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How long connections may still be used when the server stops, in milliseconds. */
export interface Grace {
  /** For answers that are under way, before their connections are cut. */
  readonly answersMs: number;
  /** For a connection without a request: its client may be about to send one. */
  readonly idleMs: number;
}

/** Milliseconds between two looks at idle connections. */
const LOOK_MS = 25;

/** A connection on which no request is being answered. */
interface Idle {
  readonly since: number;
  /** Bytes that had come in when it became idle: with more, a request is arriving. */
  readonly bytes: number;
}

/** The connections of a server, closed so that no request is lost which a client has sent on one of them. */
export class Connections {
  readonly #server: Server;
  readonly #idle = new Map<Socket, Idle>();
  readonly #answers = new Set<ServerResponse>();
  #isClosing = false;

  constructor(server: Server) {
    this.#server = server;
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
   * Accepts no connection any more, tells clients with each answer to send nothing more on theirs, and resolves when all
   * connections are closed: idle ones after their grace, all others when it is over.
   */
  async drain({ answersMs, idleMs }: Grace): Promise<void> {
    this.#isClosing = true;
    for (const answer of this.#answers) if (!answer.headersSent) answer.setHeader('Connection', 'close');
    const { promise: closed, resolve } = Promise.withResolvers<true>();
    // Not the HTTP server's own close, which cuts idle connections at once: a request may be on its way on them.
    NetServer.prototype.close.call(this.#server, () => resolve(true));
    const begun = performance.now();
    while (performance.now() < begun + answersMs) {
      for (const [socket, { since, bytes }] of this.#idle) {
        const isIdle = socket.bytesRead === bytes && performance.now() >= Math.max(since, begun) + idleMs;
        if (isIdle) socket.destroySoon();
      }
      if (await Promise.race([closed, pause(LOOK_MS, false)])) break;
    }
    this.#server.closeAllConnections();
    await closed;
    // Ends what it does beside listening.
    this.#server.close();
  }
}
