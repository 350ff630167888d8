import { Client } from 'undici';

/** A request that is ready to be sent, and the size of the answer that it must bring; null when that may vary. */
export interface Prepared {
  readonly path: string;
  readonly body: string;
  readonly bytes: number | null;
  readonly authorization?: string;
}

export interface Received {
  readonly status: number;
  readonly body: Buffer;
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** Longer than any server's own time-out. */
const TIMEOUT_MS = 60_000;

/** Connections to one server that stay open, each with one request at a time. */
export class Connections {
  readonly #clients: Client[];

  constructor(url: string, count: number) {
    this.#clients = Array.from(
      { length: count },
      () => new Client(url, { pipelining: 1, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS }),
    );
  }

  #send(client: Client, { path, body, authorization }: Prepared): Promise<Received> {
    return new Promise((resolve, reject) => {
      let status = 0;
      const chunks: Buffer[] = [];
      client.dispatch(
        { path, method: 'POST', headers: authorization ? { ...HEADERS, authorization } : HEADERS, body },
        {
          onRequestStart() {},
          onResponseStart(_, code) {
            status = code;
          },
          onResponseData(_, chunk) {
            chunks.push(chunk);
          },
          onResponseEnd() {
            resolve({ status, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
          },
          onResponseError(_, error) {
            reject(error);
          },
        },
      );
    });
  }

  ask(prepared: Prepared): Promise<Received> {
    return this.#send(this.#clients[0]!, prepared);
  }

  /**
   * Asks on all Connections to one server that stay open, one request after the other on each, until the time is over or so many were asked;
   * milliseconds of each.
   */
  async askFor(milliseconds: number, next: () => Prepared, most = Number.POSITIVE_INFINITY): Promise<number[]> {
    const taken: number[] = [];
    const end = performance.now() + milliseconds;
    let left = most;
    const one = async (client: Client): Promise<void> => {
      while (left-- > 0) {
        const prepared = next();
        const begun = performance.now();
        const { status, body } = await this.#send(client, prepared);
        taken.push(performance.now() - begun);
        if (status !== 200) throw new Error(`HTTP ${status}: ${body.toString().slice(0, 300)}`);
        if (prepared.bytes !== null && prepared.bytes !== body.length) {
          throw new Error(`${body.length} bytes instead of ${prepared.bytes}: ${body.toString().slice(0, 300)}`);
        }
        if (performance.now() >= end) break;
      }
    };
    await Promise.all(this.#clients.map(one));
    return taken;
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.destroy()));
  }
}
