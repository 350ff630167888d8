import type { WeightedGraph } from './graph.ts';

/**
 * The core number of each node: the largest k for which it belongs to a part of the graph in which every node has
 * k neighbours. Linear in the edges (Batagelj and Zaveršnik, 2003).
 */
export function coreNumbers({ size, offsets, neighbours }: WeightedGraph): Int32Array {
  const degree = new Int32Array(size);
  let most = 0;
  for (let node = 0; node < size; node++) {
    degree[node] = offsets[node + 1]! - offsets[node]!;
    most = Math.max(most, degree[node]!);
  }
  const start = new Int32Array(most + 2);
  for (let node = 0; node < size; node++) start[degree[node]! + 1]!++;
  for (let value = 0; value <= most; value++) start[value + 1]! += start[value]!;
  const order = new Int32Array(size);
  const position = new Int32Array(size);
  const next = start.slice();
  for (let node = 0; node < size; node++) {
    position[node] = next[degree[node]!]!++;
    order[position[node]!] = node;
  }
  for (let index = 0; index < size; index++) {
    const node = order[index]!;
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const neighbour = neighbours[at]!;
      if (degree[neighbour]! <= degree[node]!) continue;
      // The neighbour loses one: it changes places with the first of its degree.
      const first = order[start[degree[neighbour]!]!]!;
      const [here, there] = [position[neighbour]!, start[degree[neighbour]!]!];
      if (first !== neighbour) {
        order[here] = first;
        order[there] = neighbour;
        position[first] = here;
        position[neighbour] = there;
      }
      start[degree[neighbour]!]!++;
      degree[neighbour]!--;
    }
    start[degree[node]!] = Math.max(start[degree[node]!]!, index + 1);
  }
  return degree;
}
