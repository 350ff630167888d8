import { Panel } from '../app/parts/panel.tsx';
import { Sources } from '../app/parts/sources.tsx';
import { Table } from '../app/parts/table.tsx';
import { useFormat } from '../app/words/format.ts';
import { VOCABULARY, wordIn } from '../app/words/vocabulary.ts';
import { useWords } from '../app/words/words.ts';
import type { IndicatorShown } from './actor-query.ts';
import { ENTITY } from './words.ts';

const WIDTH = 260;
const HEIGHT = 72;
const MARGIN = { top: 16, right: 34, bottom: 16, left: 6 };

/** A partial date as a number of years: 2010-07 is 2010.5. */
function yearOf(partial: string): number {
  const [year = '0', month = '1', day = '1'] = partial.split('-');
  return Number(year) + (Number(month) - 1) / 12 + (Number(day) - 1) / 365;
}

/** A small chart of one measure: a point for each published figure, joined where there are several. */
function Chart({ measure, figures }: { readonly measure: string; readonly figures: readonly IndicatorShown[] }) {
  const words = useWords(ENTITY);
  const { number, date } = useFormat();
  const [first, last] = [figures[0]!, figures.at(-1)!];
  const years = figures.map(({ from }) => yearOf(from));
  const [least, most] = [Math.min(...years), Math.max(...years)];
  const highest = Math.max(...figures.map(({ value }) => value), 1);
  const x = (year: number): number =>
    MARGIN.left + ((WIDTH - MARGIN.left - MARGIN.right) * (year - least)) / Math.max(most - least, 1);
  const y = (value: number): number =>
    HEIGHT - MARGIN.bottom - ((HEIGHT - MARGIN.top - MARGIN.bottom) * value) / highest;
  const points = figures.map(({ from, value }) => [x(yearOf(from)), y(value)] as const);
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.chartOf(measure, date(first.from), date(last.from))}
    >
      <line class="axis" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(0)} y2={y(0)} />
      <polyline points={points.map((point) => point.join(',')).join(' ')} />
      {points.map(([left, top], index) => (
        <circle key={figures[index]!.id} cx={left} cy={top} r="2.5">
          <title>{`${date(figures[index]!.from)} : ${number(figures[index]!.value)}`}</title>
        </circle>
      ))}
      <text x={MARGIN.left} y={HEIGHT - 3}>
        {first.from.slice(0, 4)}
      </text>
      {most - least >= 1 && (
        <text x={x(most)} y={HEIGHT - 3} text-anchor="middle">
          {last.from.slice(0, 4)}
        </text>
      )}
      <text class="last" x={x(yearOf(last.from)) + 6} y={y(last.value) + 4}>
        {number(last.value)}
      </text>
    </svg>
  );
}

/** Published figures: a small chart for each measure, and all of them with their sources. */
export function Indicators({ indicators }: { readonly indicators: readonly IndicatorShown[] }) {
  const words = useWords(ENTITY);
  const { measure: measures } = useWords(VOCABULARY);
  const { number, date } = useFormat();
  if (indicators.length === 0) return null;
  const byMeasure = [...Map.groupBy(indicators, ({ measure }) => measure)];
  return (
    <Panel id="indicators" title={words.indicators} count={number(indicators.length)}>
      <div class="charts">
        {byMeasure.map(([measure, figures]) => (
          <figure key={measure}>
            <figcaption>{wordIn(measures, measure)}</figcaption>
            <Chart measure={wordIn(measures, measure)} figures={figures} />
          </figure>
        ))}
      </div>
      <details class="figures">
        <summary>{words.sources}</summary>
        <Table
          caption={words.indicators}
          rows={indicators}
          keyOf={({ id }) => id}
          columns={[
            { name: words.indicators, cell: ({ measure }) => wordIn(measures, measure) },
            {
              name: words.period,
              cell: ({ from, to }) => (to && to !== from ? `${date(from)} – ${date(to)}` : date(from)),
            },
            { name: words.value, isNumber: true, cell: ({ value, unit }) => `${number(value)} ${unit ?? ''}`.trim() },
            { name: words.note, isExtra: true, cell: ({ note }) => note },
            { name: words.sources, cell: ({ sources }) => <Sources sources={sources} /> },
          ]}
        />
      </details>
    </Panel>
  );
}
