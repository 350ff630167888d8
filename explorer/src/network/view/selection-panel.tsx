import { useFormat } from '../../app/words/format.ts';
import { useWords } from '../../app/words/words.ts';
import { MOST_IDS } from '../address.ts';
import type { PictureState } from '../use-picture.ts';
import { WORDS } from '../words.ts';
import { SidePanel } from './side-panel.tsx';
import { shownNeighbours } from './walk.ts';

/** What of the address stays when only some nodes are shown. */
const SAME = ['types', 'kinds', 'strength', 'colour', 'size', 'measure', 'year', 'versus'];

/** Names of selected nodes that are listed. */
const LISTED = 30;

/** The network of these nodes alone, with the relationships that are shown now. */
function onlyThese(ids: readonly string[]): string {
  const search = new URLSearchParams({ nodes: ids.join(',') });
  const now = new URLSearchParams(location.search);
  for (const name of SAME) if (now.has(name)) search.set(name, now.get(name)!);
  return `/network?${search}`;
}

/** What can be done with selected nodes. */
export function SelectionPanel({ state, onClose }: { readonly state: PictureState; readonly onClose: () => void }) {
  const words = useWords(WORDS);
  const { number, count } = useFormat();
  const { picture, selected, set } = state;
  const { nodes } = picture.network;
  const ids = [...selected].map((node) => nodes[node]!.id);
  const withNeighbours = (): Set<number> =>
    new Set([...selected, ...[...selected].flatMap((node) => shownNeighbours(picture, node))]);
  return (
    <SidePanel kind={words.title} title={words.selected(count(selected.size, words.nodes))} onClose={onClose}>
      <ul class="network-selected">
        {[...selected].slice(0, LISTED).map((node) => (
          <li key={node}>
            <button
              type="button"
              class="network-cell-link"
              onClick={() => set({ open: nodes[node]!.id, at: nodes[node]!.id })}
            >
              {nodes[node]!.name}
            </button>
          </li>
        ))}
      </ul>
      {selected.size > LISTED && <p class="small quiet">{words.legendMore(number(selected.size - LISTED))}</p>}
      {selected.size >= MOST_IDS && <p class="small quiet">{words.atMost(number(MOST_IDS))}</p>}
      <div class="network-panel-actions">
        <a class="button" href={onlyThese(ids)}>
          {words.keepOnly}
        </a>
        <button type="button" onClick={() => state.select(withNeighbours())}>
          {words.selectNeighbours}
        </button>
        <button type="button" onClick={() => state.hide(selected)}>
          {words.hide}
        </button>
        <button type="button" onClick={() => set({ select: [] })}>
          {words.clear}
        </button>
      </div>
    </SidePanel>
  );
}
