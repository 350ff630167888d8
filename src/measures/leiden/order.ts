import type { WeightedGraph } from '../graph.ts';
import { shuffle } from '../random.ts';

/** A graph whose nodes have other numbers, and the earlier number of each. */
interface Renumbered {
  readonly graph: WeightedGraph;
  readonly nodes: Int32Array<ArrayBuffer>;
}

/**
 * The graph with its nodes in a random order. A search that then goes through them by their numbers reads the rows of
 * neighbours one after another. Jumps between the rows of a million edges, which no cache holds, take longer.
 */
export function inRandomOrder(graph: WeightedGraph, random: () => number): Renumbered {
  const { size, offsets, neighbours, weights } = graph;
  const nodes = Int32Array.from({ length: size }, (_, node) => node);
  shuffle(nodes, random);
  const numbers = new Int32Array(size);
  for (let number = 0; number < size; number++) numbers[nodes[number]!] = number;
  const starts = new Int32Array(size + 1);
  const ends = new Int32Array(neighbours.length);
  const values = new Float64Array(neighbours.length);
  let length = 0;
  for (let number = 0; number < size; number++) {
    const node = nodes[number]!;
    const end = offsets[node + 1]!;
    for (let index = offsets[node]!; index < end; index++) {
      ends[length] = numbers[neighbours[index]!]!;
      values[length++] = weights[index]!;
    }
    starts[number + 1] = length;
  }
  return { graph: { size, offsets: starts, neighbours: ends, weights: values }, nodes };
}

/** Fills the first places of a queue with all nodes, in the order of their numbers, from a random one on. */
export function fillFromRandom(queue: Int32Array, size: number, random: () => number): void {
  let node = Math.floor(size * random());
  for (let at = 0; at < size; at++) {
    queue[at] = node;
    node = node + 1 === size ? 0 : node + 1;
  }
}
