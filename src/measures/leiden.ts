import { components } from './components.ts';
import { edgeCount, strengths, type WeightedGraph } from './graph.ts';
import { improved } from './leiden/rounds.ts';
import { EPSILON, Search } from './leiden/search.ts';
import { type Check, NEVER } from './stop.ts';

/** Edges of a large graph, at the least. */
const LARGE = 200_000;
/** Rounds go on while one gains more than this. Of large graphs, those after it take longer than all before, and gain little. */
const LEAST_GAIN = { small: EPSILON, large: 3e-5 };
/** Rounds after which it ends in any case; graphs of a million edges settle after a dozen. */
const MAX_ROUNDS = 100;

/** Communities of a graph. */
export interface Communities {
  /** The community of each node: numbers from 0, the largest first. */
  readonly membership: Int32Array;
  /** How much more weight lies within communities than expected by chance, from -1 to 1 (Newman and Girvan, 2004). */
  readonly modularity: number;
}

/**
 * Communities by the Leiden algorithm (Traag, Waltman and van Eck, "From Louvain to Leiden", 2019) with modularity; a
 * larger resolution gives smaller communities. Every community is connected; a node without edges is one of its own. The
 * same for the same graph and seed.
 */
export function leiden(graph: WeightedGraph, { resolution = 1, seed = 1 } = {}, check: Check = NEVER): Communities {
  const search = new Search(graph, resolution, seed, check);
  const least = edgeCount(graph) < LARGE ? LEAST_GAIN.small : LEAST_GAIN.large;
  let membership = Int32Array.from({ length: graph.size }, (_, node) => node);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = improved(search.graph, membership, search);
    if (next.gain > EPSILON) membership = next.membership;
    if (next.gain <= least) break;
  }
  const found = new Int32Array(graph.size);
  for (let number = 0; number < graph.size; number++) found[search.nodes[number]!] = membership[number]!;
  // Connected they are but for chance; to split what is not makes modularity higher.
  const parts = components(graph, found);
  return { membership: parts, modularity: modularity(graph, parts, resolution) };
}

/** The modularity of a partition. */
export function modularity(graph: WeightedGraph, membership: Int32Array, resolution = 1): number {
  const strength = strengths(graph);
  const total = strength.reduce((sum, each) => sum + each, 0);
  if (total === 0) return 0;
  const sums = new Float64Array(graph.size);
  let within = 0;
  for (let node = 0; node < graph.size; node++) {
    const community = membership[node]!;
    sums[community]! += strength[node]!;
    for (let index = graph.offsets[node]!; index < graph.offsets[node + 1]!; index++) {
      if (membership[graph.neighbours[index]!] === community) within += graph.weights[index]!;
    }
  }
  return within / total - resolution * sums.reduce((sum, each) => sum + (each / total) ** 2, 0);
}
