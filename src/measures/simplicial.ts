import type { WeightedGraph } from './graph.ts';
import { type Check, CLOCK_INTERVAL } from './stop.ts';

/** Neighbours that a node has at most, to be looked at: of more, all seldom know each other, and looking takes long. */
const MAX_DEGREE = 128;

/**
 * Of each node 1 where all its neighbours are neighbours of each other, as are those of an organisation with one project; 0
 * of others, and of nodes with more than 128 neighbours.
 */
export function inCliquesOnly({ size, offsets, neighbours }: WeightedGraph, check: Check): Uint8Array {
  const found = new Uint8Array(size);
  const markedFor = new Int32Array(size).fill(-1);
  const degree = (node: number): number => offsets[node + 1]! - offsets[node]!;
  for (let node = 0; node < size; node++) {
    if (node % CLOCK_INTERVAL === 0) check();
    const [first, last] = [offsets[node]!, offsets[node + 1]!];
    const own = last - first;
    if (own > MAX_DEGREE) continue;
    markedFor[node] = node;
    let hub = -1;
    for (let at = first; at < last; at++) {
      const neighbour = neighbours[at]!;
      markedFor[neighbour] = node;
      if (hub < 0 || degree(neighbour) > degree(hub)) hub = neighbour;
    }
    let isClique = true;
    for (let at = first; at < last && isClique; at++) {
      const neighbour = neighbours[at]!;
      // When all others know the one that has most neighbours, it knows all others.
      if (neighbour === hub) continue;
      let known = 0;
      for (let index = offsets[neighbour]!; index < offsets[neighbour + 1]!; index++) {
        if (markedFor[neighbours[index]!] === node) known++;
      }
      isClique = known === own;
    }
    if (isClique) found[node] = 1;
  }
  return found;
}
