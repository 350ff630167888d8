/**
 * An undirected weighted graph without parallel edges, in compressed rows: the neighbours of node `n` stand in
 * `neighbours` from `offsets[n]` to `offsets[n + 1]`, their weights, all above 0, beside them. Every edge stands at both of
 * its ends.
 * Its arrays are in shared memory, so that a worker reads them without a copy.
 */
export interface WeightedGraph {
  readonly size: number;
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  readonly weights: Float64Array;
}

/** Edges as pairs of nodes with weights, side by side; an edge stands once. */
export interface EdgeList {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
}

const shared = <Items>(Make: new (buffer: SharedArrayBuffer) => Items, bytes: number, length: number): Items =>
  new Make(new SharedArrayBuffer(bytes * length));

/** Builds a graph of `size` nodes. Parallel edges become one with the sum of their weights; loops are left out. */
export function weightedGraph(size: number, { from, to, weight }: EdgeList): WeightedGraph {
  const counts = new Int32Array(size + 1);
  for (let edge = 0; edge < from.length; edge++) {
    if (from[edge] === to[edge]) continue;
    counts[from[edge]! + 1]!++;
    counts[to[edge]! + 1]!++;
  }
  for (let node = 0; node < size; node++) counts[node + 1]! += counts[node]!;
  const ends = new Int32Array(counts[size]!);
  const sums = new Float64Array(counts[size]!);
  const next = counts.slice();
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b, w] = [from[edge]!, to[edge]!, weight[edge]!];
    if (a === b) continue;
    ends[next[a]!] = b;
    sums[next[a]!++] = w;
    ends[next[b]!] = a;
    sums[next[b]!++] = w;
  }
  return united(size, counts, ends, sums);
}

/** Makes parallel edges one, in the order in which each neighbour came first. */
function united(size: number, counts: Int32Array, ends: Int32Array, sums: Float64Array): WeightedGraph {
  const at = new Int32Array(size).fill(-1);
  const offsets = shared(Int32Array, 4, size + 1);
  let length = 0;
  for (let node = 0; node < size; node++) {
    const start = length;
    for (let index = counts[node]!; index < counts[node + 1]!; index++) {
      const end = ends[index]!;
      if (at[end]! >= start) {
        sums[at[end]!]! += sums[index]!;
        continue;
      }
      at[end] = length;
      ends[length] = end;
      sums[length++] = sums[index]!;
    }
    offsets[node + 1] = length;
  }
  const neighbours = shared(Int32Array, 4, length);
  neighbours.set(ends.subarray(0, length));
  const weights = shared(Float64Array, 8, length);
  weights.set(sums.subarray(0, length));
  return { size, offsets, neighbours, weights };
}

/** How many edges a graph has. */
export const edgeCount = ({ neighbours }: WeightedGraph): number => neighbours.length / 2;

/** The sum of the weights at each node. */
export function strengths({ size, offsets, weights }: WeightedGraph): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    for (let index = offsets[node]!; index < offsets[node + 1]!; index++) sums[node]! += weights[index]!;
  }
  return sums;
}
