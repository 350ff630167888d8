import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/** A program that serves, in a process of its own. */
export interface Started extends AsyncDisposable {
  readonly url: string;
  /** The data of a query. */
  ask(query: string): Promise<unknown>;
  /** The names of the tools for agents. */
  tools(): Promise<readonly string[]>;
}

interface Program {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts a program on an empty store, and waits until it is ready. Throws what it said if it ends before. */
export async function started({ command, cwd, settings = {} }: Program): Promise<Started> {
  const { GRAPPE_DATA: _, ...others } = process.env;
  const env = { ...others, PORT: '0', GRAPPE_SEED: 'none', LOG_LEVEL: 'error', ...settings };
  const child = spawn(command[0]!, command.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const isReady = async (): Promise<string | null> => {
    const url = / graph {5}/.test(said) ? /http:\S+?:\d+/.exec(said)![0] : null;
    return url !== null && (await fetch(`${url}/readyz`)).status === 200 ? url : null;
  };
  let url = await isReady();
  while (url === null) {
    if (child.exitCode !== null) throw new Error(`It has ended. It said:\n${said}`);
    await pause(20);
    url = await isReady();
  }
  const post = async (path: string, body: object): Promise<Record<string, never>> => {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, never>;
  };
  return {
    url,
    ask: async (query) => (await post('/graphql', { query })).data,
    async tools() {
      const { result } = (await post('/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' })) as unknown as {
        result: { tools: { name: string }[] };
      };
      return result.tools.map(({ name }) => name);
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    },
  };
}
