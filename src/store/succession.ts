import { type FactEdge, factEdge } from './fact-edge.ts';
import { byName, FACT_COLUMNS, type ListRequest } from './list.ts';
import type { Listing } from './listing.ts';

const COLUMNS = [...FACT_COLUMNS, 'kind'];
const SUCCESSORS: Listing = {
  name: 'successors',
  pattern: '(a:Entity {id: parent})-[r:SUCCEEDED_BY]->(b)',
  columns: COLUMNS,
  each: 'relationship',
};
const PREDECESSORS: Listing = {
  name: 'predecessors',
  pattern: '(a:Entity {id: parent})<-[r:SUCCEEDED_BY]-(b)',
  columns: COLUMNS,
  each: 'relationship',
};

const IN_TIME = { sort: { name: 'since', text: "coalesce(r.since, '')", type: 'string' } } as const;

/** The networks that came out of a network, earliest first. */
export function successors(): ListRequest<FactEdge> {
  return { ...byName(SUCCESSORS, factEdge('SUCCEEDED_BY', 'out')), ...IN_TIME };
}

/** The networks that a network came out of, earliest first. */
export function predecessors(): ListRequest<FactEdge> {
  return { ...byName(PREDECESSORS, factEdge('SUCCEEDED_BY', 'in')), ...IN_TIME };
}
