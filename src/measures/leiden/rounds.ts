import { aggregated } from './aggregation.ts';
import { moved } from './moves.ts';
import { refinedWithin } from './refinement.ts';
import { type Level, numbered, type Search } from './search.ts';

/** A partition, and by how much its modularity is above that of the one it was made of. */
export interface Improved {
  readonly membership: Int32Array<ArrayBuffer>;
  readonly gain: number;
}

/** One round of Leiden: nodes move, communities are refined, and what was refined moves as one, until nothing does. */
export function improved(graph: Level, start: Int32Array, search: Search): Improved {
  let level = graph;
  let membership: Int32Array = start.slice();
  /** The node of the level that stands for each node of the graph. */
  let place: Int32Array | null = null;
  let gain = 0;
  for (;;) {
    const moves = moved(level, membership, search);
    gain += moves.gain;
    if (moves.count === level.size) break;
    const groups = numbered(refinedWithin(level, membership, search), level.size, search);
    if (groups.count === level.size) break;
    if (place === null) place = groups.numbers;
    else for (let node = 0; node < graph.size; node++) place[node] = groups.numbers[place[node]!]!;
    const next = new Int32Array(groups.count);
    for (let node = 0; node < level.size; node++) next[groups.numbers[node]!] = membership[node]!;
    // Of the communities, too, the numbers are below the number of nodes of the new level.
    membership = numbered(next, level.size, search).numbers;
    level = aggregated(level, groups.numbers, groups.count, search);
  }
  const { numbers } = numbered(membership, level.size, search);
  if (place === null) return { membership: numbers, gain };
  return { membership: place.map((node) => numbers[node]!) as Int32Array<ArrayBuffer>, gain };
}
