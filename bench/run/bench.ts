import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Size } from '../graph/size.ts';
import { WORKLOADS } from '../workloads/all.ts';
import { CONNECTIONS, type GraphRun, OneGraph } from './one-graph.ts';
import { type Options, readOptions, UsageError } from './options.ts';
import { reportOf } from './report.ts';
import { scaleReportOf, withScaleReport } from './scale-report.ts';
import { root, SERVERS, START } from './servers.ts';

/** Seconds that the end of a run takes: memory, report, shutting down. */
const LAST_SECONDS = 30;

const say = (line: string): void => console.log(line);

const version = (file: string): string =>
  (JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string }).version;

function surroundings({ neo4jVersion }: GraphRun, memoryOfNeo4j: string, loadAtStart: number): string[] {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} × ${cpu?.model.trim()}, ${memory} GB, load of the machine at the start ${loadAtStart.toFixed(1)}`,
    `Node ${process.versions.node}, Grafeo ${version('node_modules/@grafeo-db/js/package.json')}, @neo4j/graphql ${version('bench/node_modules/@neo4j/graphql/package.json')}, graphql-yoga ${version('bench/node_modules/graphql-yoga/package.json')}, neo4j-driver ${version('bench/node_modules/neo4j-driver/package.json')}`,
    ...(neo4jVersion ? [`Neo4j ${neo4jVersion} Community, ${memoryOfNeo4j}`] : []),
    `Grappe as \`npm start\` has it: node ${START.filter((word) => word.startsWith('--')).join(' ')}; the others without flags`,
  ];
}

/** From so many organisations on Neo4j gets the memory of the larger step. */
const MEMORY_OF_NEO4J = [
  { from: 400_000, heap: '4g', pageCache: '3g' },
  { from: 20_000, heap: '2g', pageCache: '1g' },
  { from: 0, heap: '1g', pageCache: '256m' },
] as const;

/** A graph of a million relationships wants more than the tests' Neo4j has; what somebody has set stays. */
function giveMemory({ organisations }: Size): string {
  const { heap, pageCache } = MEMORY_OF_NEO4J.find(({ from }) => organisations >= from)!;
  process.env.NEO4J_HEAP ??= heap;
  process.env.NEO4J_PAGECACHE ??= pageCache;
  return `heap ${process.env.NEO4J_HEAP}, page cache ${process.env.NEO4J_PAGECACHE}`;
}

function described({ organisations, partnerships, memberships, poles, clusters, largest }: Size): string {
  const count = (number: number): string => number.toLocaleString('en');
  return `${count(organisations)} organisations, ${count(partnerships)} partnerships, ${count(memberships)} memberships, ${poles} poles, ${clusters} clusters, degrees by a power law, one pole of ${count(largest)} members, one hub of ${count(largest)} partners`;
}

/** The command as anybody would give it: where the graph is stored between two runs is nobody else's business. */
function commandOf(words: readonly string[]): string {
  const shown = words.filter((word, place) => !word.startsWith('--folder') && words[place - 1] !== '--folder');
  return ['npm run bench', ...(shown.length > 0 ? ['--', ...shown] : [])].join(' ');
}

const PAGE = join(root, 'docs', 'performance.md');

/** Runs the benchmark; resolves to its exit code: 1 when an answer was wrong. */
export async function bench(words: string[]): Promise<number> {
  const begun = performance.now();
  const loadAtStart = loadavg()[0]!;
  let options: Options;
  try {
    options = readOptions(words, { workloads: WORKLOADS.map(({ id }) => id), servers: SERVERS.map(({ id }) => id) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
  const { size, beside, minutes, workloads, folder } = options;
  const memory = giveMemory(size);
  const kinds = SERVERS.filter(({ id, isExtra }) => options.servers?.includes(id) ?? !isExtra);
  let open: OneGraph | null = null;
  // Ctrl-C goes on to the end of the function: children are stopped, the folder is removed.
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => reject(new Error(`Stopped by ${signal}.`)));
  const runOn = async (one: Size): Promise<GraphRun> => {
    const budget = minutes * 60_000;
    const endOf = (): number => (beside === null ? begun + budget - LAST_SECONDS * 1_000 : performance.now() + budget);
    open = new OneGraph({ size: one, kinds, workloads, folder, endOf, startsTwice: beside !== null, say });
    const done = await open.run();
    await open.close();
    open = null;
    return done;
  };
  const run = async (): Promise<number> => {
    const smaller = beside && (await runOn(beside));
    const measured = await runOn(size);
    const report = {
      date: new Date().toISOString().slice(0, 10),
      command: commandOf(words),
      surroundings: surroundings(measured, memory, loadAtStart),
      graph: described(size),
      servers: kinds,
      connections: CONNECTIONS,
    };
    const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
    const [text, page] =
      smaller === null
        ? [reportOf({ ...report, ...measured }), (own: string) => withScaleReport(own, before)]
        : [scaleReportOf({ ...report, smaller, larger: measured }), (own: string) => withScaleReport(before, own)];
    say(`\n${text}`);
    if (options.write) writeFileSync(PAGE, page(text));
    else
      say('docs/performance.md was not written: it tells of whole runs on the large or the huge graph (or --write).');
    say(`The run took ${Math.round((performance.now() - begun) / 1_000)} s.`);
    const lines = [...(smaller?.lines ?? []), ...measured.lines];
    return lines.some(({ cells }) => [...cells.values()].some(({ is }) => is === 'wrong')) ? 1 : 0;
  };
  try {
    return await Promise.race([run(), interrupted]);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  } finally {
    await (open as OneGraph | null)?.close();
  }
}
