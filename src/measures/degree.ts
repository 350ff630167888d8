import type { WeightedGraph } from './graph.ts';

/** The number of neighbours of each node. */
export function degrees({ size, offsets }: WeightedGraph): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: size }, (_, node) => offsets[node + 1]! - offsets[node]!);
}

/** How many nodes have each degree that occurs, by degree. */
export function degreeDistribution(
  graph: WeightedGraph,
): readonly { readonly degree: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const degree of degrees(graph)) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  return [...counts].map(([degree, count]) => ({ degree, count })).sort((a, b) => a.degree - b.degree);
}
