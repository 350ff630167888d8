// node bench/measures/beside.ts [nodes] [edges]: how long the event loop is blocked while measures of a selection are computed
// in workers, and how soon these are free again after a measure was cancelled. Time of the processor counts, of the event loop or of
// all threads, so that what else the machine does matters little.
import { setTimeout } from 'node:timers/promises';
import { SharedResults } from '../../src/measures/cache.ts';
import { WorkerPool } from '../../src/measures/pool.ts';
import { Computations } from '../../src/subgraphs/computations.ts';
import { GraphMeasures } from '../../src/subgraphs/measures.ts';
import { SelectedGraph } from '../../src/subgraphs/selected-graph.ts';
import { planted, selected } from './planted.ts';

const [nodes = 100_000, edges = 1_000_000] = process.argv.slice(2).map(Number);
const parts = selected(planted(nodes, edges));
const tools = { pool: new WorkerPool(), results: new SharedResults(1e9), computations: new Computations() };
/** The longest that the event loop was blocked while something ran: milliseconds of processor between two turns of it. */
async function lateness(work: () => unknown): Promise<number> {
  await setTimeout(20);
  let [longest, isDone] = [0, false];
  const turns = (async () => {
    for (let before = process.threadCpuUsage(); !isDone; before = process.threadCpuUsage()) {
      await setTimeout(1);
      const { user, system } = process.threadCpuUsage(before);
      longest = Math.max(longest, (user + system) / 1_000);
    }
  })();
  await work();
  await setTimeout(20);
  isDone = true;
  await turns;
  return longest;
}

const say = (name: string, ms: number, more = ''): void =>
  console.log(`${name.padEnd(34)} ${ms.toFixed(0).padStart(6)} ms ${more}`);

console.log(`${nodes} nodes, ${edges} edges. Event loop blocked by at most`);
say('making the graph', await lateness(() => void new SelectedGraph(parts)));
const graph = new SelectedGraph(parts);
const forever = new AbortController().signal;
const measuresFor = (signal: AbortSignal): GraphMeasures => new GraphMeasures(graph, tools, signal);
const communities = { resolution: 1, weights: 'STRENGTH', seed: 1 } as const;
const MEASURES: Readonly<Record<string, (measures: GraphMeasures) => Promise<unknown>>> = {
  PageRank: (measures) => measures.ranking('PAGE_RANK', 'STRENGTH'),
  'core numbers': (measures) => measures.ranking('CORE', 'NONE'),
  components: (measures) => measures.components(),
  constraint: (measures) => measures.ranking('CONSTRAINT', 'STRENGTH'),
  'harmonic closeness': (measures) => measures.ranking('HARMONIC', 'NONE'),
  betweenness: (measures) => measures.ranking('BETWEENNESS', 'NONE'),
  communities: (measures) => measures.communities(communities),
  positions: (measures) => measures.positions(1),
};
for (const [name, measure] of Object.entries(MEASURES)) {
  const before = performance.now();
  const late = await lateness(() => measure(measuresFor(forever)));
  say(name, late, `(took ${((performance.now() - before) / 1_000).toFixed(1)} s)`);
}

console.log('Cancelled: both workers free again after at most');
const WAITS = [150, 300, 450, 600, 750];
for (const [name, measure] of Object.entries(MEASURES)) {
  let longest = 0;
  for (const wait of WAITS) {
    tools.results = new SharedResults(1e9);
    const controller = new AbortController();
    const asked = measure(measuresFor(controller.signal)).catch(() => null);
    await setTimeout(wait);
    controller.abort(new Error('left'));
    const before = process.cpuUsage();
    while (tools.pool.figures.running > 0) await setTimeout(1);
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1_000);
    await asked;
  }
  say(name, longest);
}
await tools.pool.close();
