// node bench/measures/main.ts [nodes] [edges]: processor seconds of each measure in one thread, on a random graph and on the
// collaborations of the ANR in the seed.
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { components } from '../../src/measures/components.ts';
import { constraints } from '../../src/measures/constraint.ts';
import { coreNumbers } from '../../src/measures/core.ts';
import { forceAtlas } from '../../src/measures/force-atlas.ts';
import type { WeightedGraph } from '../../src/measures/graph.ts';
import { harmonicFrom } from '../../src/measures/harmonic.ts';
import { leiden } from '../../src/measures/leiden.ts';
import { pageRank } from '../../src/measures/page-rank.ts';
import { drawn } from '../../src/measures/random-sources.ts';
import { collaborations } from '../../test/support/anr.ts';
import { median } from '../run/statistics.ts';
import { planted } from './planted.ts';

function measure<Result>(name: string, work: () => Result, describe: (result: Result) => string = () => ''): void {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  console.log(`${name.padEnd(34)} ${((user + system) / 1e6).toFixed(3).padStart(8)} s  ${describe(result)}`);
}

const [nodes = 100_000, edges = 1_000_000] = process.argv.slice(2).map(Number);
const weighted = planted(nodes, edges);
const unit = { ...weighted, weights: weighted.weights.map(() => 1) };
console.log(`${nodes} nodes, ${weighted.neighbours.length / 2} edges`);
measure('components', () => components(weighted));
measure('core numbers', () => coreNumbers(weighted));
measure('PageRank, weighted', () => pageRank(weighted));
measure('constraint', () => constraints(weighted));
measure('harmonic closeness, 128 sources', () => harmonicFrom(weighted, drawn(nodes, 128, 1)));
measure('betweenness, 100 sources', () => dependenciesFrom(weighted, drawn(nodes, 100, 1)));

interface Found {
  readonly modularity: number;
}

/** The median time and modularity of five seeds. */
function measureLeiden(name: string, graph: WeightedGraph): void {
  const times: number[] = [];
  const qualities: number[] = [];
  for (const seed of [1, 2, 3, 4, 5]) {
    const before = process.cpuUsage();
    const found: Found = leiden(graph, { seed });
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
    qualities.push(found.modularity);
  }
  const seconds = median(times).toFixed(3).padStart(8);
  console.log(`${name.padEnd(34)} ${seconds} s  modularity ${median(qualities).toFixed(4)}, of five seeds`);
}

measureLeiden('Leiden, weighted', weighted);
measureLeiden('Leiden, unit', unit);
measure('ForceAtlas2', () => forceAtlas(weighted));

const anr = collaborations();
const all = drawn(anr.unit.size, anr.unit.size, 1);
console.log(`ANR: ${anr.unit.size} nodes, ${anr.unit.neighbours.length / 2} edges`);
measureLeiden('Leiden, weighted', anr.weighted);
measureLeiden('Leiden, unit', anr.unit);
measure('harmonic closeness, exact', () => harmonicFrom(anr.unit, all));
measure('betweenness, exact', () => dependenciesFrom(anr.unit, all));
measure('constraint', () => constraints(anr.weighted));
measure('ForceAtlas2', () => forceAtlas(anr.weighted));
