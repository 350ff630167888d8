import { NodeLink } from '../app/parts/node-link.tsx';
import { Panel } from '../app/parts/panel.tsx';
import { Empty } from '../app/parts/states.tsx';
import { useFormat } from '../app/words/format.ts';
import { useWords } from '../app/words/words.ts';
import { useNetwork } from '../network/use-network.ts';
import { NetworkView } from '../network/view/network-view.tsx';
import type { Bridging } from './bridging.ts';
import { WORDS } from './words.ts';

/** Rows of the list, and organisations of the network: an address holds no more. */
const [LISTED, DRAWN] = [60, 80];

/** The network of who joins the compared ones: these and them, by membership and partnership. */
function BridgingNetwork({ ids, asOf }: { readonly ids: readonly string[]; readonly asOf: string | null }) {
  const request = {
    select: {
      around: { of: [...ids], depth: 0 },
      relationships: ['MEMBER_OF' as const, 'PARTNERS_WITH' as const],
      connectedOnly: true,
      ...(asOf === null ? {} : { asOf }),
    },
    also: [],
    rankings: ['DEGREE' as const, 'PAGE_RANK' as const],
    resolution: 1,
    all: false,
  };
  const { loaded } = useNetwork(request);
  return loaded && loaded.network.nodes.length > 0 ? (
    <NetworkView network={loaded.network} loaded={loaded} request={request} />
  ) : null;
}

interface BridgingPanelProps {
  readonly bridging: readonly Bridging[];
  readonly networks: readonly { readonly id: string; readonly name: string }[];
  readonly asOf: string | null;
}

/** Who joins the networks, as a list and as a network. */
export function BridgingPanel({ bridging, networks, asOf }: BridgingPanelProps) {
  const words = useWords(WORDS);
  const { number, list } = useFormat();
  const nameOf = (id: string): string => networks.find((network) => network.id === id)?.name ?? id;
  const ids = [...networks.map(({ id }) => id), ...bridging.slice(0, DRAWN).map(({ id }) => id)];
  const toNetwork = `/network?${new URLSearchParams({ nodes: ids.join(','), types: 'MEMBER_OF,PARTNERS_WITH', connected: '1' })}`;
  return (
    <Panel title={words.bridging} aside={bridging.length > 0 && <a href={toNetwork}>{words.asNetwork}</a>}>
      <p class="small quiet">{words.bridgingHint}</p>
      {bridging.length === 0 ? (
        <Empty>{words.none}</Empty>
      ) : (
        <>
          <div class="scrolls">
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.organisation}</th>
                  <th scope="col">{words.inNetworks}</th>
                  <th scope="col" class="number">
                    {words.across}
                  </th>
                </tr>
              </thead>
              <tbody>
                {bridging.slice(0, LISTED).map((one) => (
                  <tr key={one.id}>
                    <td>
                      <NodeLink node={one} />
                    </td>
                    <td>{list([...one.networks].map(nameOf))}</td>
                    <td class="number">{number(one.partnerships)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <h3 class="of-picture">{words.showNetwork}</h3>
          <BridgingNetwork ids={ids} asOf={asOf} />
        </>
      )}
    </Panel>
  );
}
