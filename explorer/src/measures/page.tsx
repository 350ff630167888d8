import { useId, useRef } from 'preact/hooks';
import { useAnswer } from '../api/use-answer.ts';
import { integer, oneOf, type Parameter, text, useAddress } from '../app/address.ts';
import { Facts } from '../app/parts/facts.tsx';
import { Page as PageFrame } from '../app/parts/page.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { Choice } from '../selection/choice.tsx';
import { isWhole, linkTo, SELECTION, selectionOf } from '../selection/selection.ts';
import { SelectionPanel, useSelectionSentence } from '../selection/selection-panel.tsx';
import type { Table } from '../take-away/csv.ts';
import { TakeAway } from '../take-away/take-away.tsx';
import { Brokers } from './brokers.tsx';
import './chart.css';
import { Communities } from './communities.tsx';
import { Likeness } from './likeness.tsx';
import './measures.css';
import { SIZE } from './queries.ts';
import { RANKINGS, Ranking } from './ranking.tsx';
import { CURVES, Series } from './series.tsx';
import { WORDS } from './words.ts';

const VIEWS = ['communities', 'ranking', 'brokers', 'likeness', 'series'] as const;

/** How fine communities are: 1 is not written. */
const resolution: Parameter<number> = {
  read: (given) =>
    given !== null && /^\d{1,2}(?:\.\d{1,2})?$/.test(given) && Number(given) >= 0.05 ? Number(given) : 1,
  write: (value) => (value === 1 ? null : String(value)),
};

const PARAMETERS = {
  ...SELECTION,
  show: oneOf(VIEWS, 'communities'),
  measure: oneOf(RANKINGS, 'PAGE_RANK'),
  curve: oneOf(CURVES, 'nodes'),
  resolution,
  seed: integer,
  /** Communities that are shown. */
  first: integer,
  after: text(),
} as const;

/** Communities that are shown at first, and how many more at a time. */
const SHOWN = 12;
const MOST_SHOWN = 200;
/** Seeds by which the algorithm may begin. */
const SEEDS = [1, 2, 3, 4, 5];
const RESOLUTIONS = [0.25, 0.5, 1, 2, 4, 8];

/** What is shown as a table, cell by cell as it is read; communities with what tells them, a row each. */
function tableShown(names: readonly string[]): Table {
  const communities = [...document.querySelectorAll('.communities > li')];
  if (communities.length > 0) {
    const textOf = (element: Element | null | undefined): string => element?.textContent?.trim() ?? '';
    const rows = communities.map((community) => [
      textOf(community.querySelector('h2')),
      textOf(community.querySelector('p')?.firstChild?.parentElement).split(' · ')[0]!,
      ...names.slice(2).map((name) => {
        const term = [...community.querySelectorAll('dt')].find((dt) => textOf(dt) === name);
        return [...(term?.parentElement?.querySelectorAll('li') ?? [])].map(textOf).join('; ');
      }),
    ]);
    return { columns: names, rows };
  }
  const table = document.querySelector('.measured table');
  const cells = (row: Element): string[] => [...row.children].map((cell) => cell.textContent?.trim() ?? '');
  const [head = [], ...rows] = [...(table?.querySelectorAll('tr') ?? [])].map(cells);
  return { columns: head, rows };
}

/** Measures of a selection: communities, ranks, brokers, likeness, series. */
export function Page() {
  const words = useWords(WORDS);
  const format = useFormat();
  const { values, set } = useAddress(PARAMETERS);
  const { show, measure, curve, seed } = values;
  const figure = useRef<SVGSVGElement>(null);
  const [resolutionId, seedId] = [useId(), useId()];
  // Of the whole graph, nodes without any link tell nothing.
  const selected = isWhole(values) ? { ...values, connected: true } : values;
  const select = selectionOf(selected);
  const size = useAnswer(SIZE, { select }).data?.subgraph;
  const sentence = useSelectionSentence(selected);
  const title = show === 'ranking' ? words.ranked(words.measures[measure]) : words.views[show];
  const isOfCommunities = show === 'communities' || show === 'brokers';
  const shared = { values: selected, select, resolution: values.resolution, seed: seed ?? 1 };
  return (
    <PageFrame
      width="wide"
      title={title}
      kind={words.title}
      actions={
        <TakeAway
          title={`${title}, ${sentence}`}
          figure={figure}
          selection={selected}
          table={() =>
            tableShown([words.community, words.size, words.topics, words.territories, words.kinds, words.central])
          }
        />
      }
    >
      <SelectionPanel
        values={selected}
        set={({ resolution: _, ...changes }, options) => set({ ...changes, after: '' }, options)}
      />
      {size && (
        <Facts
          facts={[
            [words.size, `${format.count(size.nodeCount, words.nodes)}, ${format.count(size.edgeCount, words.edges)}`],
            [words.density, format.number(size.density, { maximumSignificantDigits: 2 })],
            [
              words.components,
              `${format.number(size.components.count)} (${words.largestOf(format.number(size.components.largestSize))})`,
            ],
            [words.isolated, format.number(size.isolatedCount)],
          ]}
        />
      )}
      <p class="actions">
        <a class="button" href={linkTo('/network', selected)}>
          {words.asNetwork}
        </a>
        <a class="button" href={linkTo('/map', selected, { show: 'selection' })}>
          {words.onMap}
        </a>
      </p>
      <div class="controls">
        <Choice
          label={words.view}
          parameter="show"
          clears={['after']}
          value={show}
          options={VIEWS.map((name) => [name, words.views[name]])}
        />
        {show === 'ranking' && (
          <Choice
            label={words.measure}
            parameter="measure"
            clears={['after']}
            value={measure}
            options={RANKINGS.map((name) => [name, words.measures[name]])}
          />
        )}
        {isOfCommunities && (
          <>
            <div class="field">
              <label for={resolutionId}>{words.resolution}</label>
              <select
                id={resolutionId}
                title={words.resolutionHint}
                value={String(values.resolution)}
                onChange={({ currentTarget }) => set({ resolution: Number(currentTarget.value) })}
              >
                {[...new Set([...RESOLUTIONS, values.resolution])]
                  .sort((a, b) => a - b)
                  .map((value) => (
                    <option key={value} value={String(value)}>
                      {format.number(value)}
                    </option>
                  ))}
              </select>
            </div>
            <div class="field">
              <label for={seedId}>{words.seed}</label>
              <select
                id={seedId}
                value={String(seed ?? 1)}
                onChange={({ currentTarget }) =>
                  set({ seed: currentTarget.value === '1' ? null : Number(currentTarget.value) })
                }
              >
                {[...new Set([...SEEDS, seed ?? 1])].map((value) => (
                  <option key={value} value={String(value)}>
                    {value}
                  </option>
                ))}
              </select>
            </div>
          </>
        )}
      </div>
      <div class="measured">
        {show === 'communities' && (
          <Communities
            {...shared}
            shown={Math.min(MOST_SHOWN, Math.max(SHOWN, values.first ?? SHOWN))}
            onMore={() => set({ first: (values.first ?? SHOWN) + SHOWN }, { replace: true })}
          />
        )}
        {show === 'ranking' && (
          <Ranking
            values={selected}
            select={select}
            measure={measure}
            after={values.after}
            onPage={(after) => set({ after })}
          />
        )}
        {show === 'brokers' && <Brokers {...shared} />}
        {show === 'likeness' && <Likeness select={select} figure={figure} />}
        {show === 'series' && <Series select={select} curve={curve} figure={figure} />}
      </div>
    </PageFrame>
  );
}
