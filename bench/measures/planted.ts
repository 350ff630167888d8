import { keyOf } from '../../src/domain/key.ts';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';
import { randomNumbers } from '../../src/measures/random.ts';
import type { SelectedParts } from '../../src/subgraphs/selected-graph.ts';

/** Nodes of one planted community. */
const COMMUNITY = 500;
/** The share of edges that stay within it. */
const WITHIN = 0.6;

/** A graph whose degrees follow a power law, with planted communities and weights from 0.1 to 1. */
export function planted(nodes: number, edges: number): WeightedGraph {
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

/** The same graph as a selection has it, each pair with one relationship. */
export function selected({ size, offsets, neighbours, weights }: WeightedGraph): SelectedParts {
  const count = neighbours.length / 2;
  const pairs = {
    ...{ from: new Int32Array(count), to: new Int32Array(count), strength: new Float64Array(count) },
    ...{ projects: new Int32Array(count), start: Int32Array.from({ length: count + 1 }, (_, at) => at) },
  };
  let pair = 0;
  for (let node = 0; node < size; node++) {
    const later: [number, number][] = [];
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      if (neighbours[at]! > node) later.push([neighbours[at]!, weights[at]!]);
    }
    for (const [neighbour, weight] of later.sort((a, b) => a[0] - b[0])) {
      pairs.from[pair] = node;
      pairs.to[pair] = neighbour;
      pairs.strength[pair++] = weight;
    }
  }
  const key = keyOf('subgraph', { planted: [size, count] });
  const some = <Value>(of: (at: number) => Value): Value[] => Array.from({ length: count }, (_, at) => of(at));
  return {
    ...{ key, selection: key, version: '1', types: ['PARTNERS_WITH'], days: null, sources: [], pairs },
    nodes: Array.from({ length: size }, (_, at) => ({
      ...{ id: `organisation/planted-${at}`, type: 'Organisation' as const, name: `Planted & known ${at}` },
      kind: 'COMPANY',
    })),
    relationships: {
      ...{ type: new Uint8Array(count), first: new Int32Array(count), last: new Int32Array(count) },
      ...{ isForward: new Uint8Array(count).fill(1), strength: pairs.strength, projects: pairs.projects },
      kind: some(() => 'PROJECT'),
      since: some((at) => String(2005 + (at % 20))),
      until: some((at) => (at % 3 === 0 ? String(2026 + (at % 5)) : null)),
    },
  };
}
