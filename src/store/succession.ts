import type { SuccessionKind } from '../domain/vocabulary.ts';
import type { Listing } from './compose.ts';
import { byName, FACT_COLUMNS, type FactEdge, factOf, type ListRequest } from './list.ts';

/** A succession, seen from either network. */
export interface SuccessionEdge extends FactEdge {
  readonly kind: SuccessionKind;
}

const COLUMNS = [...FACT_COLUMNS, 'kind'];
const SUCCESSORS: Listing = {
  name: 'successors',
  pattern: '(a:Entity {id: parent})-[r:SUCCEEDED_BY]->(b)',
  columns: COLUMNS,
};
const PREDECESSORS: Listing = {
  name: 'predecessors',
  pattern: '(a:Entity {id: parent})<-[r:SUCCEEDED_BY]-(b)',
  columns: COLUMNS,
};

function edge(...row: Parameters<ListRequest['edge']>): SuccessionEdge {
  const [, { kind }] = row;
  return { ...factOf(...row), kind };
}

const IN_TIME = { sort: { name: 'since', text: "coalesce(r.since, '')", type: 'string' } } as const;

/** The networks that came out of a network, earliest first. */
export function successors(): ListRequest<SuccessionEdge> {
  return { ...byName(SUCCESSORS, edge), ...IN_TIME };
}

/** The networks that a network came out of, earliest first. */
export function predecessors(): ListRequest<SuccessionEdge> {
  return { ...byName(PREDECESSORS, edge), ...IN_TIME };
}
