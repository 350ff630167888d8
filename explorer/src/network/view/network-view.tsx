import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { list, useAddress } from '../../app/address.ts';
import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { TakeAway } from '../../take-away/take-away.tsx';
import { paletteOf } from '../draw/palette.ts';
import { edgeNamed, type Network } from '../graph/network.ts';
import { type LoadedNetwork, type NetworkRequest, selectedBy } from '../load.ts';
import { usePicture } from '../use-picture.ts';
import { useUndo } from '../use-undo.ts';
import { WORDS } from '../words.ts';
import '../network.css';
import '../table.css';
import { edgeColumns, nodeColumns, tableOf } from './columns.ts';
import { CommunityPanel } from './community-panel.tsx';
import { EdgePanel } from './edge-panel.tsx';
import { Legend } from './legend.tsx';
import { NodePanel } from './node-panel.tsx';
import { type NetworkLinks, Notes } from './notes.tsx';
import { SelectionPanel } from './selection-panel.tsx';
import { Stages } from './stages.tsx';
import { Table } from './table.tsx';
import { useGroupLabels } from './use-group-labels.ts';
import { Years } from './years.tsx';

/** Groups of the legend that a picture names. */
const TAKEN_GROUPS = 14;

const EXPAND = { expand: list };

interface NetworkViewProps {
  readonly network: Network;
  /** What is known of the whole part, where the network was loaded. */
  readonly loaded?: LoadedNetwork | null;
  /** What was asked for: without it nodes are not expanded, and there is no CSV of the server. */
  readonly request?: NetworkRequest | null;
  /** Links that show more of a part that has too many nodes. */
  readonly links?: NetworkLinks | undefined;
  /** The address of the network of one community, where nodes are communities. */
  readonly communityAt?: (community: number) => string;
  /** The heading of what is taken away: link, picture, files. Without it nothing is offered. */
  readonly title?: string;
  /** What stands between the legend and the table. */
  readonly children?: ComponentChildren;
}

/**
 * A network as a picture with its legend, years, panels, and the table beside it. How it is shown is in the address, by the
 * parameters of PICTURE. Any page may show one: `<NetworkView network={network} />`.
 */
export function NetworkView({
  network,
  loaded = null,
  request = null,
  links,
  communityAt,
  title,
  children,
}: NetworkViewProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const state = usePicture(network);
  const { undo, redo } = useUndo();
  const expansions = useAddress(EXPAND);
  const { values, set, selected } = state;
  const isOfCommunities = network.nodes[0]?.type === 'Community';
  // Where the panel was, nothing has the focus any more: the picture takes it.
  const close = (): void => {
    set({ open: '', at: '' });
    host.current?.querySelector<HTMLElement>('.network-canvas')?.focus();
  };
  const openEdge = values.open.includes('~') ? edgeNamed(network, values.open) : -1;
  const openNode = network.find(values.open);
  const labelOf = useGroupLabels(state, request);
  const figure = useRef<HTMLCanvasElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const { picture } = state;
  const columns = () =>
    (values.tab === 'nodes' ? nodeColumns : edgeColumns)({ picture, words, format, measures: [values.size] });
  const legend = () => {
    const { slots, came, went } = paletteOf(host.current!);
    const changes =
      values.year === null || values.versus === null
        ? []
        : [
            { text: words.came[0], colour: came },
            { text: words.went[0], colour: went },
          ];
    if (isOfCommunities || values.colour === 'none') return changes;
    const shown = picture.grouping.groups.filter(({ value }) => !values.off.includes(value)).slice(0, TAKEN_GROUPS);
    return [...shown.map(({ value, slot }) => ({ text: labelOf(value), colour: slots[slot]! })), ...changes];
  };
  const selectNow = request && {
    ...{ ...selectedBy(request), without: [...values.hide] },
    ...(values.year === null || values.versus !== null ? {} : { asOf: String(values.year) }),
  };
  return (
    <div class="network" ref={host}>
      <div class="network-main">
        <Stages state={state} figure={figure} undo={undo} redo={redo} />
        <div class="network-side">
          {title !== undefined && (
            <TakeAway
              {...{ title, figure, legend }}
              table={() => tableOf(values.tab === 'nodes' ? picture.nodes : picture.edges, columns(), values.sort)}
              select={selectNow}
              sources={loaded && loaded.sources.length > 0 ? loaded.sources : undefined}
            />
          )}
          {openEdge >= 0 ? (
            <EdgePanel picture={picture} edge={openEdge} onClose={close} />
          ) : openNode >= 0 && isOfCommunities && request && communityAt ? (
            <CommunityPanel network={network} node={openNode} request={request} open={communityAt} onClose={close} />
          ) : openNode >= 0 && !isOfCommunities ? (
            <NodePanel
              state={state}
              node={openNode}
              request={request}
              onExpand={(entry) => expansions.set({ expand: [...expansions.values.expand, entry] })}
              onClose={close}
            />
          ) : selected.size > 0 ? (
            <SelectionPanel state={state} onClose={() => set({ select: [] })} />
          ) : null}
          <Legend state={state} isOfCommunities={isOfCommunities} labelOf={labelOf} />
        </div>
      </div>
      <Years state={state} />
      <Notes state={state} loaded={loaded} links={links} isExpanded={expansions.values.expand.length > 0} />
      {children}
      <Table state={state} request={request} />
    </div>
  );
}
