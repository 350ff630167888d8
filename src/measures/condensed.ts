import type { NodeValues } from './assortativity.ts';
import type { WeightedGraph } from './graph.ts';
import { inCliquesOnly } from './simplicial.ts';
import type { Check } from './stop.ts';

/**
 * A graph in which one node stands for several that have the same shortest paths to all others. Its arrays are in shared
 * memory; it has no weights.
 */
export interface Condensed {
  readonly graph: WeightedGraph;
  /** The node of the whole graph that each node is, and how many it stands for. */
  readonly nodes: Int32Array;
  readonly counts: Float64Array;
  /** Of each node 1 where its neighbours all know each other: no shortest path leads through it. */
  readonly isEnd: Uint8Array;
  readonly groups: NodeValues | null;
  /** The representative of each node of the whole graph. */
  readonly place: Int32Array;
}

const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));

/** Whether two nodes have the same groups. */
function areAlike({ offsets, values }: NodeValues, one: number, other: number): boolean {
  const [first, second] = [offsets[one]!, offsets[other]!];
  const length = offsets[one + 1]! - first;
  if (offsets[other + 1]! - second !== length) return false;
  for (let at = 0; at < length; at++) if (values[first + at] !== values[second + at]) return false;
  return true;
}

/**
 * Condenses a graph for shortest paths: of two neighbours whose neighbours each all know each other, these are the same, so
 * that one stands for both if they have the same groups (twins; Sarıyüce et al., "Shattering and compressing networks for
 * betweenness centrality", 2013). Of the collaborations of the ANR two thirds of the nodes are such, having one project.
 */
export function condensed(graph: WeightedGraph, groups: NodeValues | null, check: Check): Condensed {
  const { size, offsets, neighbours } = graph;
  const inCliques = inCliquesOnly(graph, check);
  const representative = Int32Array.from({ length: size }, (_, node) => node);
  for (let node = 0; node < size; node++) {
    if (inCliques[node] === 0) continue;
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const twin = neighbours[at]!;
      if (twin > representative[node]! || inCliques[twin] === 0 || representative[twin] !== twin) continue;
      if (groups === null || areAlike(groups, node, twin)) representative[node] = twin;
    }
  }
  const nodes = representative.filter((other, node) => other === node);
  const place = shared(size);
  for (const [number, node] of nodes.entries()) place[node] = number;
  const counts = new Float64Array(new SharedArrayBuffer(8 * nodes.length));
  for (let node = 0; node < size; node++) {
    place[node] = place[representative[node]!]!;
    counts[place[node]!]!++;
  }
  const isEnd = new Uint8Array(new SharedArrayBuffer(nodes.length));
  const starts = shared(nodes.length + 1);
  const ends: number[] = [];
  for (const [number, node] of nodes.entries()) {
    isEnd[number] = inCliques[node]!;
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const neighbour = neighbours[at]!;
      if (representative[neighbour] === neighbour) ends.push(place[neighbour]!);
    }
    starts[number + 1] = ends.length;
  }
  const own = shared(ends.length);
  own.set(ends);
  return {
    graph: { size: nodes.length, offsets: starts, neighbours: own, weights: new Float64Array(0) },
    ...{ nodes, counts, isEnd, place, groups: groups && groupsOfNodes(groups, nodes) },
  };
}

/** The groups of some nodes, by their place among these. */
function groupsOfNodes({ offsets, values, count }: NodeValues, nodes: Int32Array): NodeValues {
  const starts = new Int32Array(nodes.length + 1);
  for (const [at, node] of nodes.entries()) starts[at + 1] = starts[at]! + offsets[node + 1]! - offsets[node]!;
  const own = new Int32Array(starts[nodes.length]!);
  for (const [at, node] of nodes.entries()) own.set(values.subarray(offsets[node]!, offsets[node + 1]!), starts[at]!);
  return { offsets: starts, values: own, count };
}
