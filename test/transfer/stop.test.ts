import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { verifyGraph } from '../../src/editing/verify.ts';
import { readMark } from '../../src/store/marks.ts';
import { commandLineGraph, commandLineStore } from '../support/graph.ts';
import { grappe, listening, type ServerProcess } from '../support/process.ts';

/** Milliseconds: the server's grace is ten seconds. */
const GRACE_MS = 15_000;

interface Readiness {
  readonly status: string;
  readonly loading?: { readonly what: string; readonly rows: number };
}

const serve = async (): Promise<ServerProcess> => (await listening(grappe(['serve'], { GRAPPE_SEED: 'curated' })))!;

/** Waits until /readyz gives the expected answer. */
async function until(server: ServerProcess, isReached: (answer: Readiness) => boolean): Promise<Readiness> {
  for (;;) {
    if (server.child.exitCode !== null) throw new Error(`The server has ended. It said:\n${server.said()}`);
    const answer = (await (await fetch(`${server.url}/readyz`)).json()) as Readiness;
    if (isReached(answer)) return answer;
    await pause(50);
  }
}

/** Sends SIGTERM, and kills a server that does not end within its grace: its exit code is null then. */
async function stop({ child, ended, said }: ServerProcess): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  expect(await ended, said()).toBe(0);
  clearTimeout(late);
  expect(said()).not.toMatch(/\n\s+at |"level":[56]0/);
}

it('SIGTERM ends a server while it seeds, within its grace, and a later start seeds on', async () => {
  await (await commandLineGraph())[Symbol.asyncDispose]();
  const first = await serve();
  const { loading } = await until(first, (answer) => (answer.loading?.rows ?? 0) > 0);
  await stop(first);

  const second = await serve();
  // It reads again what is in already, and goes beyond it; the communes still come when it is ready.
  await until(second, ({ status, loading }) => status === 'ready' && loading !== undefined);
  await stop(second);

  const graph = await commandLineStore();
  expect(await graph.engine.read(readMark, { id: 'seed' })).toEqual([{ value: 'begun curated +communes' }]);
  expect(await graph.engine.read(readMark, { id: 'loading' })).toEqual([]);
  expect(await graph.ask('{ poles(first: 1) { totalCount } }')).toEqual({ poles: { totalCount: 96 } });
  expect(await verifyGraph(graph.engine)).toEqual([]);
  expect(loading?.what).toBe('SEED');
  await graph[Symbol.asyncDispose]();
});
