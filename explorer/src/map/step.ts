import type { Point } from './projection.ts';

/** The arrow keys, as directions. */
export const ARROWS: Readonly<Record<string, Point>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** How far aside a point may lie, for one of the way ahead: rather straight on, else anywhere ahead. */
const CONES = [0.8, 2.5] as const;

/** The nearest point in a direction, what lies aside counting double; null where there is none. */
export function nearestTowards<Item extends { readonly middle: Point }>(
  items: readonly Item[],
  from: Item,
  [dx, dy]: Point,
): Item | null {
  const ahead = items.flatMap((item) => {
    const [x, y] = [item.middle[0] - from.middle[0], item.middle[1] - from.middle[1]];
    const [forward, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    return item === from || forward <= 0.5 ? [] : [{ item, slope: aside / forward, cost: forward + 2 * aside }];
  });
  for (const cone of CONES) {
    const within = ahead.filter(({ slope }) => slope <= cone);
    if (within.length > 0) return within.reduce((best, one) => (one.cost < best.cost ? one : best)).item;
  }
  return null;
}
