import { strengths, type WeightedGraph } from './graph.ts';
import { type Check, NEVER } from './stop.ts';

/** The share of steps that follow an edge (Brin and Page, 1998). */
const DAMPING = 0.85;
/** Steps after which it ends in any case; 0.85 to the power of 200 is far below any tolerance. */
const MAX_STEPS = 200;

/**
 * The weighted PageRank of each node; the ranks sum up to 1. Steps go on until they change the ranks by less than the
 * tolerance in all (L1). A node without edges gives its rank to all nodes alike. Within a step each node reads the new ranks
 * of those before it (Gauss and Seidel), which takes about half of the steps or less.
 */
export function pageRank(graph: WeightedGraph, check: Check = NEVER, tolerance = 1e-8): Float64Array<ArrayBuffer> {
  const { size, offsets, neighbours, weights } = graph;
  const strength = strengths(graph);
  const ranks = new Float64Array(size).fill(1 / size);
  /** What each node gives for a unit of weight. */
  const given = strength.map((own) => (own === 0 ? 0 : 1 / size / own));
  /** What the nodes without edges have together. */
  let stray = strength.reduce((sum, own) => (own === 0 ? sum + 1 / size : sum), 0);
  for (let step = 0; step < MAX_STEPS; step++) {
    check();
    const base = (1 - DAMPING + DAMPING * stray) / size;
    let [change, total] = [0, 0];
    stray = 0;
    for (let node = 0; node < size; node++) {
      const end = offsets[node + 1]!;
      let sum = 0;
      for (let index = offsets[node]!; index < end; index++) sum += given[neighbours[index]!]! * weights[index]!;
      const rank = base + DAMPING * sum;
      change += Math.abs(rank - ranks[node]!);
      total += rank;
      ranks[node] = rank;
      if (strength[node] === 0) stray += rank;
      else given[node] = rank / strength[node]!;
    }
    // Those of two steps do not sum up to 1, and would come to it by many more steps.
    const scale = 1 / total;
    for (let node = 0; node < size; node++) {
      ranks[node]! *= scale;
      given[node]! *= scale;
    }
    stray *= scale;
    if (change < tolerance) break;
  }
  return ranks;
}
