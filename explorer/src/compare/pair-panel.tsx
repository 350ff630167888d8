import type { ResultOf } from '../api/graphql.ts';
import { useAnswer } from '../api/use-answer.ts';
import { NodeLink } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Period } from '../app/parts/period.tsx';
import { Empty, Failed, Loading } from '../app/parts/states.tsx';
import { useReveal } from '../app/use-reveal.ts';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { BRIDGES, type COMPARISON } from './queries.ts';
import { WORDS } from './words.ts';

type Pair = NonNullable<ResultOf<typeof COMPARISON>['compareNetworks']>['pairs'][number];

/** What a cell of the matrix opens, below it. */
const PAIR_ID = 'pair';

/** Links to nodes, one after the other. */
function Nodes({ nodes }: { readonly nodes: readonly { readonly id: string; readonly name: string | null }[] }) {
  const words = useWords(WORDS);
  if (nodes.length === 0) return <Empty>{words.nothingShared}</Empty>;
  return (
    <ul class="chips">
      {nodes.map((node) => (
        <li key={node.id} class="of-link">
          <NodeLink node={node} />
        </li>
      ))}
    </ul>
  );
}

/** What two networks share, and the partnerships between their members. */
export function PairPanel({ pair, asOf }: { readonly pair: Pair; readonly asOf: string | null }) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const { data, failure, isLoading, again } = useAnswer(BRIDGES, { ids: [pair.a.id, pair.b.id], asOf });
  useReveal(() => document.getElementById(PAIR_ID), `${pair.a.id} ${pair.b.id}`);
  const bridges = data?.compareNetworks?.pairs[0]?.bridges ?? [];
  return (
    <Panel id={PAIR_ID} title={words.pair(pair.a.name, pair.b.name)}>
      <div class="pair-lists">
        <div>
          <h3>
            {words.common} ({number(pair.commonCount)})
          </h3>
          <Nodes nodes={pair.common} />
        </div>
        <div>
          <h3>{words.sharedTopics}</h3>
          <Nodes nodes={pair.sharedTopics} />
        </div>
        <div>
          <h3>{words.sharedTerritories}</h3>
          <Nodes nodes={pair.sharedTerritories} />
        </div>
      </div>
      <h3>
        {words.bridges} ({number(pair.bridgeCount)})
      </h3>
      <p class="small quiet">{words.bridgesHint}</p>
      {failure && <Failed failure={failure} again={again} />}
      {isLoading && data === null && !failure && <Loading />}
      {data && bridges.length === 0 && <Empty>{words.none}</Empty>}
      {bridges.length > 0 && (
        <div class="scrolls">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.from}</th>
                <th scope="col">{words.to}</th>
                <th scope="col" class="number">
                  {words.strength}
                </th>
                <th scope="col" class="number">
                  {words.projects}
                </th>
                <th scope="col">{words.period}</th>
              </tr>
            </thead>
            <tbody>
              {bridges.map(({ id, from, to, strength, projectCount, since, until }) => (
                <tr key={id}>
                  <td>
                    <NodeLink node={from} />
                  </td>
                  <td>
                    <NodeLink node={to} />
                  </td>
                  <td class="number">{number(strength, { maximumFractionDigits: 2 })}</td>
                  <td class="number">{number(projectCount)}</td>
                  <td>
                    <Period since={since} until={until} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
