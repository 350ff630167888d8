import type { RefObject } from 'preact';
import { QueryLink } from '../app/parts/query-link.tsx';
import { useWidth } from '../app/use-width.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import type { GraphSelection } from '../selection/selection.ts';
import { Awaited, useMeasured } from './measured.tsx';
import { Definition } from './parts.tsx';
import { LIKENESS } from './queries.ts';
import { WORDS } from './words.ts';

const SCALE = [-1, 0, 1] as const;
const BY = ['kind', 'region', 'sector'] as const;
const [ROW, TOP] = [44, 30] as const;
/** Pixels below which the ends of the scale are named under the chart. */
const NARROW = 560;

interface LikenessProps {
  readonly select: GraphSelection;
  readonly figure: RefObject<SVGSVGElement | null>;
}

/** Whether like is joined with like, from -1 to 1, with the same as a table. */
export function Likeness({ select, figure }: LikenessProps) {
  const words = useWords(WORDS);
  const { number, percent } = useFormat();
  const measured = useMeasured(LIKENESS, { select });
  const { element, width } = useWidth();
  const isNarrow = width < NARROW;
  const [left, right] = isNarrow ? [140, 24] : [190, 60];
  const found = measured.data?.subgraph;
  const nameOf = (at: -1 | 0 | 1): string =>
    `${number(at)} · ${at < 0 ? words.scale.less : at === 0 ? words.scale.chance : words.scale.like}`;
  const x = (value: number): number => left + ((value + 1) / 2) * (width - left - right);
  return (
    <>
      <Definition>{words.definitions.likeness}</Definition>
      <Awaited measured={measured} />
      {found && (
        <>
          <div class="chart-box" ref={element}>
            <svg
              class="chart"
              ref={figure}
              viewBox={`0 0 ${width} ${TOP + BY.length * ROW + 8}`}
              role="img"
              aria-label={words.views.likeness}
            >
              {SCALE.map((at) => (
                <g key={at}>
                  <line class="grid" x1={x(at)} x2={x(at)} y1={TOP - 6} y2={TOP + BY.length * ROW} />
                  <text x={x(at)} y={14} text-anchor="middle">
                    {isNarrow ? number(at) : nameOf(at)}
                  </text>
                </g>
              ))}
              {BY.map((by, row) => {
                const { coefficient } = found[by];
                const y = TOP + row * ROW + ROW / 2;
                return (
                  <g key={by} class={`line line-${row}`}>
                    <text x={0} y={y + 4}>
                      {words.by[by]}
                    </text>
                    {coefficient !== null && (
                      <>
                        <path d={`M${x(0)},${y}L${x(coefficient)},${y}`} class="thick" />
                        <circle cx={x(coefficient)} cy={y} r="6" />
                        <text
                          x={x(coefficient) + (coefficient < 0 ? -12 : 12)}
                          y={y + 4}
                          text-anchor={coefficient < 0 ? 'end' : 'start'}
                        >
                          {number(coefficient, { maximumFractionDigits: 3 })}
                        </text>
                      </>
                    )}
                  </g>
                );
              })}
            </svg>
          </div>
          {isNarrow && <p class="small quiet">{SCALE.map(nameOf).join(' ; ')}</p>}
          <table class="ranking">
            <thead>
              <tr>
                <th scope="col">{words.views.likeness}</th>
                <th scope="col" class="number">
                  {words.coefficient}
                </th>
                <th scope="col" class="number">
                  {words.known}
                </th>
              </tr>
            </thead>
            <tbody>
              {BY.map((by) => (
                <tr key={by}>
                  <td>{words.by[by]}</td>
                  <td class="number">
                    {found[by].coefficient === null
                      ? words.undefined
                      : number(found[by].coefficient, { maximumFractionDigits: 3 })}
                  </td>
                  <td class="number">{found[by].knownShare === null ? '' : percent(found[by].knownShare)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <QueryLink document={LIKENESS} variables={{ select }} />
    </>
  );
}
