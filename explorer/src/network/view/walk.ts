import type { Picture } from '../graph/picture.ts';

/** Directions of the arrow keys, in radians; y grows downward. */
export const DIRECTIONS: Readonly<Record<string, number>> = {
  ArrowRight: 0,
  ArrowDown: Math.PI / 2,
  ArrowLeft: Math.PI,
  ArrowUp: -Math.PI / 2,
};

/** The neighbours of a node that are shown, the strongest edge first. */
export function shownNeighbours({ network, look }: Picture, node: number): number[] {
  return [...network.edgesOf(node)]
    .filter((edge) => look.edges[edge] !== 0)
    .map((edge) => network.across(edge, node))
    .filter((other) => look.nodes[other] !== 0);
}

/** The neighbour that lies most in a direction: near ones before far ones, and nothing behind. -1 without one. */
export function neighbourToward(
  picture: Picture,
  node: number,
  direction: number,
  at: (node: number) => readonly [x: number, y: number],
): number {
  const [x, y] = at(node);
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (const other of shownNeighbours(picture, node)) {
    const [ox, oy] = at(other);
    const angle = Math.abs(((Math.atan2(oy - y, ox - x) - direction + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
    if (angle > Math.PI * 0.45) continue;
    const cost = Math.hypot(ox - x, oy - y) * (1 + (2 * angle) ** 2);
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

/** The largest node that is shown: where a walk begins. -1 without any. */
export function largestNode({ nodes, look }: Picture): number {
  return nodes.reduce((best, node) => (best < 0 || look.radius[node]! > look.radius[best]! ? node : best), -1);
}
