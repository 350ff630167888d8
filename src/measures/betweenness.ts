import type { WeightedGraph } from './graph.ts';
import { type Check, CLOCK_INTERVAL, NEVER } from './stop.ts';

/** What some sources add to each node: the sum, and the sum of squares, from which the error of a sample follows. */
export interface SourceSums {
  readonly sums: Float64Array<ArrayBuffer>;
  readonly squares: Float64Array<ArrayBuffer>;
}

/**
 * The dependencies of each source on each node: the share of the shortest paths from the source to any other that lead
 * through the node, ends left out, summed over the sources (Brandes, "A faster algorithm for betweenness centrality", 2001).
 * Paths are counted in steps. With groups, only paths between nodes of different groups count.
 */
export function dependenciesFrom(
  { size, offsets, neighbours }: WeightedGraph,
  sources: ArrayLike<number>,
  check: Check = NEVER,
  groups: Int32Array | null = null,
): SourceSums {
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  const distance = new Int32Array(size).fill(-1);
  const paths = new Float64Array(size);
  const dependency = new Float64Array(size);
  const order = new Int32Array(size);
  for (let index = 0; index < sources.length; index++) {
    check(index / sources.length);
    const source = sources[index]!;
    distance[source] = 0;
    paths[source] = 1;
    order[0] = source;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      if (head % CLOCK_INTERVAL === 0) check();
      const node = order[head]!;
      const further = distance[node]! + 1;
      const count = paths[node]!;
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
        const neighbour = neighbours[at]!;
        if (distance[neighbour] === -1) {
          distance[neighbour] = further;
          order[tail++] = neighbour;
        }
        if (distance[neighbour] === further) paths[neighbour]! += count;
      }
    }
    for (let at = tail - 1; at > 0; at--) {
      if (at % CLOCK_INTERVAL === 0) check();
      const node = order[at]!;
      const nearer = distance[node]! - 1;
      const ends = groups !== null && groups[node] === groups[source] ? 0 : 1;
      const share = (ends + dependency[node]!) / paths[node]!;
      for (let next = offsets[node]!; next < offsets[node + 1]!; next++) {
        const neighbour = neighbours[next]!;
        if (distance[neighbour] === nearer) dependency[neighbour]! += paths[neighbour]! * share;
      }
      sums[node]! += dependency[node]!;
      squares[node]! += dependency[node]! ** 2;
    }
    for (let at = 0; at < tail; at++) {
      const node = order[at]!;
      distance[node] = -1;
      paths[node] = 0;
      dependency[node] = 0;
    }
  }
  return { sums, squares };
}
