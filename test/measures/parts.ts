import { components } from '../../src/measures/components.ts';
import { type WeightedGraph, weightedGraph } from '../../src/measures/graph.ts';

/** How many connected parts the communities of a graph have in all. */
export function partsOf(graph: WeightedGraph, membership: Int32Array): number {
  const edges = { from: [] as number[], to: [] as number[], weight: [] as number[] };
  for (let node = 0; node < graph.size; node++) {
    for (let at = graph.offsets[node]!; at < graph.offsets[node + 1]!; at++) {
      const neighbour = graph.neighbours[at]!;
      if (neighbour < node || membership[neighbour] !== membership[node]) continue;
      edges.from.push(node);
      edges.to.push(neighbour);
      edges.weight.push(1);
    }
  }
  return Math.max(...components(weightedGraph(graph.size, edges))) + 1;
}

/** A search of shortest paths from all nodes of a graph, as workers are asked for it. */
export const searchOf = ({ size }: WeightedGraph) => ({
  ...{ sources: Int32Array.from({ length: size }, (_, node) => node), times: new Int32Array(size).fill(1) },
  ...{ counts: new Float64Array(size).fill(1), isEnd: new Uint8Array(size), groups: null },
});
