// node bench/beside/main.ts [seconds] [port]: how long a polite client waits beside exports, measures and imports.
// The server runs with the settings of the environment: GRAPPE_DATA (a folder with the seed; imports change it) or NEO4J_URI.
import { setTimeout } from 'node:timers/promises';
import { quantile } from '../run/statistics.ts';
import { Server } from './server.ts';
import { WORK } from './work.ts';

/** Milliseconds between an answer and the next question of the polite client. */
const PAUSE_MS = 25;
const QUESTION = `
  query ($id: ID!) {
    organisation(id: $id) {
      name kind city
      memberships(first: 5) { edges { node { name } memberships { role since sources { title } } } }
      partners(first: 10, orderBy: { field: STRENGTH, direction: DESC }) { totalCount edges { strength since node { name } } }
    }
  }`;

/** Identifiers of organisations in a mixed order, each of which is asked for once. */
async function identifiers(server: Server, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < count; ) {
    const page = '{ organisations(first: 200, after: $after) { nodes { id } pageInfo { endCursor } } }';
    const { data } = await server.ask(`query ($after: String) ${page}`, { after });
    ids.push(...data.organisations.nodes.map(({ id }: { id: string }) => id));
    after = data.organisations.pageInfo.endCursor;
  }
  return ids.map((_, at) => ids[(at * 7_919) % ids.length]!);
}

const [seconds = 20, port = 8749] = process.argv.slice(2).map(Number);
const server = await Server.start(port);
try {
  const ids = await identifiers(server, Math.ceil((seconds * 6_000) / PAUSE_MS));
  const ask = async (): Promise<number> => {
    const before = performance.now();
    const { errors } = await server.ask(QUESTION, { id: ids.pop()! });
    if (errors) throw new Error(JSON.stringify(errors));
    return performance.now() - before;
  };
  for (let warm = 0; warm < 200; warm++) await ask();
  console.log('milliseconds                    median     p95  ratio  longest  event loop late by at most');
  let alone = Number.NaN;
  for (const [name, work] of Object.entries(WORK)) {
    const stop = new AbortController();
    const working = work(server, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    await setTimeout(500);
    await server.longestDelay();
    const times: number[] = [];
    for (const end = performance.now() + 1_000 * seconds; performance.now() < end; ) {
      times.push(await ask());
      await setTimeout(PAUSE_MS);
    }
    const late = await server.longestDelay();
    stop.abort();
    await working;
    const [middle, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    if (name.startsWith('alone')) alone = p95;
    const figures = [middle.toFixed(1), p95.toFixed(1), (p95 / alone).toFixed(2), Math.max(...times).toFixed(0)];
    console.log(
      `${name.padEnd(30)} ${figures.map((figure) => figure.padStart(7)).join(' ')} ${late.toFixed(0).padStart(12)}`,
    );
  }
} finally {
  await server.stop();
}
