import type { Slices } from '../scheduling/slices.ts';
import type { Walker } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import { type LinkReference, linksAmong, type Walk } from '../store/traversal.ts';
import { FRONTIER_AT_ONCE, MAX_SUMMARIES } from './bounds.ts';
import type { FrontierReader } from './frontier.ts';
import { inMemoryOrDatabase } from './frontiers.ts';

/** A node of a neighbourhood. */
export interface NearNode {
  readonly id: string;
  /** Steps from the nearest starting node. */
  readonly distance: number;
  /** Number of neighbours one step nearer; for a starting node its position among these, negated. */
  readonly nearerNeighbours: number;
}

/** A relationship between two nodes of a neighbourhood. */
export interface NearLink extends LinkReference {
  readonly to: string;
}

/** The surroundings of some nodes: a limited number of nodes, and every relationship among them. */
export interface Neighbourhood {
  readonly walk: Walk;
  /** Nearest first, then those with more nearer neighbours, then by identifier. */
  readonly nodes: readonly NearNode[];
  /** Whether there are more nodes within the depth than the limit. */
  readonly truncated: boolean;
  /** Summaries of its first nodes, if the search has read them. */
  readonly summaries: readonly NodeSummary[];
  /** Whether all starting nodes have neighbours. One without may not exist. */
  readonly startsMet: boolean;
  /** The relationships in the order of their identifiers. Read on first use. */
  links(): Promise<readonly NearLink[]>;
  /** The share of joined pairs among all pairs of nodes, from 0 to 1; 0 without pairs. */
  density(): Promise<number>;
}

/** The starting nodes, the depth and the limit. */
export interface NeighbourhoodRequest {
  readonly of: readonly string[];
  readonly depth: number;
  readonly limit: number;
}

/** Nodes in the order of a neighbourhood, more than its limit if there are more. */
type Near = Pick<Neighbourhood, 'nodes' | 'summaries' | 'startsMet'>;

/** The nodes that a search has met, each at its place: those of a level one after the other. */
class Met {
  readonly nodes: number[] = [];
  /** How many neighbours one step nearer the node at a place has. */
  readonly nearer: number[] = [];
  readonly #places = new Map<number, number>();

  /** Takes the neighbours of a node of the level before the one that begins at a place. */
  take(neighbours: readonly number[], levelBegin: number): void {
    for (const node of neighbours) {
      const place = this.#places.get(node);
      if (place === undefined) this.add(node, 1);
      else if (place >= levelBegin) this.nearer[place]!++;
    }
  }

  add(node: number, nearer: number): void {
    this.#places.set(node, this.nodes.length);
    this.nodes.push(node);
    this.nearer.push(nearer);
  }
}

async function nodesNear(
  reader: FrontierReader,
  slices: Slices,
  { of, depth, limit }: NeighbourhoodRequest,
): Promise<Near> {
  const starts = new Set(of.map((id) => reader.number(id)));
  const met = new Met();
  for (const start of starts) met.add(start, -met.nodes.length);
  const idAt = (place: number): string => reader.id(met.nodes[place]!);
  const comparePlaces = (a: number, b: number): number =>
    met.nearer[b]! - met.nearer[a]! || (idAt(a) < idAt(b) ? -1 : 1);
  const places = [...met.nodes.keys()];
  const distances = places.map(() => 0);
  let frontier: readonly number[] = met.nodes.slice();
  let startsMet = false;
  // A level that does not fit is read completely, so that the limit always selects the same nodes.
  for (let distance = 1; distance <= depth && frontier.length > 0 && places.length <= limit; distance++) {
    const lists = await reader.neighbours(await reader.passable(frontier, starts));
    if (distance === 1) startsMet = lists.every(({ length }) => length > 0);
    const begin = met.nodes.length;
    await slices.each(lists, (neighbours) => met.take(neighbours, begin));
    const level = Array.from({ length: met.nodes.length - begin }, (_, index) => begin + index);
    for (const place of await slices.first(level, limit + 1 - places.length, comparePlaces)) {
      places.push(place);
      distances.push(distance);
    }
    frontier = met.nodes.slice(begin);
  }
  const nodes = places.map((place, index) => ({
    id: idAt(place),
    distance: distances[index]!,
    nearerNeighbours: met.nearer[place]!,
  }));
  const shown = places.slice(0, Math.min(limit, MAX_SUMMARIES)).map((place) => met.nodes[place]!);
  return { nodes, summaries: await reader.summaries(shown), startsMet };
}

/**
 * Everything within `depth` steps of the starting nodes, with these, up to `limit` nodes. A hub that the traversal
 * avoids belongs to it, the nodes behind it do not.
 */
export async function neighbourhood(walker: Walker, walk: Walk, request: NeighbourhoodRequest): Promise<Neighbourhood> {
  const { nodes, summaries, startsMet } = await inMemoryOrDatabase(walker, walk, (reader) =>
    nodesNear(reader, walker.slices, request),
  );
  const shownNodes = nodes.slice(0, request.limit);
  let linksFound: Promise<readonly NearLink[]> | undefined;
  const links = (): Promise<readonly NearLink[]> => {
    linksFound ??= linksBetween(
      walker,
      walk,
      shownNodes.map(({ id }) => id),
    );
    return linksFound;
  };
  return {
    walk,
    nodes: shownNodes,
    truncated: nodes.length > request.limit,
    summaries,
    startsMet,
    links,
    density: async () => density(shownNodes.length, await links(), walker.slices),
  };
}

async function linksBetween(
  { ask, slices }: Pick<Walker, 'ask' | 'slices'>,
  walk: Walk,
  ids: readonly string[],
): Promise<readonly NearLink[]> {
  const { statement, parameters } = linksAmong(walk);
  const among = Object.fromEntries(ids.map((id) => [id, true]));
  const found: NearLink[] = [];
  for (let start = 0; start < ids.length; start += FRONTIER_AT_ONCE) {
    const some = ids.slice(start, start + FRONTIER_AT_ONCE);
    const rows = await ask(statement, { ...parameters, ids: some, among });
    await slices.each(rows, (row) => {
      for (const [index, id] of row.links.entries()) found.push({ id, from: row.id, to: row.ends[index]! });
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
