import { useWords } from '../app/words/words.ts';
import { linkTo, NOTHING_SELECTED, type SelectionValues } from '../selection/selection.ts';
import { ENTITY } from './words.ts';

/** As many networks or nodes as one selection names; the comparison takes ten. */
export const MOST_SELECTED = 100;
const MOST_COMPARED = 10;

/** Who has a topic: networks and organisations, the first MOST_SELECTED of each. */
export interface HavingTopic {
  readonly networks: readonly string[];
  readonly organisations: readonly string[];
}

/**
 * The part of the graph that a topic leads to: the members of the networks that have it, between which most relationships are;
 * where no network has it, the organisations that do. Null where nobody has it.
 */
export function selectionOfTopic({ networks, organisations }: HavingTopic): SelectionValues | null {
  if (networks.length > 0) return { ...NOTHING_SELECTED, members: networks };
  return organisations.length > 0 ? { ...NOTHING_SELECTED, nodes: organisations } : null;
}

/** Links from a topic to the network and the map of those who have it, and to their comparison. */
export function TopicViews({ having }: { readonly having: HavingTopic }) {
  const words = useWords(ENTITY);
  const selection = selectionOfTopic(having);
  if (selection === null) return null;
  const { networks } = having;
  return (
    <>
      <a class="button" href={linkTo('/network', selection)}>
        {words.asNetwork}
      </a>
      <a class="button" href={linkTo('/map', selection, { show: 'selection' })}>
        {words.onMap}
      </a>
      {networks.length > 1 && networks.length <= MOST_COMPARED && (
        <a class="button" href={`/compare?ids=${networks.join(',')}`}>
          {words.compare}
        </a>
      )}
    </>
  );
}
