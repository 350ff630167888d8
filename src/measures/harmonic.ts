import type { SourceSums } from './betweenness.ts';
import type { WeightedGraph } from './graph.ts';
import { type Check, CLOCK_INTERVAL, NEVER } from './stop.ts';

/** Sources of one pass: a bit of a word for each. */
const AT_ONCE = 32;

const bitCount = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/**
 * For each node the sum of 1 / distance to each of the sources, counted in steps: its harmonic closeness (Marchiori and
 * Latora, 2000), not divided by the number of nodes, where the sources are all nodes. Breadth first from 32 sources at once
 * (Then et al., "The more the merrier", 2014).
 */
export function harmonicFrom(
  { size, offsets, neighbours }: WeightedGraph,
  sources: ArrayLike<number>,
  check: Check = NEVER,
): SourceSums {
  const squares = new Float64Array(size);
  const sums = new Float64Array(size);
  const seen = new Int32Array(size);
  const next = new Int32Array(size);
  let frontier = new Int32Array(size);
  let reached = new Int32Array(size);
  const front = new Int32Array(size);
  for (let start = 0; start < sources.length; start += AT_ONCE) {
    check(start / sources.length);
    seen.fill(0);
    let count = 0;
    for (let bit = 0; bit < AT_ONCE && start + bit < sources.length; bit++) {
      const source = sources[start + bit]!;
      if (seen[source] === 0) frontier[count++] = source;
      seen[source]! |= 1 << bit;
      front[source] = seen[source]!;
    }
    for (let distance = 1; count > 0; distance++) {
      let reachedCount = 0;
      for (let index = 0; index < count; index++) {
        if (index % CLOCK_INTERVAL === 0) check();
        const node = frontier[index]!;
        const bits = front[node]!;
        for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
          const neighbour = neighbours[at]!;
          const fresh = bits & ~seen[neighbour]!;
          if (fresh === 0) continue;
          if (next[neighbour] === 0) reached[reachedCount++] = neighbour;
          next[neighbour]! |= fresh;
        }
      }
      for (let index = 0; index < reachedCount; index++) {
        const node = reached[index]!;
        const fresh = next[node]!;
        next[node] = 0;
        front[node] = fresh;
        seen[node]! |= fresh;
        const reaching = bitCount(fresh);
        sums[node]! += reaching / distance;
        squares[node]! += reaching / distance ** 2;
      }
      [frontier, reached] = [reached, frontier];
      count = reachedCount;
    }
  }
  return { sums, squares };
}
