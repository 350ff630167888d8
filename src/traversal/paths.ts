import type { Ask, Walker } from '../store/ask.ts';
import { type Card, cardOf } from '../store/card.ts';
import type { Walk } from '../store/traversal.ts';
import { shortestWithin } from '../store/whole-walk.ts';
import { FrontierReader } from './frontier.ts';
import { kShortestPaths } from './k-shortest.ts';
import { Meeting } from './meeting.ts';
import { MAX_COMPARED_PATHS, MAX_EXPANDED_NODES, TraversalTooLargeError } from './walk.ts';

/** A path by its nodes. Its relationships are read when somebody asks. */
export interface FoundPath {
  readonly walk: Walk;
  readonly nodes: readonly string[];
  /** Of its nodes, where the search has brought them. */
  readonly cards: readonly Card[];
}

/** Between which nodes, how many and how long. */
export interface PathsRequest {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly maxLength: number;
}

/** The paths that are asked for, of an engine that walks; null where they are not all among the first that it finds. */
async function foundByEngine(
  ask: Ask,
  walk: Walk,
  { from, to, count, maxLength }: PathsRequest,
): Promise<FoundPath[] | null> {
  const { statement, parameters } = shortestWithin(walk, maxLength);
  const most = MAX_COMPARED_PATHS + 1;
  const [row] = await ask(statement, { ...parameters, from, to, count, most });
  const { found, first } = row!;
  if (found === most) return null;
  const paths = first.map((along) => {
    const cards = along.map(cardOf);
    return { walk, nodes: cards.map(({ id }) => id), cards };
  });
  const [shortest] = paths;
  const isWhole = paths.length === count || !shortest || shortest.nodes.length - 1 === maxLength;
  return isWhole ? paths : null;
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
  if (from === to) return [{ walk, nodes: [from], cards: [] }];
  const { ask, engineWalks, slices } = walker;
  // What is no hub an engine would have to count at every node that it meets.
  const found = engineWalks && walk.avoidHubsOver === null ? await foundByEngine(ask, walk, request) : null;
  if (found) return found;
  const reader = new FrontierReader(walker, walk);
  const meeting = new Meeting(reader, slices, from, to);
  for (;;) {
    const length = Math.min(meeting.reach, maxLength);
    const paths = meeting.isMet
      ? await kShortestPaths(await meeting.steps(length), from, to, count, length, slices)
      : [];
    if (paths.length === count || length === maxLength) {
      return Promise.all(paths.map(async (nodes) => ({ walk, nodes, cards: await reader.cards(nodes) })));
    }
    if (!(await meeting.widen(mostExpanded))) {
      throw new TraversalTooLargeError(mostExpanded, { paths: paths.length, length });
    }
  }
}
