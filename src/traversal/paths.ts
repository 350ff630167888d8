import type { Walker } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import type { Walk } from '../store/traversal.ts';
import { BidirectionalSearch } from './bidirectional-search.ts';
import { MAX_EXPANDED_NODES, TraversalTooLargeError } from './bounds.ts';
import { FrontierReader } from './frontier.ts';
import { kShortestPaths } from './k-shortest.ts';

/** A path by its nodes. Its relationships are read when somebody asks. */
export interface FoundPath {
  readonly walk: Walk;
  readonly nodes: readonly string[];
  /** Of its nodes, where the search has brought them. */
  readonly summaries: readonly NodeSummary[];
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
  walker: Walker,
  walk: Walk,
  request: PathsRequest,
  mostExpanded = MAX_EXPANDED_NODES,
): Promise<FoundPath[]> {
  const { from, to, count, maxLength } = request;
  if (from === to) return [{ walk, nodes: [from], summaries: [] }];
  const { slices } = walker;
  const reader = new FrontierReader(walker, walk);
  const meeting = new BidirectionalSearch(reader, slices, from, to);
  for (;;) {
    const length = Math.min(meeting.reach, maxLength);
    const paths = meeting.isMet
      ? await kShortestPaths(await meeting.steps(length), from, to, count, length, slices)
      : [];
    if (paths.length === count || length === maxLength) {
      return Promise.all(paths.map(async (nodes) => ({ walk, nodes, summaries: await reader.summaries(nodes) })));
    }
    if (!(await meeting.widen(mostExpanded))) {
      throw new TraversalTooLargeError(mostExpanded, { paths: paths.length, length });
    }
  }
}
