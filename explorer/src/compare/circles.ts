/** A circle of a picture of sets. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** The radius of a circle by its area. */
export const radiusOf = (area: number): number => Math.sqrt(area / Math.PI);

/** The area that two circles share. */
export function lensArea(a: number, b: number, distance: number): number {
  if (distance >= a + b) return 0;
  const small = Math.min(a, b);
  if (distance <= Math.abs(a - b)) return Math.PI * small * small;
  const half = (r: number, other: number): number =>
    Math.acos(Math.min(1, Math.max(-1, (distance * distance + r * r - other * other) / (2 * distance * r))));
  const [alpha, beta] = [half(a, b), half(b, a)];
  return a * a * (alpha - Math.sin(2 * alpha) / 2) + b * b * (beta - Math.sin(2 * beta) / 2);
}

/** The distance at which two circles share an area. */
export function distanceFor(a: number, b: number, shared: number): number {
  // Sets without a common member stand apart, visibly.
  if (shared <= 0) return (a + b) * 1.08;
  let [near, far] = [Math.abs(a - b), a + b];
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2;
    if (lensArea(a, b, middle) > shared) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

const between = (a: Circle, b: Circle): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Number of points to a side of the grid by which areas of three circles are measured. */
const GRID = 400;

/** The areas of three circles by the circles that cover them: entry 1 is what the first alone covers, 3 the first two, 7 all. */
export function regionAreas(circles: readonly Circle[]): Float64Array {
  const left = Math.min(...circles.map(({ x, r }) => x - r));
  const right = Math.max(...circles.map(({ x, r }) => x + r));
  const top = Math.min(...circles.map(({ y, r }) => y - r));
  const bottom = Math.max(...circles.map(({ y, r }) => y + r));
  const [width, height] = [(right - left) / GRID, (bottom - top) / GRID];
  const areas = new Float64Array(1 << circles.length);
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const [x, y] = [left + (column + 0.5) * width, top + (row + 0.5) * height];
      const covered = circles.reduce(
        (all, c, place) => all | ((x - c.x) ** 2 + (y - c.y) ** 2 < c.r * c.r ? 1 << place : 0),
        0,
      );
      areas[covered]! += width * height;
    }
  }
  return areas;
}

/** Two circles whose areas are the sizes of two sets, and whose common area is the size of what they share. */
export function twoCircles(sizes: readonly [number, number], shared: number): readonly [Circle, Circle] {
  const [a, b] = [radiusOf(sizes[0]), radiusOf(sizes[1])];
  return [
    { x: 0, y: 0, r: a },
    { x: distanceFor(a, b, shared), y: 0, r: b },
  ];
}

/** Sizes that pairs of three sets share: the first with the second, the first with the third, the second with the third. */
export type Shared = readonly [ab: number, ac: number, bc: number];

/**
 * Three circles whose areas are the sizes of three sets and whose common areas, two by two, are as near to what pairs share
 * as circles can be. What all three share is not theirs to choose: `regionAreas` measures what it came to.
 */
export function threeCircles(
  sizes: readonly [number, number, number],
  shared: Shared,
): readonly [Circle, Circle, Circle] {
  const [a, b, c] = sizes.map(radiusOf) as [number, number, number];
  const [ab, ac, bc] = [distanceFor(a, b, shared[0]), distanceFor(a, c, shared[1]), distanceFor(b, c, shared[2])];
  const cosine = ab === 0 || ac === 0 ? 1 : (ab * ab + ac * ac - bc * bc) / (2 * ab * ac);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const start = [ab, ac * Math.cos(angle), ac * Math.sin(angle)];
  const circles = ([x, u, v]: readonly number[]): readonly [Circle, Circle, Circle] => [
    { x: 0, y: 0, r: a },
    { x: x!, y: 0, r: b },
    { x: u!, y: v!, r: c },
  ];
  const radii: Shared = [a + b, a + c, b + c];
  /** How far the common areas are from those that are meant; sets without a common member must stand apart. */
  const error = (position: readonly number[]): number => {
    const [first, second, third] = circles(position);
    const pairs = [
      [first, second],
      [first, third],
      [second, third],
    ] as const;
    return pairs.reduce((sum, [one, other], place) => {
      const distance = between(one, other);
      const area = lensArea(one.r, other.r, distance) - shared[place]!;
      const near = shared[place] === 0 ? Math.max(0, radii[place]! * 1.02 - distance) * Math.min(one.r, other.r) : 0;
      return sum + area * area + near * near;
    }, 0);
  };
  return circles(descended(start, error, Math.max(a, b, c) / 4));
}

/** Walks to where a function of a few numbers is least: along each of them, by steps that become smaller. */
function descended(
  start: readonly number[],
  error: (at: readonly number[]) => number,
  firstStep: number,
): readonly number[] {
  let [best, least] = [start, error(start)];
  for (let step = firstStep; step > firstStep / 100_000; ) {
    let isBetter = false;
    for (let place = 0; place < best.length; place++) {
      for (const sign of [1, -1]) {
        const next = best.map((value, at) => (at === place ? value + sign * step : value));
        const found = error(next);
        if (found >= least) continue;
        [best, least, isBetter] = [next, found, true];
      }
    }
    if (!isBetter) step /= 2;
  }
  return best;
}
