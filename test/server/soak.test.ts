import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examples } from '../../src/server/http/examples.ts';
import { grappe, ready, type ServerProcess } from '../support/process.ts';
import { scratchFolder } from '../support/world.ts';

/**
 * A server under mixed load: worked examples, documents that nobody sent before, mutations, subscribers, clients that
 * leave. SOAK_MINUTES=60 by hand, SOAK_DATA=<folder with the full seed>, SOAK_REPORT=1 for its memory minute by minute.
 */
const { SOAK_MINUTES = '0', SOAK_DATA, SOAK_REPORT } = process.env;
const MINUTES = Number(SOAK_MINUTES);
/** Milliseconds until vitest ends it. */
const PATIENCE_MS = (MINUTES + 5) * 60_000;
/**
 * What has a bound reaches it within the first ten minutes: the cache of results, and the change log, which else grows with
 * what is written.
 */
const BOUNDS = { GRAPPE_CACHE_MB: '8', GRAPPE_KEEP_CHANGES: '2000' };
/** The minute from which memory is flat. */
const SETTLED = 10;
/** Requests of a usual run. */
const REQUESTS = 105;
/** Resident megabytes that a server may gain in a usual run, and a minute after its first ten minutes. */
const BARS = { warmingUpMb: 400, perMinuteMb: 1 };

let server: ServerProcess;
beforeAll(async () => {
  const data = SOAK_DATA ?? (await scratchFolder());
  server = await ready(
    grappe(
      ['serve'],
      { GRAPPE_SEED: SOAK_DATA ? 'full' : 'curated', GRAPPE_DATA: data, LOG_LEVEL: 'error', ...BOUNDS },
      { asStarted: true },
    ),
  );
});
afterAll(() => server.kill());

/** Resident megabytes of the server's process. */
async function residentMb(): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) / 1024;
}

let asked = 0;

/** Sends a document; what leaves before its answer is no error. */
async function send(query: string, variables: object, signal?: AbortSignal): Promise<void> {
  asked++;
  try {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
      body: JSON.stringify({ query, variables }),
      ...(signal ? { signal } : {}),
    });
    await response.arrayBuffer();
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** What a client does next: the number decides. */
const STEPS: readonly ((number: number) => Promise<void>)[] = [
  (number) => {
    const { query, variables = {} } = examples('reading')[number % examples('reading').length]!;
    return send(query, variables);
  },
  // A document of its own, so that nothing remembers it.
  (number) =>
    send(
      `{ poles(first: ${1 + (number % 50)}) { nodes { _${number}: name members(first: 3) { totalCount nodes { id } } } } }`,
      {},
    ),
  (number) =>
    send('query($text: String!) { search(text: $text) { nodes { id } } }', {
      text: `valley ${number % 977} ${number}`,
    }),
  // A record that changes: the graph does not grow, but for its change log.
  (number) =>
    send(
      'mutation($id: ID!, $acronym: String!) { networkUpdate(id: $id, input: { acronym: $acronym }) { problems { code } } }',
      { id: 'pole/aerospace-valley', acronym: `AV ${number}` },
    ),
  (number) =>
    send('query($id: ID!) { neighbourhood(of: [$id], depth: 3) { nodes(first: 50) { nodes { id } } } }', {
      id: `pole/aerospace-valley${number % 3 === 0 ? number : ''}`,
    }),
  (number) => {
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), number % 20);
    return send(
      '{ organisations(first: 50) { nodes { name partners(first: 20) { nodes { name } } } } }',
      {},
      leaving.signal,
    );
  },
  async (number) => {
    const leaving = new AbortController();
    const subscribed = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { graphChanged { sequence } }' }),
      signal: leaving.signal,
    });
    await pause(20 + (number % 50));
    leaving.abort();
    await subscribed.then((response) => response.body?.cancel()).catch(() => {});
    asked++;
  },
];

it(
  'has as much memory after an hour as after ten minutes',
  async () => {
    const until = performance.now() + MINUTES * 60_000;
    const isOver = (): boolean => (MINUTES > 0 ? performance.now() >= until : asked >= REQUESTS);
    const byMinute: number[] = [];
    const before = await residentMb();
    let number = 0;
    const clients = Array.from({ length: 8 }, async () => {
      while (!isOver()) await STEPS[number % STEPS.length]!(number++);
    });
    const watch = (async () => {
      for (let minute = 1; !isOver(); minute++) {
        while (!isOver() && performance.now() < until - (MINUTES - minute) * 60_000) await pause(200);
        byMinute.push(Math.round(await residentMb()));
        if (SOAK_REPORT) console.log(`minute ${minute}: ${byMinute.at(-1)} MB, ${asked} requests`);
      }
    })();
    await Promise.all([...clients, watch]);
    if (MINUTES === 0) expect((await residentMb()) - before).toBeLessThan(BARS.warmingUpMb);
    if (MINUTES <= SETTLED + 2) return;
    const [settled, last] = [byMinute[SETTLED - 1]!, Math.min(...byMinute.slice(-3))];
    expect((last - settled) / (MINUTES - SETTLED), byMinute.join(' ')).toBeLessThan(BARS.perMinuteMb);
  },
  PATIENCE_MS,
);
