import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Milliseconds from the opening of a connection until Neo4j has accepted the login. */
export const LOGIN_TIMEOUT_MS = 3_000;

/** A message of Bolt that reports success: a structure of one field with this tag. */
const SUCCESS = Buffer.from([0xb1, 0x70]);
/** The first bytes of a connection are the answer to the handshake: two zeros, then the minor and the major version. */
const HANDSHAKE_BYTES = 4;
/** The major version that stands for "let us negotiate", which only servers of Bolt 5.7 and newer answer. */
const NEGOTIATED = 255;

/** Whether the received bytes accept the login: a SUCCESS for HELLO, and from Bolt 5.1 on one for LOGON. */
function isLoggedIn(received: Buffer): boolean {
  if (received.length <= HANDSHAKE_BYTES) return false;
  const [minor, major] = [received[2]!, received[3]!];
  const hasLogon = major === NEGOTIATED || major > 5 || (major === 5 && minor >= 1);
  const first = received.indexOf(SUCCESS, HANDSHAKE_BYTES);
  if (first < 0) return false;
  return !hasLogon || received.indexOf(SUCCESS, first + SUCCESS.length) >= 0;
}

const owner = new AsyncLocalStorage<Sockets>();

// Node reports every outgoing connection here, TLS too. The driver has no time limit for a login, and does not expose
// its sockets.
subscribe('net.client.socket', (message) => {
  owner.getStore()?.add((message as { readonly socket: Socket }).socket);
});

/** The open sockets of one driver. Limits the time of their logins, and can destroy them all. */
export class Sockets {
  readonly #open = new Set<Socket>();
  #lastHeardAt = 0;

  /** Calls the driver. The sockets that it opens belong to this object. */
  call<Result>(work: () => Result): Result {
    return owner.run(this, work);
  }

  add(socket: Socket): void {
    this.#open.add(socket);
    let received: Buffer | null = Buffer.alloc(0);
    const timer = setTimeout(
      () => socket.destroy(new Error(`Neo4j has not accepted the login within ${LOGIN_TIMEOUT_MS} ms`)),
      LOGIN_TIMEOUT_MS,
    );
    socket.on('data', (chunk: Buffer) => {
      this.#lastHeardAt = performance.now();
      if (received === null) return;
      received = Buffer.concat([received, chunk]);
      if (!isLoggedIn(received)) return;
      received = null;
      clearTimeout(timer);
    });
    socket.once('close', () => {
      clearTimeout(timer);
      this.#open.delete(socket);
    });
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether the database has sent nothing on any socket since a moment of performance.now(). */
  isSilentSince(moment: number): boolean {
    return this.#lastHeardAt < moment;
  }

  /** Breaks all connections: everything that waits for an answer fails. */
  destroy(): void {
    for (const socket of this.#open) socket.destroy(new Error('Grappe has closed the connection'));
  }
}
