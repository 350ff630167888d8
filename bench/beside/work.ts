import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Server } from './server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a server does beside the polite client until the signal is aborted. */
export type Work = (server: Server, signal: AbortSignal) => Promise<void>;

const EVERYTHING = '{ relationships: [PARTNERS_WITH, PARTICIPATES_IN, MEMBER_OF, AFFILIATED_WITH] }';
const FORMATS = ['GEXF', 'GRAPHML', 'JSON_LD', 'RELATIONSHIPS_CSV', 'EDGES_PARQUET', 'SKG_IF', 'NODE_LINK_JSON'];

/** Fetches everything in one format after the other. */
const exporting: Work = async (server, signal) => {
  const client = new Worker(new URL('./fetched.mjs', import.meta.url));
  try {
    for (let turn = 0; !signal.aborted; turn++) {
      const format = FORMATS[turn % FORMATS.length]!;
      const { data, errors } = await server.ask(
        `{ subgraph(select: ${EVERYTHING}) { export(format: ${format}) { url } } }`,
        {},
        { token: server.token, signal },
      );
      if (errors) throw new Error(JSON.stringify(errors));
      const fetched = once(client, 'message', { signal });
      client.postMessage(`${server.url}${data.subgraph.export.url}`);
      const [bytes] = await fetched;
      if (bytes === 0) throw new Error(`An empty file: ${format}.`);
    }
  } finally {
    await client.terminate();
  }
};

/** Computes long measures of selections that nobody has asked for before. */
const measuring: Work = async (server, signal) => {
  const MEASURES = 'a: ranking(measure: BETWEENNESS, first: 1) { totalCount } positions(first: 1) { totalCount }';
  for (let year = 2022; !signal.aborted; year--) {
    const select = `{ connectedOnly: true, period: { from: "${year - 30}", to: "${year}" } }`;
    const query = `{ subgraph(select: ${select}) { ${MEASURES} communities(seed: ${year}) { count } } }`;
    const { errors } = await server.ask(query, {}, { token: server.token, signal });
    // On two processors they may take longer than a request may: then they end, and the next ones begin.
    if (errors && errors[0].extensions.code !== 'TIMEOUT') throw new Error(JSON.stringify(errors));
  }
};

const ROWS = 5_000;

/** Imports folder after folder of new organisations with partnerships, by `grappe import --to`. */
const importing: Work = async (server, signal) => {
  const folder = await mkdtemp(join(tmpdir(), 'grappe-beside-'));
  try {
    for (let turn = 0; !signal.aborted; turn++) {
      const id = (row: number): string => `organisation/beside-${turn}-${row % ROWS}`;
      const rows = Array.from({ length: ROWS }, (_, row) => row);
      const file = (name: string, lines: string[]) => writeFile(join(folder, name), `${lines.join('\n')}\n`);
      await file('sources.csv', ['id,title', 'source/beside,A source of the benchmark']);
      await file('organisations.csv', [
        'id,name,kind,sources',
        ...rows.map((row) => `${id(row)},Beside ${turn} ${row},COMPANY,source/beside`),
      ]);
      await file('partnerships.csv', [
        'from,to,kind,sources',
        ...rows.flatMap((row) => [1, 7].map((step) => `${id(row)},${id(row + step)},SUPPLY,source/beside`)),
      ]);
      const env = { ...process.env, GRAPPE_TOKEN: server.token };
      const command = ['src/start.mjs', 'import', folder, '--to', server.url];
      const child = spawn(process.execPath, command, {
        cwd: ROOT,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
        signal,
      });
      const { promise, resolve, reject } = Promise.withResolvers<number | null>();
      // One that is stopped ends its import before it exits: the next begins when it has.
      child.on('error', (error) => signal.aborted || reject(error)).on('exit', resolve);
      const code = await promise;
      if (code !== 0 && !signal.aborted) throw new Error(`The import ended with ${code}.`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Kinds of work by what is said of them. */
export const WORK: Readonly<Record<string, Work>> = {
  'exports of everything': exporting,
  'long measures': measuring,
  'import --to': importing,
};
