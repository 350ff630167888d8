import { graphql } from '../../api/graphql.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Facts } from '../../app/parts/facts.tsx';
import { NodeLink } from '../../app/parts/node-link.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import type { Network } from '../graph/network.ts';
import type { NetworkRequest } from '../load.ts';
import { WORDS } from '../words.ts';
import { SidePanel } from './side-panel.tsx';

const MEMBERS = graphql(`
  query CommunityMembers($select: GraphSelection!) {
    subgraph(select: $select) {
      nodeCount
      edgeCount
      density
      ranking(measure: WEIGHTED_DEGREE, first: 12) {
        nodes {
          id
          name
        }
      }
    }
  }
`);

interface CommunityPanelProps {
  readonly network: Network;
  readonly node: number;
  readonly request: NetworkRequest;
  /** The address of the network of a community. */
  readonly open: (community: number) => string;
  readonly onClose: () => void;
}

/** A community as a node: its most central members, and a link into it. */
export function CommunityPanel({ network, node, request, open, onClose }: CommunityPanelProps) {
  const words = useWords(WORDS);
  const { number } = useFormat();
  const { name, community } = network.nodes[node]!;
  const { select, resolution } = request;
  const inCommunity = { number: community ?? 0, resolution };
  const { data } = useAnswer(MEMBERS, { select: { ...select, also: [], inCommunity } });
  const found = data?.subgraph;
  return (
    <SidePanel
      opened={String(community)}
      kind={words.communityNumber(number((community ?? 0) + 1))}
      title={name}
      onClose={onClose}
    >
      {!found && <Loading />}
      {found && (
        <>
          <Facts
            facts={[
              [words.nodes[1], number(found.nodeCount)],
              [words.edges[1], number(found.edgeCount)],
            ]}
          />
          <ul class="network-selected">
            {found.ranking.nodes.map((member) => (
              <li key={member.id}>
                <NodeLink node={member} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="network-panel-actions">
        <a class="button" href={open(community ?? 0)}>
          {words.toCommunity}
        </a>
      </div>
    </SidePanel>
  );
}
