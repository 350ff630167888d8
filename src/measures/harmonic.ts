import { type CondensedSources, type SourceSums, sourcesIn } from './betweenness.ts';
import { type Condensed, condensed } from './condensed.ts';
import type { WeightedGraph } from './graph.ts';
import { type Check, CLOCK_INTERVAL, NEVER } from './stop.ts';

/** Sources of one pass: a bit of a word for each. */
const AT_ONCE = 32;

/**
 * For each node the sum of 1 / distance to each of the sources, counted in steps: its harmonic closeness (Marchiori and
 * Latora, 2000), not divided by the number of nodes, where the sources are all nodes.
 */
export function harmonicFrom(graph: WeightedGraph, sources: ArrayLike<number>, check: Check = NEVER): SourceSums {
  const small = condensed(graph, null, check);
  const own = sourcesIn(small, sources);
  return besideTwins(harmonicIn(small, own, check), small, sources);
}

/**
 * The same of nodes of a condensed graph, each source as often as it stands for one: breadth first from 32 sources at once
 * (Then et al., "The more the merrier", 2014). What a node stands for beside itself is not in its own sum.
 */
export function harmonicIn(
  { graph, isEnd }: Pick<Condensed, 'graph' | 'isEnd'>,
  { sources, times }: CondensedSources,
  check: Check = NEVER,
): SourceSums {
  const { size, offsets, neighbours } = graph;
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
  const [seen, next, front] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  let [frontier, reached] = [new Int32Array(size), new Int32Array(size)];
  const weights = new BitWeights();
  for (let start = 0; start < sources.length; start += AT_ONCE) {
    check(start / sources.length);
    weights.set(times.subarray(start, start + AT_ONCE));
    seen.fill(0);
    let count = 0;
    for (let bit = 0; bit < AT_ONCE && start + bit < sources.length; bit++) {
      const source = sources[start + bit]!;
      frontier[count++] = source;
      seen[source] = 1 << bit;
      front[source] = 1 << bit;
    }
    for (let distance = 1; count > 0; distance++) {
      let reachedCount = 0;
      for (let index = 0; index < count; index++) {
        if (index % CLOCK_INTERVAL === 0) check();
        const node = frontier[index]!;
        if (isEnd[node] === 1 && distance > 1) continue;
        const bits = front[node]!;
        const end = offsets[node + 1]!;
        for (let at = offsets[node]!; at < end; at++) {
          const neighbour = neighbours[at]!;
          const fresh = bits & ~seen[neighbour]!;
          if (fresh === 0) continue;
          if (next[neighbour] === 0) reached[reachedCount++] = neighbour;
          next[neighbour] = next[neighbour]! | fresh;
        }
      }
      for (let index = 0; index < reachedCount; index++) {
        const node = reached[index]!;
        const fresh = next[node]!;
        next[node] = 0;
        front[node] = fresh;
        seen[node] = seen[node]! | fresh;
        const reaching = weights.of(fresh) / distance;
        sums[node] = sums[node]! + reaching;
        squares[node] = squares[node]! + reaching / distance;
      }
      [frontier, reached] = [reached, frontier];
      count = reachedCount;
    }
  }
  return { sums, squares };
}

/** The sums of a condensed graph, as those of the whole one: a node's twins that are sources are one step away. */
export function besideTwins(
  { sums, squares }: SourceSums,
  { place }: Pick<Condensed, 'place'>,
  sources: ArrayLike<number>,
): SourceSums {
  const near = new Int32Array(place.length);
  const twins = new Int32Array(sums.length);
  for (let at = 0; at < sources.length; at++) {
    const source = sources[at]!;
    near[source] = near[source]! - 1;
    twins[place[source]!] = twins[place[source]!]! + 1;
  }
  const sumOf = (values: Float64Array) =>
    Float64Array.from(near, (own, node) => values[place[node]!]! + own + twins[place[node]!]!);
  return { sums: sumOf(sums), squares: sumOf(squares) };
}

/** A weight for each bit of a word, and the sum of those of the bits that are set: by its four bytes. */
class BitWeights {
  readonly #sums = new Float64Array(4 * 256);

  /** Sets the weight of the lowest bits; the others have none. */
  set(weights: ArrayLike<number>): void {
    for (let byte = 0; byte < 4; byte++) {
      for (let value = 1; value < 256; value++) {
        const lowest = 31 - Math.clz32(value & -value);
        const rest = this.#sums[256 * byte + (value & (value - 1))]!;
        this.#sums[256 * byte + value] = rest + (weights[8 * byte + lowest] ?? 0);
      }
    }
  }

  of(bits: number): number {
    const sums = this.#sums;
    return (
      sums[bits & 255]! +
      sums[256 + ((bits >>> 8) & 255)]! +
      sums[512 + ((bits >>> 16) & 255)]! +
      sums[768 + (bits >>> 24)]!
    );
  }
}
