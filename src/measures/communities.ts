import type { WeightedGraph } from './graph.ts';
import { leiden } from './leiden.ts';
import { type Check, NEVER } from './stop.ts';

/** Communities of two nodes and more, and their members. */
export interface RankedCommunities {
  /** The community of each node: numbers from 0, the largest first; a node without edges is one of its own, after these. */
  readonly membership: Int32Array<ArrayBuffer>;
  readonly modularity: number;
  /** Members of all communities: those of community `c` from `starts[c]` to `starts[c + 1]`, the most central first. */
  readonly order: Int32Array<ArrayBuffer>;
  readonly starts: Int32Array<ArrayBuffer>;
  /** The weight of each node's edges to other members of its community: what makes it central. */
  readonly within: Float64Array<ArrayBuffer>;
}

/** Communities by Leiden, with their members in the order of the weight by which they are joined to the others. */
export function rankedCommunities(
  graph: WeightedGraph,
  parameters: { readonly resolution: number; readonly seed: number },
  check: Check = NEVER,
): RankedCommunities {
  const { modularity, ...found } = leiden(graph, parameters, check);
  const membership = Int32Array.from(found.membership);
  const within = new Float64Array(graph.size);
  const sizes: number[] = [];
  for (let node = 0; node < graph.size; node++) {
    const community = membership[node]!;
    sizes[community] = (sizes[community] ?? 0) + 1;
    for (let at = graph.offsets[node]!; at < graph.offsets[node + 1]!; at++) {
      if (membership[graph.neighbours[at]!] === community) within[node]! += graph.weights[at]!;
    }
  }
  const groups = sizes.filter((size) => size > 1);
  const starts = new Int32Array(groups.length + 1);
  for (const [group, size] of groups.entries()) starts[group + 1] = starts[group]! + size;
  const order = Int32Array.from(membership.keys())
    .filter((node) => membership[node]! < groups.length)
    .sort((a, b) => membership[a]! - membership[b]! || within[b]! - within[a]! || a - b);
  return { membership, modularity, order, starts, within };
}
