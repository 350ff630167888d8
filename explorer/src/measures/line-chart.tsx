import type { RefObject } from 'preact';
import { useWidth } from '../app/use-width.ts';
import { useFormat } from '../app/words/format.ts';

/** One line of a chart: a value for each year, null where there is none. */
export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

interface LineChartProps {
  readonly label: string;
  readonly years: readonly number[];
  readonly lines: readonly Line[];
  readonly figure?: RefObject<SVGSVGElement | null>;
  readonly format?: (value: number) => string;
}

const HEIGHT = 240;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 14, 12, 26] as const;
/** Pixels that a year takes in writing. */
const YEAR = 44;

/** A step for an axis: 1, 2 or 5 of a power of ten, so that there are about four of them. */
export function stepOf(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most / 4));
  return power * ([1, 2, 5, 10].find((factor) => factor * power * 4.5 >= most) ?? 10);
}

/** Values over the years as lines, from zero. What it shows stands in a table beside it. */
export function LineChart({ label, years, lines, figure, format }: LineChartProps) {
  const { number } = useFormat();
  const { element, width } = useWidth();
  const written = format ?? ((value: number) => number(value));
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const step = stepOf(Math.max(0, ...all));
  const most = Math.max(step, Math.ceil(Math.max(0, ...all) / step) * step);
  const x = (at: number): number =>
    years.length < 2 ? LEFT : LEFT + (at * (width - LEFT - RIGHT)) / (years.length - 1);
  const y = (value: number): number => HEIGHT - BOTTOM - (value * (HEIGHT - TOP - BOTTOM)) / most;
  const ticks = Array.from({ length: Math.round(most / step) + 1 }, (_, at) => at * step);
  const every = Math.ceil((years.length * YEAR) / (width - LEFT - RIGHT));
  const pathOf = (values: Line['values']): string => {
    let isDrawn = false;
    return values
      .map((value, at) => {
        if (value === null) {
          isDrawn = false;
          return '';
        }
        const command = `${isDrawn ? 'L' : 'M'}${x(at).toFixed(1)},${y(value).toFixed(1)}`;
        isDrawn = true;
        return command;
      })
      .join('');
  };
  return (
    <div class="chart-box" ref={element}>
      <svg class="chart" ref={figure ?? null} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
              {written(tick)}
            </text>
          </g>
        ))}
        {years.map((year, at) =>
          at % every === 0 ? (
            <text key={year} x={x(at)} y={HEIGHT - 8} text-anchor="middle">
              {year}
            </text>
          ) : null,
        )}
        {lines.map(({ name, values }, place) => (
          <g key={name} class={`line line-${place % 8}`}>
            <path d={pathOf(values)} />
            {values.map((value, at) =>
              value === null ? null : (
                <circle key={years[at]} cx={x(at)} cy={y(value)} r="3">
                  <title>{`${name}, ${years[at]} : ${written(value)}`}</title>
                </circle>
              ),
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The names of the lines with their colours. */
export function LineLegend({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul class="legend-list">
      {lines.map(({ name }, place) => (
        <li key={name}>
          <span class={`swatch line-${place % 8}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
