import { strengths, type WeightedGraph } from './graph.ts';
import { type Check, NEVER } from './stop.ts';

/** The share of steps that follow an edge (Brin and Page, 1998). */
const DAMPING = 0.85;
/** Steps after which it ends in any case; 0.85 to the power of 200 is far below any tolerance. */
const MAX_STEPS = 200;

/**
 * The weighted PageRank of each node; the ranks sum up to 1. Steps go on until they change the ranks by less than the
 * tolerance in all (L1). A node without edges gives its rank to all nodes alike.
 */
export function pageRank(graph: WeightedGraph, check: Check = NEVER, tolerance = 1e-8): Float64Array<ArrayBuffer> {
  const { size, offsets, neighbours, weights } = graph;
  const strength = strengths(graph);
  let ranks = new Float64Array(size).fill(1 / size);
  let next = new Float64Array(size);
  /** What each node gives for a unit of weight. */
  const given = new Float64Array(size);
  for (let step = 0; step < MAX_STEPS; step++) {
    check();
    let stray = 0;
    for (let node = 0; node < size; node++) {
      if (strength[node] === 0) stray += ranks[node]!;
      else given[node] = ranks[node]! / strength[node]!;
    }
    const base = (1 - DAMPING + DAMPING * stray) / size;
    let change = 0;
    for (let node = 0; node < size; node++) {
      const end = offsets[node + 1]!;
      let sum = 0;
      for (let index = offsets[node]!; index < end; index++) sum += given[neighbours[index]!]! * weights[index]!;
      next[node] = base + DAMPING * sum;
      change += Math.abs(next[node]! - ranks[node]!);
    }
    [ranks, next] = [next, ranks];
    if (change < tolerance) break;
  }
  return ranks;
}
