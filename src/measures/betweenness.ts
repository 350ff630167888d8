import type { NodeValues } from './assortativity.ts';
import { type Condensed, condensed } from './condensed.ts';
import type { WeightedGraph } from './graph.ts';
import { PairsBetween } from './pairs-between.ts';
import { type Check, CLOCK_INTERVAL, NEVER } from './stop.ts';

/** What some sources add to each node: the sum, and the sum of squares, from which the error of a sample follows. */
export interface SourceSums {
  readonly sums: Float64Array<ArrayBuffer>;
  readonly squares: Float64Array<ArrayBuffer>;
}

/** Sources among the nodes of a condensed graph, each once, and how many nodes of the whole graph each of them is. */
export interface CondensedSources {
  readonly sources: Int32Array;
  readonly times: Int32Array;
}

/** The nodes that stand for some nodes of the whole graph, ascending. */
export function sourcesIn({ graph, place }: Condensed, sources: ArrayLike<number>): CondensedSources {
  const times = new Int32Array(graph.size);
  for (let at = 0; at < sources.length; at++) times[place[sources[at]!]!]!++;
  const own = Int32Array.from(times.keys()).filter((node) => times[node]! > 0);
  return { sources: own, times: own.map((node) => times[node]!) };
}

/** What was added to the nodes of a condensed graph, as that of the nodes of the whole graph: no path leads through the others. */
export function spread({ sums, squares }: SourceSums, { nodes, place }: Condensed): SourceSums {
  const whole = { sums: new Float64Array(place.length), squares: new Float64Array(place.length) };
  for (const [at, node] of nodes.entries()) [whole.sums[node], whole.squares[node]] = [sums[at]!, squares[at]!];
  return whole;
}

/**
 * The dependencies of each source on each node: the share of the shortest paths from the source to any other that lead
 * through the node, ends left out, summed over the sources (Brandes, "A faster algorithm for betweenness centrality", 2001).
 * Paths are counted in steps. With groups, only paths count between nodes that both have a group and have none in common
 * (Flom et al., "A new measure of linkage between two sub-networks", 2004, for any number of groups).
 */
export function dependenciesFrom(
  graph: WeightedGraph,
  sources: ArrayLike<number>,
  check: Check = NEVER,
  groups: NodeValues | null = null,
): SourceSums {
  const small = condensed(graph, groups, check);
  return spread(dependenciesIn(small, sourcesIn(small, sources), check), small);
}

/** The same of nodes of a condensed graph. */
export function dependenciesIn(
  { graph, groups, counts, isEnd }: Omit<Condensed, 'nodes' | 'place'>,
  { sources, times }: CondensedSources,
  check: Check = NEVER,
): SourceSums {
  const { size, offsets, neighbours } = graph;
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
  const between = groups && new PairsBetween(groups, counts);
  const ends = between?.counts ?? counts;
  /** The level of each node, modulo 3: of two neighbours it differs by 1 at most. 0: not reached. */
  const level = new Uint8Array(size);
  const paths = new Float64Array(size);
  /** What a node gives to each path that leads to it. */
  const share = new Float64Array(size);
  const order = new Int32Array(size);
  /** The nodes that come next on shortest paths: those after the node at `at` of the order begin at `starts[at]`. */
  const next = new Int32Array(neighbours.length >> 1);
  const starts = new Int32Array(size + 1);
  for (let index = 0; index < sources.length; index++) {
    check(index / sources.length);
    const source = sources[index]!;
    const repeats = times[index]!;
    if (between?.begin(source) === false) continue;
    level[source] = 1;
    paths[source] = 1;
    order[0] = source;
    let [tail, length] = [1, 0];
    for (let head = 0; head < tail; head++) {
      if (head % CLOCK_INTERVAL === 0) check();
      const node = order[head]!;
      starts[head] = length;
      if (isEnd[node] === 1 && head > 0) continue;
      const further = level[node] === 3 ? 1 : level[node]! + 1;
      const count = paths[node]!;
      const last = offsets[node + 1]!;
      for (let at = offsets[node]!; at < last; at++) {
        const neighbour = neighbours[at]!;
        const reached = level[neighbour]!;
        if (reached === 0) {
          level[neighbour] = further;
          paths[neighbour] = count;
          order[tail++] = neighbour;
          next[length++] = neighbour;
        } else if (reached === further) {
          paths[neighbour] = paths[neighbour]! + count;
          next[length++] = neighbour;
        }
      }
    }
    starts[tail] = length;
    for (let at = tail - 1; at > 0; at--) {
      if (at % CLOCK_INTERVAL === 0) check();
      const node = order[at]!;
      const last = starts[at + 1]!;
      let sum = 0;
      for (let place = starts[at]!; place < last; place++) sum += share[next[place]!]!;
      share[node] = sum + ends[node]! / paths[node]!;
      level[node] = 0;
      if (sum === 0) continue;
      const dependency = sum * paths[node]!;
      sums[node] = sums[node]! + repeats * dependency;
      squares[node] = squares[node]! + repeats * dependency * dependency;
    }
    level[source] = 0;
    between?.end(source);
  }
  return { sums, squares };
}
