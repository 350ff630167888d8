import { strengths, type WeightedGraph } from './graph.ts';
import { type Check, NEVER } from './stop.ts';

/**
 * Burt's constraint of each node ("Structural Holes", 1992): how much of its relationships lead to neighbours that are
 * joined with each other. Low where a node alone joins others, 1 where there is one neighbour. NaN without neighbours.
 */
export function constraints(graph: WeightedGraph, check: Check = NEVER): Float64Array<ArrayBuffer> {
  const { size, offsets, neighbours, weights } = graph;
  const strength = strengths(graph);
  const result = new Float64Array(size).fill(Number.NaN);
  /** Beside each neighbour of the node: the share of the node's weight that leads to it, directly or through another. */
  const invested = new Float64Array(size);
  const isNeighbour = new Uint8Array(size);
  for (let node = 0; node < size; node++) {
    if (node % 64 === 0) check(node / size);
    const [start, end] = [offsets[node]!, offsets[node + 1]!];
    if (start === end) continue;
    for (let at = start; at < end; at++) {
      isNeighbour[neighbours[at]!] = 1;
      invested[neighbours[at]!] = weights[at]! / strength[node]!;
    }
    for (let at = start; at < end; at++) {
      const through = neighbours[at]!;
      const direct = weights[at]! / strength[node]!;
      for (let next = offsets[through]!; next < offsets[through + 1]!; next++) {
        const neighbour = neighbours[next]!;
        if (isNeighbour[neighbour] === 1) invested[neighbour]! += (direct * weights[next]!) / strength[through]!;
      }
    }
    let sum = 0;
    for (let at = start; at < end; at++) {
      sum += invested[neighbours[at]!]! ** 2;
      isNeighbour[neighbours[at]!] = 0;
    }
    result[node] = sum;
  }
  return result;
}
