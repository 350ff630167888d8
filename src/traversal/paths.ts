import type { Ask } from '../store/ask.ts';
import type { Hop } from '../store/traversal.ts';
import { FrontierReader } from './frontier.ts';
import { kShortestPaths } from './k-shortest.ts';
import { Meeting } from './meeting.ts';
import { MAX_EXPANDED_NODES, TraversalTooLargeError, type Walk } from './walk.ts';

/** A path by its nodes. Its relationships are read when somebody asks, each hop from the end where that is cheaper. */
export interface FoundPath {
  readonly walk: Walk;
  readonly nodes: readonly string[];
  readonly hops: readonly Hop[];
}

/** Between which nodes, how many and how long. */
export interface PathsRequest {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly maxLength: number;
}

/**
 * The `count` shortest simple paths between two nodes, by length and then by the identifiers along them; fewer when there
 * are no more within `maxLength`. Paths are told apart by their nodes: parallel relationships do not make two of one. From
 * a node to itself there is the one path without a step. Throws a TraversalTooLargeError.
 */
export async function shortestPaths(
  ask: Ask,
  walk: Walk,
  { from, to, count, maxLength }: PathsRequest,
  signal: AbortSignal,
  mostExpanded = MAX_EXPANDED_NODES,
): Promise<FoundPath[]> {
  if (from === to) return [{ walk, nodes: [from], hops: [] }];
  const meeting = new Meeting(new FrontierReader(ask, walk), from, to);
  for (;;) {
    const length = Math.min(meeting.reach, maxLength);
    const found = meeting.isMet ? await kShortestPaths(meeting.steps(length), from, to, count, length, signal) : [];
    if (found.length === count || length === maxLength) {
      return found.map((nodes) => ({
        walk,
        nodes,
        hops: nodes.slice(1).map((node, place) => {
          const before = nodes[place]!;
          const anchor = meeting.anchorOf(before, node);
          return { anchor, other: anchor === before ? node : before };
        }),
      }));
    }
    if (!(await meeting.widen(mostExpanded))) {
      throw new TraversalTooLargeError(mostExpanded, { paths: found.length, length });
    }
  }
}
