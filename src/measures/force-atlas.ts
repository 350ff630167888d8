import type { WeightedGraph } from './graph.ts';
import { Quadtree } from './quadtree.ts';
import { randomNumbers } from './random.ts';
import { type Check, NEVER } from './stop.ts';

/** Positions of nodes: those of node `n` at `2 n` and `2 n + 1`. */
export type Positions = Float64Array<ArrayBuffer>;

/** Strength of the forces, as Gephi has them by default; gravity holds parts together that no edge joins. */
const [REPULSION, GRAVITY] = [2, 1];
/** How coarsely far nodes are seen: Gephi's default. */
const THETA = 1.2;
/** How much restlessness is allowed (jitter tolerance), as in the paper. */
const TOLERANCE = 1;
/** Steps at the most, fewer for larger graphs: about as many node-steps as some seconds have. */
const [MOST_STEPS, LEAST_STEPS, NODE_STEPS] = [600, 120, 2_400_000];
/** It is settled when nodes move less than this part of the picture's radius in a step, on average. */
const SETTLED = 0.0005;
/** The radius in which positions begin, for each node. */
const ROOM = 10;

/**
 * Positions of nodes by ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian, 2014) with Barnes-Hut: nodes repel each other
 * by their degrees, edges attract by their weights. Ends when nearly nothing moves, or after some hundred steps. The same
 * for the same graph and seed.
 */
export function forceAtlas(
  { size, offsets, neighbours, weights }: WeightedGraph,
  { seed = 1 }: { readonly seed?: number } = {},
  check: Check = NEVER,
): Positions {
  const random = randomNumbers(seed);
  const [x, y, mass] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const radius = ROOM * Math.sqrt(size);
  for (let node = 0; node < size; node++) {
    const [angle, distance] = [2 * Math.PI * random(), radius * Math.sqrt(random())];
    x[node] = distance * Math.cos(angle);
    y[node] = distance * Math.sin(angle);
    mass[node] = 1 + offsets[node + 1]! - offsets[node]!;
  }
  const bodies = { x, y, mass };
  const tree = new Quadtree(size);
  let forces = new Float64Array(2 * size);
  let before = new Float64Array(2 * size);
  let speed = 1;
  let efficiency = 1;
  const steps = Math.max(LEAST_STEPS, Math.min(MOST_STEPS, Math.floor(NODE_STEPS / Math.max(1, size))));
  for (let step = 0; step < steps && size > 1; step++) {
    check(step / steps);
    [forces, before] = [before, forces];
    forces.fill(0);
    tree.build(bodies);
    tree.repel(bodies, REPULSION, THETA, forces, check);
    for (let node = 0; node < size; node++) {
      const distance = Math.hypot(x[node]!, y[node]!);
      if (distance > 0) {
        forces[2 * node]! -= (GRAVITY * mass[node]! * x[node]!) / distance;
        forces[2 * node + 1]! -= (GRAVITY * mass[node]! * y[node]!) / distance;
      }
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
        forces[2 * node]! += weights[at]! * (x[neighbours[at]!]! - x[node]!);
        forces[2 * node + 1]! += weights[at]! * (y[neighbours[at]!]! - y[node]!);
      }
    }
    let [swinging, traction] = [0, 0];
    for (let node = 0; node < size; node++) {
      const [forceX, forceY] = [forces[2 * node]!, forces[2 * node + 1]!];
      const [oldX, oldY] = [before[2 * node]!, before[2 * node + 1]!];
      swinging += mass[node]! * Math.hypot(oldX - forceX, oldY - forceY);
      traction += (mass[node]! * Math.hypot(oldX + forceX, oldY + forceY)) / 2;
    }
    // The speed follows what the nodes do together, as in Gephi's implementation.
    const jitter =
      TOLERANCE *
      Math.max(Math.sqrt(0.05 * Math.sqrt(size)), Math.min(10, (0.05 * Math.sqrt(size) * traction) / size ** 2));
    if (swinging / traction > 2) efficiency = Math.max(0.05, efficiency * 0.5);
    const target = (jitter * efficiency * traction) / swinging;
    if (swinging > jitter * traction) efficiency = Math.max(0.05, efficiency * 0.7);
    else if (speed < 1_000) efficiency *= 1.3;
    speed += Math.min(target - speed, 0.5 * speed);
    let [moved, extent] = [0, 0];
    for (let node = 0; node < size; node++) {
      const [forceX, forceY] = [forces[2 * node]!, forces[2 * node + 1]!];
      const swing = mass[node]! * Math.hypot(before[2 * node]! - forceX, before[2 * node + 1]! - forceY);
      const factor = speed / (1 + Math.sqrt(speed * swing));
      x[node]! += forceX * factor;
      y[node]! += forceY * factor;
      moved += Math.hypot(forceX, forceY) * factor;
      extent += Math.hypot(x[node]!, y[node]!);
    }
    if (moved < SETTLED * extent) break;
  }
  return Float64Array.from({ length: 2 * size }, (_, at) => (at % 2 === 0 ? x : y)[at >> 1]!);
}
