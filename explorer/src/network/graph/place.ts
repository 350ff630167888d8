/** Where something is drawn. */
export interface Placed {
  readonly x: number;
  readonly y: number;
}

interface Joined {
  readonly from: number;
  readonly to: number;
}

/** The angle between one point of a sunflower and the next: no two lie in one direction. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** The distance at which nodes of a drawing lie from each other, about. */
function spacingOf(known: readonly Placed[]): number {
  if (known.length < 2) return 10;
  const [xs, ys] = [known.map(({ x }) => x), known.map(({ y }) => y)];
  const width = Math.max(...xs) - Math.min(...xs) || 1;
  const height = Math.max(...ys) - Math.min(...ys) || 1;
  return Math.sqrt((width * height) / known.length) || 10;
}

/**
 * Places nodes whose position is not known: those with one neighbour in a spiral around it, those with several between
 * them, outward from the middle of the drawing. The same input gives the same places.
 */
export function placeAmong(count: number, edges: readonly Joined[], known: ReadonlyMap<number, Placed>): Placed[] {
  const places: (Placed | undefined)[] = Array.from({ length: count }, (_, node) => known.get(node));
  if (known.size === count) return places as Placed[];
  const spacing = spacingOf([...known.values()]);
  const middle = meanOf([...known.values()]) ?? { x: 0, y: 0 };
  const neighbours = new Map<number, number[]>();
  for (const { from, to } of edges) {
    if (places[from] === undefined) neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    if (places[to] === undefined) neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  let waiting = [...places.keys()].filter((node) => places[node] === undefined);
  const around = new Map<number, number>();
  while (waiting.length > 0) {
    const anchored = waiting.map(
      (node) => [node, (neighbours.get(node) ?? []).filter((other) => places[other])] as const,
    );
    const ready = anchored.filter(([, anchors]) => anchors.length > 0);
    // What nothing joins to the drawing is laid in a spiral beside it.
    if (ready.length === 0) {
      for (const [place, node] of waiting.entries()) {
        const radius = spacing * (Math.sqrt(known.size) + Math.sqrt(place + 1));
        places[node] = turned(middle, radius, place * GOLDEN_ANGLE);
      }
      break;
    }
    for (const [node, anchors] of ready) {
      const [anchor = 0] = anchors;
      const at = meanOf(anchors.map((other) => places[other]!))!;
      const number = around.get(anchor) ?? 0;
      around.set(anchor, number + 1);
      const outward = Math.atan2(at.y - middle.y, at.x - middle.x);
      places[node] = turned(at, spacing * 0.6 * Math.sqrt(number + 1), outward + number * GOLDEN_ANGLE);
    }
    waiting = waiting.filter((node) => places[node] === undefined);
  }
  return places as Placed[];
}

const turned = ({ x, y }: Placed, radius: number, angle: number): Placed => ({
  x: x + radius * Math.cos(angle),
  y: y + radius * Math.sin(angle),
});

function meanOf(places: readonly Placed[]): Placed | null {
  if (places.length === 0) return null;
  const sum = places.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
}

/** A body of a small drawing: how much room it takes. */
export interface Body {
  readonly radius: number;
}

/** Steps of a small drawing: after so many nearly nothing moves. */
const STEPS = 200;

/**
 * Places some hundred bodies that edges pull together and that keep their distance (Fruchterman and Reingold 1991, with
 * radii): for communities as nodes. All pairs are looked at. The same input gives the same places.
 */
export function placeBodies(
  bodies: readonly Body[],
  edges: readonly (Joined & { readonly weight: number })[],
): Placed[] {
  const x = new Float64Array(bodies.length);
  const y = new Float64Array(bodies.length);
  const reach = Math.sqrt(bodies.reduce((sum, { radius }) => sum + radius * radius, 0)) || 1;
  for (const index of bodies.keys()) {
    const radius = reach * 1.5 * Math.sqrt(index / Math.max(1, bodies.length));
    x[index] = radius * Math.cos(index * GOLDEN_ANGLE);
    y[index] = radius * Math.sin(index * GOLDEN_ANGLE);
  }
  const heaviest = Math.max(1e-9, ...edges.map(({ weight }) => weight));
  const [dx, dy] = [new Float64Array(bodies.length), new Float64Array(bodies.length)];
  for (let step = 0; step < STEPS; step++) {
    dx.fill(0);
    dy.fill(0);
    for (let a = 0; a < bodies.length; a++) {
      for (let b = a + 1; b < bodies.length; b++) {
        const [ex, ey] = [x[a]! - x[b]! || 1e-3, y[a]! - y[b]! || 1e-3];
        const distance = Math.hypot(ex, ey);
        const distanceNeeded = (bodies[a]!.radius + bodies[b]!.radius) * 1.35;
        const push =
          distance < distanceNeeded
            ? (distanceNeeded - distance) / distance / 2
            : (0.02 * distanceNeeded * distanceNeeded) / distance ** 3;
        dx[a]! += ex * push;
        dy[a]! += ey * push;
        dx[b]! -= ex * push;
        dy[b]! -= ey * push;
      }
      // A weak pull to the middle, so that what no edge holds does not drift away.
      dx[a]! -= x[a]! * 0.012;
      dy[a]! -= y[a]! * 0.012;
    }
    for (const { from, to, weight } of edges) {
      const pull = 0.04 * Math.sqrt(weight / heaviest);
      const [ex, ey] = [x[to]! - x[from]!, y[to]! - y[from]!];
      dx[from]! += ex * pull;
      dy[from]! += ey * pull;
      dx[to]! -= ex * pull;
      dy[to]! -= ey * pull;
    }
    const heat = reach * 0.1 * (1 - step / STEPS) + 0.01;
    for (let body = 0; body < bodies.length; body++) {
      const length = Math.hypot(dx[body]!, dy[body]!) || 1;
      x[body]! += (dx[body]! / length) * Math.min(length, heat);
      y[body]! += (dy[body]! / length) * Math.min(length, heat);
    }
  }
  return bodies.map((_, body) => ({ x: x[body]!, y: y[body]! }));
}
