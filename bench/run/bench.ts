import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalNeo4j } from '../../src/neo4j-local.ts';
import { Random } from '../graph/random.ts';
import { makeWorld, type World } from '../graph/world.ts';
import { WORKLOADS } from '../workloads/all.ts';
import { organisation } from '../workloads/organisation.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Prepared } from './client.ts';
import { loadGraph } from './load.ts';
import { type Line, measure } from './measure.ts';
import { type Options, readOptions, UsageError } from './options.ts';
import { residentMegabytes } from './process.ts';
import { figure, figuresOf, type ProcessFigures, reportOf } from './report.ts';
import { type Engines, prepared, RunningServer, root, SERVERS, type ServerKind, START } from './servers.ts';
import { type Delay, subscriptionDelays } from './subscription.ts';

/** Connections of the measure of throughput. */
const CONNECTIONS = 10;
/** Seconds that the end of a run takes: memory, report, shutting down. */
const LAST_SECONDS = 30;
/** How many times as long a workload takes that writes: Neo4j has compiled what a creation runs after some thousand only. */
const SHARES_OF_WRITES = 4;
/** Milliseconds of one workload at the least, however late it is. */
const LEAST_MS = 1_500;

const say = (line: string): void => console.log(line);

const version = (file: string): string =>
  (JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string }).version;

function surroundings(neo4j: LocalNeo4j | null, heap: string): string[] {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} × ${cpu?.model.trim()}, ${memory} GB, load of the machine at the start ${loadavg()[0]!.toFixed(1)}`,
    `Node ${process.versions.node}, Grafeo ${version('node_modules/@grafeo-db/js/package.json')}, @neo4j/graphql ${version('bench/node_modules/@neo4j/graphql/package.json')}, graphql-yoga ${version('bench/node_modules/graphql-yoga/package.json')}, neo4j-driver ${version('bench/node_modules/neo4j-driver/package.json')}`,
    ...(neo4j ? [`Neo4j ${neo4j.version} Community, ${heap}`] : []),
    `Grappe as \`npm start\` has it: node ${START.filter((word) => word.startsWith('--')).join(' ')}; the others without flags`,
  ];
}

/** A graph of a million relationships wants more than the tests' Neo4j has; who has set something keeps it. */
function giveMemory({ size }: Options): string {
  process.env.NEO4J_HEAP ??= size.name === 'large' ? '2g' : '1g';
  process.env.NEO4J_PAGECACHE ??= size.name === 'large' ? '1g' : '256m';
  return `heap ${process.env.NEO4J_HEAP}, page cache ${process.env.NEO4J_PAGECACHE}`;
}

function summary({ cells }: Line): string {
  return [...cells]
    .map(([id, cell]) => `${id} ${cell.is === 'measured' ? `${figure(cell.measured.p50)} ms` : cell.is}`)
    .join(', ');
}

async function startAll(
  kinds: readonly ServerKind[],
  engines: Engines,
  folder: string,
  world: World,
): Promise<RunningServer[]> {
  const [question] = organisation.questions(world, new Random(1));
  const probe = ({ tongue }: ServerKind): Prepared =>
    prepared(
      tongue,
      organisation.id,
      organisation[tongue]!,
      tongue === 'grappe' ? question!.grappe(() => '') : question![tongue]!,
    );
  const started: RunningServer[] = [];
  try {
    // One after the other: each has the machine to itself while it starts.
    for (const kind of kinds) {
      const server = await RunningServer.start(kind, { engines, folder, connections: CONNECTIONS, probe });
      started.push(server);
      say(`${kind.title} answers after ${figure(server.startSeconds)} s`);
    }
    return started;
  } catch (error) {
    await Promise.all(started.map((server) => server.stop()));
    throw error;
  }
}

async function measureAll(
  options: Options,
  world: World,
  servers: readonly RunningServer[],
  neo4j: LocalNeo4j | null,
  end: number,
): Promise<Line[]> {
  const workloads = WORKLOADS.filter(({ id }) => options.workloads?.includes(id) ?? true);
  const sharesOf = ({ writes }: Workload): number => (writes ? SHARES_OF_WRITES : 1);
  const lines: Line[] = [];
  for (const [place, workload] of workloads.entries()) {
    const sharesLeft = workloads.slice(place).reduce((sum, each) => sum + sharesOf(each), 0);
    const milliseconds = Math.max(LEAST_MS, ((end - performance.now()) * sharesOf(workload)) / sharesLeft);
    const line = await measure(workload, { world, servers, databasePid: neo4j?.pid ?? null, milliseconds, say });
    lines.push(line);
    const left = Math.max(0, Math.round((end - performance.now()) / 1_000));
    say(
      `${String(place + 1).padStart(2)} of ${workloads.length}, ${left} s left: ${workload.id} (${line.questions} questions): ${summary(line)}`,
    );
    for (const [id, cell] of line.cells) if (cell.is !== 'measured') say(`      ${id} ${cell.is}: ${cell.reason}`);
  }
  return lines;
}

/** The command as anybody would give it: where the graph is stored between two runs is nobody else's business. */
function commandOf(words: readonly string[]): string {
  const shown = words.filter((word, place) => !word.startsWith('--folder') && words[place - 1] !== '--folder');
  return ['npm run bench', ...(shown.length > 0 ? ['--', ...shown] : [])].join(' ');
}

/** Runs the benchmark; resolves to its exit code: 1 when an answer was wrong. */
export async function bench(words: string[]): Promise<number> {
  const begun = performance.now();
  let options: Options;
  try {
    options = readOptions(words, { workloads: WORKLOADS.map(({ id }) => id), servers: SERVERS.map(({ id }) => id) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
  const end = begun + options.minutes * 60_000 - LAST_SECONDS * 1_000;
  const memory = giveMemory(options);
  const kinds = SERVERS.filter(({ id }) => options.servers?.includes(id) ?? true);
  const work = mkdtempSync(join(tmpdir(), 'grappe-bench-'));
  const store = options.folder === null ? work : resolve(options.folder, options.size.name);
  await mkdir(store, { recursive: true });
  const servers: RunningServer[] = [];
  let neo4j: LocalNeo4j | null = null;
  // Ctrl-C goes on to the end of the function: children are stopped, the folder is removed.
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => reject(new Error(`Stopped by ${signal}.`)));
  const run = async (): Promise<number> => {
    say(`Making the ${options.size.name} graph`);
    const world = makeWorld(options.size);
    const loaded = await loadGraph({
      world,
      store,
      work,
      engines: [...new Set(kinds.map(({ engine }) => engine))],
      say,
    });
    neo4j = loaded.engines.neo4j;
    const around = surroundings(neo4j, memory);
    servers.push(...(await startAll(kinds, loaded.engines, join(work, 'logs'), world)));
    const lines = await measureAll(options, world, servers, neo4j, end);
    const delays: Delay[] = options.workloads === null ? await subscriptionDelays(servers) : [];
    const processes = new Map<string, ProcessFigures>(
      servers.map((server) => [server.kind.id, figuresOf(server, residentMegabytes(server.child.pid))]),
    );
    const { organisations, partnerships, memberships, poles, clusters, largest } = options.size;
    const count = (number: number): string => number.toLocaleString('en');
    const report = reportOf({
      date: new Date().toISOString().slice(0, 10),
      command: commandOf(words),
      surroundings: around,
      graph: `${count(organisations)} organisations, ${count(partnerships)} partnerships, ${count(memberships)} memberships, ${poles} poles, ${clusters} clusters, degrees by a power law, one pole of ${count(largest)} members, one hub of ${count(largest)} partners`,
      servers: kinds,
      lines,
      processes,
      imports: loaded.imports,
      delays,
      connections: CONNECTIONS,
    });
    say(`\n${report}`);
    if (options.write) writeFileSync(join(root, 'docs', 'performance.md'), report);
    else say('docs/performance.md was not written: it tells of whole runs on the large graph (or --write).');
    say(`The run took ${Math.round((performance.now() - begun) / 1_000)} s.`);
    return lines.some(({ cells }) => [...cells.values()].some(({ is }) => is === 'wrong')) ? 1 : 0;
  };
  try {
    return await Promise.race([run(), interrupted]);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  } finally {
    await Promise.allSettled(servers.map((server) => server.stop()));
    await (neo4j as LocalNeo4j | null)?.stop();
    rmSync(work, { recursive: true, force: true });
  }
}
