import { type Point, squareKilometres } from './projection.ts';

/** The rings of a shape: each a closed line without its last point. */
export type Rings = readonly (readonly Point[])[];

/** The rings of a path of relative lines (`m dx,dy dx,dy … z`), the only form that the outlines have. */
export function ringsOf(path: string): Rings {
  const rings: Point[][] = [];
  let [x, y] = [0, 0];
  for (const part of path.split(/z/i)) {
    const numbers = part.match(/-?\d*\.?\d+(?:e-?\d+)?/g)?.map(Number) ?? [];
    const ring: Point[] = [];
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      x += numbers[at]!;
      y += numbers[at + 1]!;
      ring.push([x, y]);
    }
    if (ring.length === 0) continue;
    rings.push(ring);
    // After a ring is closed, the next begins from where it began.
    [x, y] = ring[0]!;
  }
  return rings;
}

/** Twice the area of a ring with the sign of its direction, and the sums of its middle. */
function sums(ring: readonly Point[]): readonly [area: number, x: number, y: number] {
  let [area, x, y] = [0, 0, 0];
  ring.forEach(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length]!;
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return [area, x, y];
}

/** The middle of a shape: of its largest ring. */
export function middleOf(rings: Rings): Point {
  const [area, x, y] = rings.map(sums).reduce((most, one) => (Math.abs(one[0]) > Math.abs(most[0]) ? one : most));
  return [x / (3 * area), y / (3 * area)];
}

/** The area of a shape in square kilometres. */
export function areaOf(rings: Rings): number {
  const units = rings.reduce((sum, ring) => sum + Math.abs(sums(ring)[0]) / 2, 0);
  return units * squareKilometres(middleOf(rings)[1]);
}

/** Whether a point lies in a shape. */
export function contains(rings: Rings, [x, y]: Point): boolean {
  let isInside = false;
  for (const ring of rings) {
    ring.forEach(([ax, ay], at) => {
      const [bx, by] = ring[(at + ring.length - 1) % ring.length]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
    });
  }
  return isInside;
}
