import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { embeddedSettings, engineUnderTest } from './graph.ts';
import { neo4jUnderTest } from './neo4j-under-test.ts';

/** What was answered, and the messages of its errors. */
export interface PlainAnswer {
  readonly data: unknown;
  readonly errors: readonly string[];
}

/** Answers each question as if it were the first, in a process of its own. */
export interface PlainServer extends AsyncDisposable {
  ask(query: string): Promise<PlainAnswer>;
}

const PROGRAM = fileURLToPath(new URL('plain-process.ts', import.meta.url));

/** Starts such a process on the graph under test; of the embedded engine on a graph of its own, filled from a folder. */
export async function plainServer(folder: string): Promise<PlainServer> {
  const isEmbedded = engineUnderTest === 'grafeo';
  const settings = isEmbedded ? await embeddedSettings() : { engine: 'neo4j', ...neo4jUnderTest() };
  const child = fork(PROGRAM, [JSON.stringify({ settings, folder: isEmbedded ? folder : null })], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, PromiseWithResolvers<PlainAnswer>>();
  const ready = Promise.withResolvers<void>();
  child.on('message', (message: 'ready' | (PlainAnswer & { id: number })) => {
    if (message === 'ready') return ready.resolve();
    const { id, ...answer } = message;
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  child.on('exit', (code) => {
    const error = new Error(`The process without caches ended with ${code}.`);
    ready.reject(error);
    for (const { reject } of waiting.values()) reject(error);
  });
  await ready.promise;
  let count = 0;
  return {
    ask(query) {
      const id = count++;
      const answer = Promise.withResolvers<PlainAnswer>();
      waiting.set(id, answer);
      child.send({ id, query });
      return answer.promise;
    },
    async [Symbol.asyncDispose]() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await exited;
    },
  };
}
