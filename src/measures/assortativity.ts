import type { WeightedGraph } from './graph.ts';

/** Values of each node: those of node `n` stand in `values` from `offsets[n]` to `offsets[n + 1]`, each once. */
export interface NodeValues {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
  /** How many values there are: each is a number below this. */
  readonly count: number;
}

/** How much like joins like. */
export interface Assortativity {
  /** From -1 to 1: 1 where only like joins like, 0 by chance; null where it is not defined: no known edge, or one value. */
  readonly coefficient: number | null;
  /** Edges of which both ends have a value. */
  readonly knownEdges: number;
}

/**
 * The assortativity coefficient of nominal values (Newman, "Mixing patterns in networks", 2003, equation 2), over edges of
 * which both ends have a value. A node with several values counts for each of them in equal parts.
 */
export function assortativity({ size, offsets, neighbours }: WeightedGraph, values: NodeValues): Assortativity {
  /** The share of edge ends of each value. */
  const ends = new Float64Array(values.count);
  let alike = 0;
  let known = 0;
  const valuesOf = (node: number): Int32Array =>
    values.values.subarray(values.offsets[node]!, values.offsets[node + 1]!);
  for (let node = 0; node < size; node++) {
    const own = valuesOf(node);
    if (own.length === 0) continue;
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const others = valuesOf(neighbours[at]!);
      if (others.length === 0) continue;
      known++;
      const part = 1 / own.length;
      for (const value of own) {
        ends[value]! += part;
        if (others.includes(value)) alike += part / others.length;
      }
    }
  }
  if (known === 0) return { coefficient: null, knownEdges: 0 };
  const byChance = ends.reduce((sum, end) => sum + (end / known) ** 2, 0);
  const coefficient = byChance >= 1 ? null : (alike / known - byChance) / (1 - byChance);
  return { coefficient, knownEdges: known / 2 };
}
