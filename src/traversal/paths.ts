import type { Slices } from '../scheduling/slices.ts';
import type { Walker } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import type { Walk } from '../store/traversal.ts';
import { BidirectionalSearch } from './bidirectional-search.ts';
import { MAX_EXPANDED_NODES, TraversalTooLargeError } from './bounds.ts';
import type { FrontierReader } from './frontier.ts';
import { inMemoryOrDatabase } from './frontiers.ts';
import { kShortestPaths } from './k-shortest.ts';

/** A path by its nodes. Its relationships are read on demand. */
export interface FoundPath {
  readonly walk: Walk;
  readonly nodes: readonly string[];
  /** Summaries of its nodes, if the search has read them. */
  readonly summaries: readonly NodeSummary[];
}

/** The ends of the paths, their number and maximum length. */
export interface PathsRequest {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly maxLength: number;
}

/**
 * The `count` shortest simple paths between two nodes, by length and then by the identifiers along them; fewer when
 * there are no more within `maxLength`. Paths differ in their nodes: parallel relationships count as one path. From a
 * node to itself there is one path without a step. Throws a TraversalTooLargeError.
 */
export async function shortestPaths(
  walker: Walker,
  walk: Walk,
  request: PathsRequest,
  maxExpanded = MAX_EXPANDED_NODES,
): Promise<FoundPath[]> {
  if (request.from === request.to) return [{ walk, nodes: [request.from], summaries: [] }];
  return inMemoryOrDatabase(walker, walk, (reader) => searched(reader, walker.slices, walk, request, maxExpanded));
}

async function searched(
  reader: FrontierReader,
  slices: Slices,
  walk: Walk,
  request: PathsRequest,
  maxExpanded: number,
): Promise<FoundPath[]> {
  const { count, maxLength } = request;
  const [from, to] = [reader.number(request.from), reader.number(request.to)];
  const idOf = (node: number): string => reader.id(node);
  const search = new BidirectionalSearch(reader, slices, from, to);
  for (;;) {
    const length = Math.min(search.reach, maxLength);
    const paths = search.isMet
      ? await kShortestPaths({ steps: await search.steps(length), from, to, idOf }, count, length, slices)
      : [];
    if (paths.length === count || length === maxLength) {
      return Promise.all(
        paths.map(async (nodes) => ({ walk, nodes: nodes.map(idOf), summaries: await reader.summaries(nodes) })),
      );
    }
    if (!(await search.widen(maxExpanded))) {
      throw new TraversalTooLargeError(maxExpanded, { paths: paths.length, length });
    }
  }
}
