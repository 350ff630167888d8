import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BLOCKED = new URL('./blocked.mjs', import.meta.url).href;
const FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=60', '--always-sparkplug', `--import=${BLOCKED}`];

/** A Grappe in a process of its own, as `npm start` runs it, and what its address is asked. */
export class Server {
  readonly url: string;
  readonly token: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string, token: string) {
    this.#process = process;
    this.url = url;
    this.token = token;
  }

  /** Starts a server with the settings of the environment, and waits until it answers from memory. */
  static async start(port: number): Promise<Server> {
    // With these settings of start.mjs given, it does not start itself again, which would end the channel to this process.
    const allocation = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144', MALLOC_TRIM_THRESHOLD_: '1048576' };
    const env = { ...process.env, ...allocation, PORT: String(port) };
    const child = spawn(process.execPath, [...FLAGS, 'src/start.mjs', 'serve'], {
      ...{ cwd: ROOT, env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let output = '';
    // A server does not outlive this process, however that ends.
    process.on('exit', () => child.kill());
    // The log of each request would take longer than many of them.
    child.stderr!.resume();
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const token = /grappe_[\w-]{43}/.exec(output)?.[0];
      if (token) resolve(token);
    });
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
    const server = new Server(child, `http://127.0.0.1:${port}`, await promise);
    while (!(await server.isReady())) await setTimeout(500);
    return server;
  }

  async isReady(): Promise<boolean> {
    const ready = await fetch(`${this.url}/readyz`).catch(() => null);
    if (!ready?.ok) return false;
    return 'data' in (await this.ask('{ subgraph(select: {}) { nodeCount } }')) && (await this.#isFilled());
  }

  async #isFilled(): Promise<boolean> {
    const { data, errors } = await this.ask('{ subgraph(select: {}) { nodeCount } }');
    return errors === undefined && data.subgraph.nodeCount > 10_000;
  }

  /** Asks in the name of nobody, as the polite client does, or of the administrator, as one of its own. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  async ask(query: string, variables: object = {}, as: { token?: string; signal?: AbortSignal } = {}): Promise<any> {
    const { token, signal } = as;
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
      ...(signal ? { signal } : {}),
    });
    return response.json();
  }

  /** The longest that the event loop was late since this was last asked, in milliseconds of the clock. */
  async longestDelay(): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return 1_000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1]);
  }

  /** The longest that the event loop was blocked since this was last asked, in milliseconds of processor. */
  async longestBlocked(): Promise<number> {
    const answer = once(this.#process, 'message');
    this.#process.send('longest');
    return (await answer)[0];
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#process.on('exit', () => resolve());
    this.#process.kill('SIGTERM');
    await promise;
  }
}
