import { DAWN, type PartialDate } from '../domain/partial-date.ts';
import { statement } from '../graph/statement.ts';
import { type FactEdge, factEdge } from './fact-edge.ts';
import { byName, Conditions, FACT_COLUMNS, type ListRequest, RELATIONSHIP_HOLDS } from './list.ts';
import type { Listing } from './listing.ts';
import { type Fragment, relation } from './predicate.ts';

const LABELS: Listing = {
  name: 'labels of a network',
  pattern: '(a:Entity {id: parent})-[r:HOLDS_LABEL]->(b)',
  columns: [...FACT_COLUMNS, 'term', 'conditions'],
  each: 'relationship',
};

const EDGE = factEdge('HOLDS_LABEL', 'out');

/** The labels that a network has had, earliest first; those whose beginning is unknown come before. */
export function labelsOf(asOf: PartialDate | null | undefined): ListRequest<FactEdge> {
  const conditions = new Conditions().asOf(RELATIONSHIP_HOLDS, asOf);
  const sort = { name: 'since', text: "coalesce(r.since, '')", type: 'string' } as const;
  return { ...byName(LABELS, EDGE, conditions), sort };
}

/** The network has had one of the labels, for a filter. */
export const HOLDS_LABEL = relation('label', { types: ['HOLDS_LABEL'], side: 'out' }, ['Topic']);

/** Whether `b` has a label of known beginning, of which more may be asked. Counted for the reason that `leadsTo` gives. */
const hasDatedLabel = (more = ''): string =>
  `COUNT { MATCH (b)-[had#:HOLDS_LABEL]->(label#:Topic) WHERE had#.validFrom > '${DAWN}'${more} } > 0`;

const LABEL_HOLDS = hasDatedLabel(' AND had#.validFrom <= $last# AND had#.validTo >= $first#');
/** A pole is what its labels make it; a cluster is a body of its own, with a label or without. */
const LIFESPAN_HOLDS = `b.validFrom > '${DAWN}' AND b.validFrom <= $last# AND (b.type = 'Cluster' OR NOT (${hasDatedLabel()}))`;

/**
 * The network is active on some day from `$first#` to `$last#`, as far as anybody knows when it began: it holds a label
 * then, or it is a cluster, or a pole whose labels are not known, within its own lifespan. Nothing holds after its end.
 */
export const ACTIVE: Fragment = {
  name: 'activeAsOf',
  text: `b.validTo >= $first# AND ((${LABEL_HOLDS}) OR (${LIFESPAN_HOLDS}))`,
  inMemory: { is: 'active', days: { first: 'first#', last: 'last#' } },
};

/** The network may be active then: it has not ended, and nobody knows when it began. */
export const MAY_BE_ACTIVE: Fragment = {
  name: 'undated',
  text: `b.validTo >= $first# AND b.validFrom = '${DAWN}' AND NOT (${hasDatedLabel()})`,
  inMemory: { is: 'undated', days: { first: 'first#', last: 'last#' } },
};

/** Which of some networks are active on a day from `$first` to `$last`. */
export const activeNetworks = statement<{ id: string }>(
  'activeNetworks',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (b:Entity {id: id})
  WHERE ${ACTIVE.text.replaceAll('#', '')}
  RETURN id`,
);
