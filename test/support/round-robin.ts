import { type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks at /readyz of each server. */
const LOOK_MS = 50;

/**
 * A proxy before several servers, as an operator has one: it sends each request to the next server that says at /readyz
 * that it is ready, once, and never again.
 */
export class RoundRobin {
  readonly #server = createServer((asked, answer) => void this.#pass(asked, answer));
  /** The servers, and whether each is ready. */
  readonly #servers = new Map<string, boolean>();
  readonly #looking = new AbortController();
  #turn = 0;

  /** Listens, and returns its address. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    void this.#look();
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(url: string): void {
    this.#servers.set(url, true);
  }

  remove(url: string): void {
    this.#servers.delete(url);
  }

  async close(): Promise<void> {
    this.#looking.abort();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #look(): Promise<void> {
    while (!this.#looking.signal.aborted) {
      for (const url of this.#servers.keys()) {
        const isReady = await fetch(`${url}/readyz`).then(
          ({ status }) => status === 200,
          () => false,
        );
        if (this.#servers.has(url)) this.#servers.set(url, isReady);
      }
      await pause(LOOK_MS);
    }
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const ready = [...this.#servers].filter(([, isReady]) => isReady).map(([url]) => url);
    if (ready.length === 0) {
      answer.writeHead(502).end('No server is ready.');
      return;
    }
    const url = ready[this.#turn++ % ready.length]!;
    const { method, headers } = asked;
    const passed: ClientRequest = request(url + asked.url, { method, headers: { ...headers, connection: 'close' } });
    passed.once('response', (response) => {
      answer.writeHead(response.statusCode!, { ...response.headers, 'x-served-by': url });
      response.pipe(answer);
      response.once('error', () => answer.destroy());
    });
    passed.once('error', (error) => {
      if (!answer.headersSent) answer.writeHead(502);
      answer.end(error.message);
    });
    answer.once('close', () => passed.destroy());
    asked.pipe(passed);
  }
}
