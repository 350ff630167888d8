import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, type Failure } from '../api/ask.ts';
import type { ResultOf } from '../api/graphql.ts';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Scrolls } from '../app/parts/scrolls.tsx';
import { Failed } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { Choice } from '../selection/choice.tsx';
import type { GraphSelection } from '../selection/selection.ts';
import { LineChart } from './line-chart.tsx';
import { Definition } from './parts.tsx';
import { SERIES } from './queries.ts';
import { WORDS } from './words.ts';

export const CURVES = ['nodes', 'edges', 'density', 'largest'] as const;
export type CurveName = (typeof CURVES)[number];

/** The first year: poles exist since 2005. */
const FIRST_YEAR = 2004;
const LAST_YEAR = new Date().getFullYear();
/** Years of one question: of the whole graph each takes a third of a second. */
const AT_A_TIME = 4;

type Point = NonNullable<ResultOf<typeof SERIES>['subgraph']>['series'][number];

/** The series of a selection, a few years after the other, so that the curve grows while it is computed. */
function useSeries(select: GraphSelection) {
  const key = JSON.stringify(select);
  const [stopped, setStopped] = useState<string | null>(null);
  const isStopped = stopped === key;
  const [state, setState] = useState<{ points: readonly Point[]; failure: Failure | null }>({
    points: [],
    failure: null,
  });
  useEffect(() => {
    if (isStopped) return;
    const stop = new AbortController();
    const load = async (): Promise<void> => {
      let points: readonly Point[] = [];
      for (let from = FIRST_YEAR; from <= LAST_YEAR; from += AT_A_TIME) {
        const to = Math.min(LAST_YEAR, from + AT_A_TIME - 1);
        const answer = await ask(
          SERIES,
          { select: JSON.parse(key) as GraphSelection, from, to },
          { signal: stop.signal },
        );
        if (answer.failure) return setState({ points, failure: answer.failure });
        points = [...points, ...(answer.data.subgraph?.series ?? [])];
        setState({ points, failure: null });
      }
    };
    setState({ points: [], failure: null });
    load().catch(() => {});
    return () => stop.abort();
  }, [key, isStopped]);
  return { ...state, isStopped, stop: () => setStopped(key), again: () => setStopped(null) };
}

const curveAt = ({ subgraph }: Point, curve: CurveName): number =>
  ({
    nodes: subgraph.nodeCount - subgraph.isolatedCount,
    edges: subgraph.edgeCount,
    density: subgraph.density,
    largest: subgraph.components.largestSize,
  })[curve];

interface SeriesProps {
  readonly select: GraphSelection;
  readonly curve: CurveName;
  readonly figure: RefObject<SVGSVGElement | null>;
}

/** How a selection grew: one curve, and all numbers as a table. */
export function Series({ select, curve, figure }: SeriesProps) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const { points, failure, isStopped, stop, again } = useSeries(select);
  const all = LAST_YEAR - FIRST_YEAR + 1;
  const years = Array.from({ length: all }, (_, at) => FIRST_YEAR + at);
  const line = {
    name: curve === 'nodes' ? words.connectedNodes : words.curves[curve],
    values: years.map((_, at) => (points[at] ? curveAt(points[at], curve) : null)),
  };
  const format = (value: number): string => number(value, curve === 'density' ? { maximumSignificantDigits: 2 } : {});
  return (
    <>
      <Definition>{words.definitions.series}</Definition>
      <div class="controls">
        <Choice
          label={words.curve}
          parameter="curve"
          value={curve}
          options={CURVES.map((name) => [name, words.curves[name]])}
        />
      </div>
      {failure && <Failed failure={failure} />}
      <LineChart label={line.name} years={years} lines={[line]} figure={figure} format={format} />
      {points.length < all && !failure && (
        <div class="actions">
          <span class="small quiet" role="status">
            {isStopped && `${words.stopped} `}
            {words.loaded(number(points.length), number(all))}
          </span>
          <button type="button" onClick={isStopped ? again : stop}>
            {isStopped ? words.compute : words.stop}
          </button>
        </div>
      )}
      <details open>
        <summary>{words.numbers}</summary>
        <Scrolls label={words.numbers}>
          <table class="ranking">
            <thead>
              <tr>
                <th scope="col">{words.year}</th>
                <th scope="col" class="number">
                  {words.connectedNodes}
                </th>
                {(['edges', 'density', 'largest'] as const).map((name) => (
                  <th key={name} scope="col" class="number">
                    {words.curves[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.from}>
                  <th scope="row">{point.from}</th>
                  {CURVES.map((name) => (
                    <td key={name} class="number">
                      {number(curveAt(point, name), name === 'density' ? { maximumSignificantDigits: 3 } : {})}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      </details>
      <QueryLink document={SERIES} variables={{ select, from: LAST_YEAR - 9, to: LAST_YEAR }} />
    </>
  );
}
