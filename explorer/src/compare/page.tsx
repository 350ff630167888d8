import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../api/ask.ts';
import type { ResultOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { integer, list, text, useAddress } from '../app/address.ts';
import { NodeLink } from '../app/parts/node-link.tsx';
import { Page as PageFrame } from '../app/parts/page.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Failed, Loading } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import '../measures/chart.css';
import { YearField } from '../selection/choice.tsx';
import { Examples } from '../selection/examples.tsx';
import { NodePicker } from '../selection/node-picker.tsx';
import { linkTo, NOTHING_SELECTED } from '../selection/selection.ts';
import { TakeAway } from '../take-away/take-away.tsx';
import { type Bridging, bridgingOf } from './bridging.ts';
import { BridgingPanel } from './bridging-panel.tsx';
import './compare.css';
import { Matrix, pairName } from './matrix.tsx';
import { PairPanel } from './pair-panel.tsx';
import { BRIDGES, COMPARISON } from './queries.ts';
import { regionsOfThree, regionsOfTwo } from './sets.ts';
import { SetsFigure } from './sets-figure.tsx';
import { WORDS } from './words.ts';
import { Years } from './years.tsx';

const PARAMETERS = { ids: list, year: integer, pair: text() } as const;

/** Networks that are compared at the most. */
const MOST = 10;

/** Networks whose members are known from sources, for a start. */
const EXAMPLES = [
  ['pole/aqua-valley', 'pole/dream'],
  ['pole/aqua-valley', 'pole/dream', 'cluster/ea-eco-entreprises'],
].map((ids) => ({ ids, to: `/compare?ids=${ids.join(',')}` }));

type Comparison = NonNullable<ResultOf<typeof COMPARISON>['compareNetworks']>;

/** Who joins compared networks: pairs are asked about one after the other, those with partnerships across alone. */
function useBridging(comparison: Comparison | null, asOf: string | null): readonly Bridging[] | null {
  const [found, setFound] = useState<readonly Bridging[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    setFound(null);
    const load = async (pairs: Comparison['pairs']): Promise<void> => {
      const bridges = [];
      for (const { a, b } of pairs.filter(({ bridgeCount }) => bridgeCount > 0)) {
        const answer = await ask(BRIDGES, { ids: [a.id, b.id], asOf }, { signal: stop.signal });
        if (!answer.failure) bridges.push(...(answer.data.compareNetworks?.pairs[0]?.bridges ?? []));
      }
      setFound(bridgingOf(pairs, bridges));
    };
    if (comparison) load(comparison.pairs).catch(() => {});
    return () => stop.abort();
  }, [comparison, asOf]);
  return found;
}

/** Two to ten networks beside each other. */
export function Page() {
  const words = useWords(WORDS);
  const format = useFormat();
  const { values, set, with: to } = useAddress(PARAMETERS);
  const { ids, year } = values;
  const asOf = year === null ? null : String(year);
  const figure = useRef<SVGSVGElement>(null);
  const isAsked = ids.length >= 2;
  const variables = { ids: [...ids], asOf };
  const { data, failure, again } = useAnswer(COMPARISON, isAsked ? variables : null);
  const comparison = data?.compareNetworks ?? null;
  const bridging = useBridging(comparison, asOf);
  const networks = comparison?.networks.map(({ network, ...counts }) => ({ ...network, ...counts })) ?? [];
  const names = networks.map(({ name }) => name);
  const sizes = networks.map(({ memberCount }) => memberCount);
  const pairs = comparison?.pairs ?? [];
  const shared = pairs.map(({ commonCount }) => commonCount);
  const chosen = pairs.find((pair) => pairName(pair) === values.pair) ?? (pairs.length === 1 ? pairs[0] : undefined);
  const isDrawn = (networks.length === 2 || networks.length === 3) && sizes.every((size) => size > 0);
  const regions =
    networks.length === 2
      ? regionsOfTwo([sizes[0]!, sizes[1]!], shared[0]!)
      : networks.length === 3
        ? regionsOfThree({
            sizes: [sizes[0]!, sizes[1]!, sizes[2]!],
            ...{ ab: shared[0]!, ac: shared[1]!, bc: shared[2]!, all: comparison!.memberOfAllCount },
          })
        : [];
  const regionName = (covered: number): string => {
    const within = names.filter((_, at) => (covered >> at) & 1);
    return within.length === 1 ? words.only(within[0]!) : format.list(within);
  };
  const title = names.length > 0 ? words.compared(format.list(names)) : words.title;
  return (
    <PageFrame
      width="wide"
      title={title}
      kind={names.length > 0 && words.title}
      actions={
        comparison && (
          <TakeAway
            title={year === null ? title : `${title}, ${year}`}
            figure={figure}
            legend={names.length <= 3 ? names.map((name, at) => ({ text: name, swatch: `set-${at}` })) : []}
            table={() => ({
              columns: [words.network, words.network, words.common, 'Jaccard', words.bridges],
              rows: pairs.map(({ a, b, commonCount, jaccard, bridgeCount }) => [
                ...[a.name, b.name, commonCount, Number(jaccard.toFixed(4)), bridgeCount],
              ]),
            })}
            selection={{ ...NOTHING_SELECTED, members: ids, year }}
          />
        )
      }
    >
      <div class="controls">
        <NodePicker
          label={words.networks}
          types={['POLE', 'CLUSTER']}
          ids={ids}
          most={MOST}
          onChange={(next) => set({ ids: next, pair: '' })}
        />
        {isAsked && (
          <YearField
            label={words.year}
            all={words.allYears}
            year={year}
            onChange={(next) => set({ year: next }, { replace: true })}
          />
        )}
      </div>
      {!isAsked && (
        <>
          <p>{words.start}</p>
          <Examples examples={EXAMPLES} />
        </>
      )}
      {failure && <Failed failure={failure} again={again} />}
      {isAsked && !comparison && !failure && <Loading />}
      {comparison && (
        <>
          <p class="actions">
            <a class="button" href={linkTo('/network', { members: ids, year })}>
              {words.allMembers}
            </a>
            <a class="button" href={linkTo('/measures', { members: ids, year })}>
              {words.measures}
            </a>
            <a class="button" href={linkTo('/map', { members: ids, year }, { show: 'selection' })}>
              {words.map}
            </a>
          </p>
          <div class="compare-top">
            <Panel title={words.sets} aside={words.ofAll(format.number(comparison.memberOfAllCount))}>
              {isDrawn && <SetsFigure {...{ names, sizes, shared, regions, figure }} />}
              <div class="scrolls">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{words.network}</th>
                      <th scope="col" class="number">
                        {words.memberCount}
                      </th>
                      <th scope="col" class="number">
                        {words.onlyHere}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {networks.map((network, at) => (
                      <tr key={network.id}>
                        <td>
                          {isDrawn && <span class={`swatch set-${at}`} />}
                          <NodeLink node={network} />
                        </td>
                        <td class="number">{format.number(network.memberCount)}</td>
                        <td class="number">{format.number(network.onlyHereCount)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <p class="small quiet">{words.unknown}</p>
            </Panel>
            <Panel title={words.matrix}>
              <p class="small quiet">{words.matrixHint}</p>
              <Matrix
                networks={networks}
                pairs={pairs}
                chosen={chosen ? pairName(chosen) : ''}
                addressOf={(pair) => to({ pair })}
              />
              {regions.length > 0 && (
                <details>
                  <summary>{words.region}</summary>
                  <table>
                    <tbody>
                      {regions.map((count, covered) =>
                        covered === 0 ? null : (
                          <tr key={covered}>
                            <th scope="row">{regionName(covered)}</th>
                            <td class="number">{format.number(count)}</td>
                          </tr>
                        ),
                      )}
                    </tbody>
                  </table>
                </details>
              )}
            </Panel>
          </div>
          {chosen && <PairPanel pair={chosen} asOf={asOf} />}
          {bridging ? <BridgingPanel bridging={bridging} networks={networks} asOf={asOf} /> : <Loading />}
          <Years ids={ids} names={names} />
        </>
      )}
      <QueryLink document={COMPARISON} variables={variables} />
    </PageFrame>
  );
}
