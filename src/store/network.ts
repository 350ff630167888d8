import type { NetworkType } from '../domain/vocabulary.ts';
import type { Direction, Listing } from './compose.ts';
import { byName, type ListRequest, nodeEdge, ordered, type SortKeys } from './list.ts';

const LISTINGS: Readonly<Record<NetworkType | 'Network', Listing>> = {
  Network: { name: 'networks', pattern: '(b:Network)', columns: '' },
  Pole: { name: 'poles', pattern: '(b:Pole)', columns: '' },
  Cluster: { name: 'clusters', pattern: '(b:Cluster)', columns: '' },
};

const SORT_KEYS: SortKeys<'NAME' | 'SINCE' | 'MEMBER_COUNT'> = {
  NAME: null,
  SINCE: { name: 'since', text: "coalesce(b.since, '')", type: 'string' },
  MEMBER_COUNT: { name: 'member count', text: 'coalesce(b.memberCount, 0)', type: 'number' },
};

/** The order of a list of networks. */
export interface NetworkOrder {
  readonly field: keyof typeof SORT_KEYS;
  readonly direction: Direction;
}

/** All networks, or all of one type. */
export function networks(
  type: NetworkType | 'Network',
  filter: { readonly orderBy?: NetworkOrder | null | undefined },
): ListRequest {
  return ordered(byName(LISTINGS[type], nodeEdge), SORT_KEYS, filter.orderBy);
}
