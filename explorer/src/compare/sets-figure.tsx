import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { type Circle, regionAreas, threeCircles, twoCircles } from './circles.ts';
import { WORDS } from './words.ts';

interface SetsFigureProps {
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  /** Numbers of members that pairs share: of two sets one, of three ab, ac, bc. */
  readonly shared: readonly number[];
  /** The exact number of each region, by the sets that cover it as bits. */
  readonly regions: readonly number[];
  readonly figure: RefObject<SVGSVGElement | null>;
}

/** Where the number of a region is written: the point of it that is farthest from its borders. */
function labelPoints(circles: readonly Circle[]): ReadonlyMap<number, readonly [x: number, y: number]> {
  const steps = 48;
  const best = new Map<number, { at: readonly [number, number]; room: number }>();
  for (const circle of circles) {
    for (let row = 0; row <= steps; row++) {
      for (let column = 0; column <= steps; column++) {
        const x = circle.x + circle.r * ((2 * column) / steps - 1);
        const y = circle.y + circle.r * ((2 * row) / steps - 1);
        const distances = circles.map((one) => one.r - Math.hypot(x - one.x, y - one.y));
        const covered = distances.reduce((all, distance, place) => all | (distance > 0 ? 1 << place : 0), 0);
        const room = Math.min(...distances.map(Math.abs));
        if (covered > 0 && room > (best.get(covered)?.room ?? 0)) best.set(covered, { at: [x, y], room });
      }
    }
  }
  return new Map([...best].map(([covered, { at }]) => [covered, at]));
}

const WIDTH = 560;
const HEIGHT = 360;
const MARGIN = 34;

/** Two or three sets as circles whose areas are true, with what is not exactly true said under them. */
export function SetsFigure({ names, sizes, shared, regions, figure }: SetsFigureProps) {
  const words = useWords(WORDS);
  const { list, percent, number } = useFormat();
  const key = JSON.stringify([sizes, shared]);
  const { circles, points, areas } = useMemo(() => {
    const made: readonly Circle[] =
      sizes.length === 2
        ? twoCircles([sizes[0]!, sizes[1]!], shared[0]!)
        : threeCircles([sizes[0]!, sizes[1]!, sizes[2]!], [shared[0]!, shared[1]!, shared[2]!]);
    return { circles: made, points: labelPoints(made), areas: regionAreas(made) };
  }, [key]);
  const left = Math.min(...circles.map(({ x, r }) => x - r));
  const right = Math.max(...circles.map(({ x, r }) => x + r));
  const top = Math.min(...circles.map(({ y, r }) => y - r));
  const bottom = Math.max(...circles.map(({ y, r }) => y + r));
  const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top));
  const [startX, startY] = [(WIDTH - (right - left) * scale) / 2, (HEIGHT - (bottom - top) * scale) / 2];
  const drawn = circles.map(({ x, y, r }) => ({
    x: startX + (x - left) * scale,
    y: startY + (y - top) * scale,
    r: r * scale,
  }));
  // How far drawn regions are from the exact ones: of two sets never, of three where circles cannot do better.
  const worst = Math.max(...regions.map((exact, place) => Math.abs((areas[place] ?? 0) - exact)).slice(1));
  const pairErrors = sizes.length === 2 ? 0 : pairError(areas, shared);
  const smallest = Math.min(...sizes);
  const notes =
    sizes.length === 2
      ? [words.trueTwo]
      : [
          pairErrors <= 0.02 * smallest ? words.trueThree : words.almostThree(percent(pairErrors / smallest)),
          ...(Math.abs((areas[7] ?? 0) - regions[7]!) > 0.02 * smallest && worst > 0
            ? [words.middleThree(number(Math.round((areas[7] ?? 0) * 10) / 10), number(regions[7]!))]
            : []),
        ];
  return (
    <>
      <svg
        class="sets"
        ref={figure}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={words.picture(list(names))}
      >
        {drawn.map(({ x, y, r }, place) => (
          <circle key={names[place]} class={`set set-${place}`} cx={x} cy={y} r={r} />
        ))}
        {[...points].map(([covered, [x, y]]) =>
          regions[covered] === 0 ? null : (
            <text key={covered} x={startX + (x - left) * scale} y={startY + (y - top) * scale + 5} text-anchor="middle">
              {number(regions[covered]!)}
            </text>
          ),
        )}
      </svg>
      <p class="small quiet">{notes.join(' ')}</p>
    </>
  );
}

/** How far what pairs share in a picture of three circles is from what they share in truth. */
function pairError(areas: Float64Array, shared: readonly number[]): number {
  const drawn = [areas[3]! + areas[7]!, areas[5]! + areas[7]!, areas[6]! + areas[7]!];
  return Math.max(...drawn.map((area, place) => Math.abs(area - shared[place]!)));
}
