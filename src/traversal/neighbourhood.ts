import type { Slices } from '../scheduling/slices.ts';
import type { Walker } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import { type LinkReference, traversalStatements, type Walk } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE, MAX_SUMMARIES } from './bounds.ts';
import { FrontierReader } from './frontier.ts';

/** A node of a neighbourhood. */
export interface NearNode {
  readonly id: string;
  /** Steps from the nearest starting node. */
  readonly distance: number;
  /** How many of the nodes one step nearer it is joined to; of a starting node its place among them, negated. */
  readonly ties: number;
}

/** A relationship between two nodes of a neighbourhood. */
export interface NearLink extends LinkReference {
  readonly to: string;
}

/** What lies around some nodes: at most so many nodes, and every relationship among them. */
export interface Neighbourhood {
  readonly walk: Walk;
  /** Nearest first, then those with more ties to the nearer ones, then by identifier. */
  readonly nodes: readonly NearNode[];
  /** Whether there are more nodes within the depth than the limit lets through. */
  readonly truncated: boolean;
  /** Of the first of its nodes, where the search has brought them. */
  readonly summaries: readonly NodeSummary[];
  /** Whether all starting nodes were met; one that was not may be there and have no neighbour, or not be there. */
  readonly startsMet: boolean;
  /** In the order of their identifiers. Read when first asked for. */
  links(): Promise<readonly NearLink[]>;
  /** Of all pairs of nodes how many are joined, from 0 to 1; 0 where there is no pair. */
  density(): Promise<number>;
}

/** From which nodes, how far and how much. */
export interface NeighbourhoodRequest {
  readonly of: readonly string[];
  readonly depth: number;
  readonly limit: number;
}

/** Nodes in the order of a neighbourhood, more than its limit where there are more. */
type Near = Pick<Neighbourhood, 'nodes' | 'summaries' | 'startsMet'>;

const byTies = (a: NearNode, b: NearNode): number => b.ties - a.ties || (a.id < b.id ? -1 : 1);

const startingNodes = (starts: ReadonlySet<string>): NearNode[] =>
  [...starts].map((id, place) => ({ id, distance: 0, ties: -place }));

async function nodesNear(
  walker: Walker,
  walk: Walk,
  starts: ReadonlySet<string>,
  { depth, limit }: NeighbourhoodRequest,
): Promise<Near> {
  const { slices } = walker;
  const reader = new FrontierReader(walker, walk);
  const nodes = startingNodes(starts);
  const known = new Set(starts);
  let frontier: readonly string[] = [...starts];
  let startsMet = false;
  // A level that does not fit is read whole, so that what is let through is the same each time.
  for (let distance = 1; distance <= depth && frontier.length > 0 && nodes.length <= limit; distance++) {
    const found = await reader.neighbours(await reader.passable(frontier, starts));
    if (distance === 1) startsMet = frontier.every((id) => found.get(id)!.length > 0);
    const ties = new Map<string, number>();
    await slices.each(found.values(), (neighbours) => {
      for (const id of neighbours) if (!known.has(id)) ties.set(id, (ties.get(id) ?? 0) + 1);
    });
    const level = await slices.sorted(
      [...ties].map(([id, count]) => ({ id, distance, ties: count })),
      byTies,
    );
    for (const node of level) {
      known.add(node.id);
      nodes.push(node);
    }
    frontier = level.map(({ id }) => id);
  }
  const shown = nodes.slice(0, Math.min(limit, MAX_SUMMARIES)).map(({ id }) => id);
  return { nodes, summaries: await reader.summaries(shown), startsMet };
}

/**
 * Everything within `depth` steps of the starting nodes, these included, until `limit` nodes. A hub that the walk avoids
 * belongs to it, what lies behind does not.
 */
export async function neighbourhood(walker: Walker, walk: Walk, request: NeighbourhoodRequest): Promise<Neighbourhood> {
  const { nodes, summaries, startsMet } = await nodesNear(walker, walk, new Set(request.of), request);
  const kept = nodes.slice(0, request.limit);
  let linksFound: Promise<readonly NearLink[]> | undefined;
  const links = (): Promise<readonly NearLink[]> => {
    linksFound ??= linksAmong(
      walker,
      walk,
      kept.map(({ id }) => id),
    );
    return linksFound;
  };
  return {
    walk,
    nodes: kept,
    truncated: nodes.length > request.limit,
    summaries,
    startsMet,
    links,
    density: async () => density(kept.length, await links(), walker.slices),
  };
}

async function linksAmong(
  { ask, slices }: Pick<Walker, 'ask' | 'slices'>,
  walk: Walk,
  ids: readonly string[],
): Promise<readonly NearLink[]> {
  const statements = traversalStatements(walk);
  const among = Object.fromEntries(ids.map((id) => [id, true]));
  const found: NearLink[] = [];
  for (let start = 0; start < ids.length; start += FRONTIER_AT_ONCE) {
    const some = ids.slice(start, start + FRONTIER_AT_ONCE);
    const rows = await ask(statements.linksAmong, { ...statements.parameters, ids: some, among });
    await slices.each(rows, (row) => {
      for (const [place, id] of row.links.entries()) found.push({ id, from: row.id, to: row.ends[place]! });
    });
  }
  return slices.sorted(found, (a, b) => (a.id < b.id ? -1 : 1));
}

async function density(nodeCount: number, links: readonly NearLink[], slices: Slices): Promise<number> {
  if (nodeCount < 2) return 0;
  const pairs = new Set<string>();
  await slices.each(links, ({ from, to }) => void pairs.add(from < to ? `${from}\n${to}` : `${to}\n${from}`));
  return (2 * pairs.size) / (nodeCount * (nodeCount - 1));
}
