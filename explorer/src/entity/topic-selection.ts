import { NOTHING_SELECTED, type SelectionValues } from '../selection/selection.ts';

/** Who has a topic: networks and organisations, as many of each as a selection names. */
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
