// node bench/beside/main.ts [seconds] [rounds] [port] [work]: how long a polite client waits beside exports, measures and imports, and
// how long the event loop is blocked. Alone and beside in turns, so that a machine that others use changes the ratios little.
// The server runs with the settings of the environment: GRAPPE_DATA (a folder with the seed; imports change it) or NEO4J_URI.
import { setTimeout } from 'node:timers/promises';
import { mean, quantile } from '../run/statistics.ts';
import { Server } from './server.ts';
import { WORK, type Work } from './work.ts';

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

const [seconds = 10, rounds = 3, port = 8749] = process.argv.slice(2, 5).map(Number);
const [, , , , , chosen = ''] = process.argv;
const works: [string, Work][] = Object.entries(WORK).filter(([name]) => name.includes(chosen));

/** What the client saw of one kind of work, and what the server said. */
interface Seen {
  readonly name: string;
  /** Times of all answers beside it, and of those alone just before. */
  readonly beside: number[];
  readonly alone: number[];
  /** The longest that the event loop was blocked: of the processor, and late by the clock. */
  blocked: number;
  late: number;
}

const server = await Server.start(port);
try {
  const count = (rounds * 2 * works.length * seconds * 1_000) / PAUSE_MS;
  const ids = await identifiers(server, Math.ceil(count) + 200);
  const ask = async (): Promise<number> => {
    const before = performance.now();
    const { errors } = await server.ask(QUESTION, { id: ids.pop()! });
    if (errors) throw new Error(JSON.stringify(errors));
    return performance.now() - before;
  };
  const askFor = async (times: number[]): Promise<void> => {
    for (const end = performance.now() + 1_000 * seconds; performance.now() < end; ) {
      times.push(await ask());
      await setTimeout(PAUSE_MS);
    }
  };
  for (let warm = 0; warm < 200; warm++) await ask();
  const seen: Seen[] = works.map(([name]) => ({ name, beside: [], alone: [], blocked: 0, late: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [at, [, work]] of works.entries()) {
      const own = seen[at]!;
      await askFor(own.alone);
      const stop = new AbortController();
      const working = work(server, stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
      await setTimeout(500);
      await Promise.all([server.longestBlocked(), server.longestDelay()]);
      await askFor(own.beside);
      own.blocked = Math.max(own.blocked, await server.longestBlocked());
      own.late = Math.max(own.late, await server.longestDelay());
      stop.abort();
      await working;
      // What has begun for it ends.
      await setTimeout(1_000);
    }
  }
  console.log(`Milliseconds of the clock, of ${rounds} times ${seconds} s each, in turns; blocked: of the processor.`);
  console.log(
    'beside                  median  alone  ratio    mean  alone  ratio     p95  alone  ratio  longest  late by  blocked by at most',
  );
  const shown = (value: number, digits: number, width: number): string => value.toFixed(digits).padStart(width);
  for (const { name, beside, alone, blocked, late } of seen) {
    const measures = [(times: number[]) => quantile(times, 0.5), mean, (times: number[]) => quantile(times, 0.95)];
    const figures = measures.map((of) => {
      const [own, other] = [of(beside), of(alone)];
      return `${shown(own, 1, 8)} ${shown(other, 1, 6)} ${shown(own / other, 2, 6)}`;
    });
    const rest = [shown(Math.max(...beside), 0, 8), shown(late, 0, 8), shown(blocked, 0, 8)];
    console.log(`${name.padEnd(22)}${figures.join('')} ${rest.join(' ')}`);
  }
} finally {
  await server.stop();
}
