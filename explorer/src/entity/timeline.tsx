import { graphql } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { typeOf } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { useWidth } from '../app/use-width.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import type { ActorShown } from './actor-query.ts';
import { ENTITY } from './words.ts';

const YEARS = graphql(`
  query Years($id: ID!) {
    actor(id: $id) {
      projects(first: 1) {
        facets {
          startYears(order: VALUE) {
            value
            count
          }
        }
      }
      memberships(first: 1) {
        facets {
          sinceYears(order: VALUE) {
            value
            count
          }
        }
      }
      ... on Network {
        members(first: 1) {
          facets {
            sinceYears(order: VALUE) {
              value
              count
            }
          }
        }
      }
    }
  }
`);

/** A row of the chart: periods as bars, or counts by year. */
interface Row {
  readonly name: string;
  readonly bars?: readonly { readonly since: string | null; readonly until: string | null; readonly label: string }[];
  readonly counts?: readonly { readonly value: string; readonly count: number }[];
}

const ROW = 30;
/** Pixels of the names of rows, in a wide window and in a narrow one. */
const LEFT = 132;
const NARROW_LEFT = 76;
/** Pixels below which the chart has the narrow names. */
const NARROW = 520;

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The years that rows speak of, up to this one. */
function span(rows: readonly Row[]): readonly [from: number, to: number] {
  const years = rows.flatMap(({ bars = [], counts = [] }) => [
    ...bars.flatMap(({ since, until }) => [since, until].filter((date) => date !== null).map(yearOf)),
    ...counts.map(({ value }) => yearOf(value)),
  ]);
  const now = new Date().getFullYear();
  return [Math.min(...years, now - 1), Math.max(...years, now)];
}

function Counts({ row, y, x, step }: { row: Row; y: number; x: (year: number) => number; step: number }) {
  const most = Math.max(...row.counts!.map(({ count }) => count), 1);
  return (
    <>
      {row.counts!.map(({ value, count }) => {
        const height = Math.max(2, ((ROW - 10) * count) / most);
        return (
          <rect
            key={value}
            class="bar count-bar"
            x={x(yearOf(value)) + 1}
            y={y + ROW - 5 - height}
            width={Math.max(step - 2, 1)}
            height={height}
          >
            <title>{`${value} : ${count}`}</title>
          </rect>
        );
      })}
    </>
  );
}

/** Labels, lifespan and beginnings through the years, as one chart. */
export function Timeline({ actor }: { readonly actor: ActorShown }) {
  const words = useWords(ENTITY);
  const { date } = useFormat();
  const { data } = useAnswer(YEARS, { id: actor.id });
  const { element, width } = useWidth();
  const found = data?.actor;
  const isNetwork = typeOf(actor.id) !== 'organisation';
  const rows: Row[] = [];
  if ('labels' in actor) {
    const labels = actor.labels.map(({ since, until, topic, term }) => {
      return { since, until, label: [topic?.name, term].filter(Boolean).join(' ') };
    });
    if (labels.some(({ since, until }) => since !== null || until !== null)) {
      rows.push({ name: words.labels, bars: labels });
    }
    if (actor.foundedOn !== null || actor.dissolvedOn !== null) {
      const bar = { since: actor.foundedOn, until: actor.dissolvedOn, label: words.structure };
      rows.push({ name: words.structure, bars: [bar] });
    }
  } else if (actor.__typename === 'Organisation' && actor.founded !== null) {
    rows.push({ name: words.structure, bars: [{ since: actor.founded, until: null, label: words.structure }] });
  }
  if (found) {
    const members = 'members' in found ? found.members.facets.sinceYears : [];
    if (members.length > 0) rows.push({ name: words.members, counts: members });
    const joined = found.memberships.facets.sinceYears;
    if (!isNetwork && joined.length > 0) rows.push({ name: words.memberships.split(' ')[0]!, counts: joined });
    const started = found.projects.facets.startYears;
    if (started.length > 0) rows.push({ name: words.projects, counts: started });
  }
  if (rows.length === 0) return null;
  const [from, to] = span(rows);
  const left = width < NARROW ? NARROW_LEFT : LEFT;
  const step = (width - left) / (to - from + 1);
  const x = (year: number): number => left + (year - from) * step;
  const height = rows.length * ROW + 18;
  const every = [1, 2, 5, 10, 20, 50].find((years) => step * years >= 44) ?? 100;
  const ticks = Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((year) => year % every === 0);
  return (
    <Panel id="timeline" title={words.timeline} aside={<QueryLink document={YEARS} variables={{ id: actor.id }} />}>
      <div ref={element}>
        <svg class="timeline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.timelineOf(actor.name)}>
          {ticks.map((year) => (
            <g key={year} class="tick">
              <line x1={x(year)} x2={x(year)} y1="0" y2={height - 16} />
              <text x={x(year)} y={height - 3}>
                {year}
              </text>
            </g>
          ))}
          {rows.map((row, index) => {
            const y = index * ROW;
            return (
              <g key={row.name}>
                <text class="row-name" x="0" y={y + ROW / 2 + 4}>
                  {row.name}
                </text>
                {row.counts && <Counts row={row} y={y} x={x} step={step} />}
                {row.bars?.map(({ since, until, label }) => {
                  if (since === null && until === null) return null;
                  const begin = since === null ? from : yearOf(since);
                  const end = until === null ? to : yearOf(until);
                  return (
                    <rect
                      key={`${label} ${since}`}
                      class={`bar ${until === null ? 'open' : ''} of-${typeOf(actor.id)}`}
                      x={x(begin) + 1}
                      y={y + 8}
                      width={Math.max(x(end) - x(begin) + step - 2, 2)}
                      height={ROW - 16}
                      rx="3"
                    >
                      <title>{`${label} : ${since ? date(since) : '?'} – ${until ? date(until) : ''}`}</title>
                    </rect>
                  );
                })}
              </g>
            );
          })}
        </svg>
      </div>
    </Panel>
  );
}
