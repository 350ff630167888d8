import { NodeLink } from '../app/parts/node-link.tsx';
import { QueryLink } from '../app/parts/query-link.tsx';
import { Empty } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { type GraphSelection, linkTo, type SelectionValues } from '../selection/selection.ts';
import { Awaited, useMeasured } from './measured.tsx';
import { Bar, Definition, Exactness, Value } from './parts.tsx';
import { BROKERS } from './queries.ts';
import { WORDS } from './words.ts';

/** Rows of the table. */
const SHOWN = 50;

interface BrokersProps {
  readonly values: SelectionValues;
  readonly select: GraphSelection;
  readonly resolution: number;
  readonly seed: number;
}

/** The nodes of a selection that join its communities. */
export function Brokers({ values, select, resolution, seed }: BrokersProps) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const variables = { select, resolution, seed, first: SHOWN };
  const measured = useMeasured(BROKERS, variables);
  const found = measured.data?.subgraph?.brokers;
  const most = Math.max(0, ...(found?.edges.map(({ value }) => value) ?? []));
  return (
    <>
      <Definition>{words.definitions.brokers}</Definition>
      <Awaited measured={measured} />
      {found && found.edges.length === 0 && <Empty>{words.empty}</Empty>}
      {found && found.edges.length > 0 && (
        <>
          <Exactness isExact={found.isExact} sampleSize={found.sampleSize} />
          <p>
            <a href={linkTo('/network', values, { colour: 'community', size: 'betweenness' })}>
              {words.colouredByCommunity}
            </a>
          </p>
          <div class="scrolls">
            <table class="ranking">
              <thead>
                <tr>
                  <th scope="col" class="number">
                    {words.rank}
                  </th>
                  <th scope="col">{words.node}</th>
                  <th scope="col">{words.value}</th>
                  <th scope="col" class="number">
                    {words.constraint}
                  </th>
                  <th scope="col" class="number">
                    {words.own}
                  </th>
                  <th scope="col" class="number">
                    {words.communitiesMet}
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.edges.map(({ rank, value, error, constraint, community, communityCount, node }) => (
                  <tr key={node.id}>
                    <td class="number">{number(rank)}</td>
                    <td>
                      <NodeLink node={node} />
                    </td>
                    <td>
                      {most > 0 && <Bar share={value / most} />} <Value value={value} error={error} />
                    </td>
                    <td class="number">
                      {constraint === null ? '' : number(constraint, { maximumFractionDigits: 3 })}
                    </td>
                    <td class="number">{number(community + 1)}</td>
                    <td class="number">{number(communityCount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <QueryLink document={BROKERS} variables={variables} />
    </>
  );
}
