// node bench/measures/main.ts [nodes] [edges]: processor seconds of each measure on a random graph, in one thread.
import { dependenciesFrom } from '../../src/measures/betweenness.ts';
import { components } from '../../src/measures/components.ts';
import { constraints } from '../../src/measures/constraint.ts';
import { coreNumbers } from '../../src/measures/core.ts';
import { forceAtlas } from '../../src/measures/force-atlas.ts';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';
import { harmonicFrom } from '../../src/measures/harmonic.ts';
import { leiden } from '../../src/measures/leiden.ts';
import { pageRank } from '../../src/measures/page-rank.ts';
import { randomNumbers } from '../../src/measures/random.ts';
import { drawn } from '../../src/measures/random-sources.ts';

/** Nodes of one planted community. */
const COMMUNITY = 500;
/** The share of edges that stay within it. */
const WITHIN = 0.6;

/** A graph whose degrees follow a power law, with planted communities and weights from 0.1 to 1. */
function planted(nodes: number, edges: number): WeightedGraph {
  const random = randomNumbers(20_261_129);
  const list = { from: new Int32Array(edges), to: new Int32Array(edges), weight: new Float64Array(edges) };
  const some = (first: number, count: number): number => first + Math.floor(count * random() ** 2.5);
  for (let edge = 0; edge < edges; edge++) {
    const community = COMMUNITY * Math.floor((random() * nodes) / COMMUNITY);
    const size = Math.min(COMMUNITY, nodes - community);
    list.from[edge] = some(community, size);
    list.to[edge] = random() < WITHIN ? some(community, size) : some(0, nodes);
    list.weight[edge] = 0.1 + 0.9 * random();
  }
  return weightedGraph(nodes, list);
}

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
for (const seed of [1, 2, 3, 4, 5]) {
  const quality = ({ modularity }: { modularity: number }): string => `modularity ${modularity.toFixed(4)}`;
  measure(`Leiden, weighted, seed ${seed}`, () => leiden(weighted, { seed }), quality);
  measure(`Leiden, unit, seed ${seed}`, () => leiden(unit, { seed }), quality);
}
measure('ForceAtlas2', () => forceAtlas(weighted));
