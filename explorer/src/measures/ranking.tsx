import { NodeLink } from '../app/parts/node-link.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { type GraphSelection, linkTo, type SelectionValues } from '../selection/selection.ts';
import { Awaited, useMeasured } from './measured.tsx';
import { Bar, Definition, Exactness, Value } from './parts.tsx';
import { RANKING } from './queries.ts';
import { WORDS } from './words.ts';

/** Measures by which nodes are ranked. */
export const RANKINGS = [
  ...(['PAGE_RANK', 'DEGREE', 'WEIGHTED_DEGREE', 'BETWEENNESS', 'HARMONIC', 'CORE', 'CONSTRAINT'] as const),
] as const;
export type RankingName = (typeof RANKINGS)[number];

/** Those by which the network view has colours and sizes. */
const DRAWN: readonly RankingName[] = ['PAGE_RANK', 'DEGREE', 'WEIGHTED_DEGREE', 'BETWEENNESS', 'CORE'];
/** Rows of a page. */
const SHOWN = 50;

interface RankingProps {
  readonly values: SelectionValues;
  readonly select: GraphSelection;
  readonly measure: RankingName;
  readonly after: string;
  onPage(after: string): void;
}

/** The nodes of a selection by a measure. */
export function Ranking({ values, select, measure, after, onPage }: RankingProps) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const variables = { select, measure, first: SHOWN, after: after === '' ? null : after };
  const measured = useMeasured(RANKING, variables);
  const found = measured.isLoading ? undefined : measured.data?.subgraph?.ranking;
  // Bars are as long as values, of which the largest of the page has the whole; where less is more there are none.
  const most = measure === 'CONSTRAINT' ? 0 : Math.max(0, ...(found?.edges.map(({ value }) => value) ?? []));
  const name = measure.toLowerCase();
  return (
    <>
      <Definition>{words.definitions[measure]}</Definition>
      <Awaited measured={measured} />
      {found && found.totalCount === 0 && <Empty>{words.empty}</Empty>}
      {found && found.totalCount > 0 && (
        <>
          <Exactness isExact={found.isExact} sampleSize={found.sampleSize} />
          {DRAWN.includes(measure) && (
            <p>
              <a href={linkTo('/network', values, { colour: 'measure', measure: name, size: name })}>
                {words.colouredBy}
              </a>
            </p>
          )}
          <div class="scrolls">
            <table class="ranking">
              <thead>
                <tr>
                  <th scope="col" class="number">
                    {words.rank}
                  </th>
                  <th scope="col">{words.node}</th>
                  <th scope="col">{words.measures[measure]}</th>
                </tr>
              </thead>
              <tbody>
                {found.edges.map(({ rank, value, error, node }) => (
                  <tr key={node.id}>
                    <td class="number">{number(rank)}</td>
                    <td>
                      <NodeLink node={node} />
                    </td>
                    <td>
                      {most > 0 && <Bar share={value / most} />} <Value value={value} error={error} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="actions">
            {after !== '' && (
              <button type="button" onClick={() => onPage('')}>
                {words.first}
              </button>
            )}
            {found.pageInfo.hasNextPage && (
              <button type="button" onClick={() => onPage(found.pageInfo.endCursor ?? '')}>
                {words.next}
              </button>
            )}
          </p>
        </>
      )}
      <QueryLink document={RANKING} variables={variables} />
    </>
  );
}
