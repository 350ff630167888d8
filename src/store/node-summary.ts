import type { PartialDate } from '../domain/partial-date.ts';
import { type NodeType, nodeTypeOf } from '../domain/vocabulary.ts';
import { statement } from '../graph/statement.ts';

/** What lists show of any node; every other field takes the node record, loaded by its id. */
export interface NodeSummary {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly acronym: string | null;
  /** Kind of an organisation, level of a territory, scheme of a topic. */
  readonly kind: string | null;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
}

/** The properties of a summary, in the order of their columns; the first is the identifier, which tells the type. */
export const SUMMARY_PROPERTIES = ['id', 'name', 'acronym', 'kind', 'since', 'until'] as const;
export type SummaryProperty = (typeof SUMMARY_PROPERTIES)[number];

/** The columns of a node in a list: its summary, and the key that orders it, unique in the graph (`sortKeyOf`). */
export const LISTED_PROPERTIES = [...SUMMARY_PROPERTIES, 'sortKey'] as const;
export type ListedProperty = (typeof LISTED_PROPERTIES)[number];

/** The columns of a summary, or of some properties, of the node that a variable holds. */
export function summaryColumns(variable: string, properties: readonly ListedProperty[] = SUMMARY_PROPERTIES): string {
  return properties.map((property) => `${variable}.${property}`).join(', ');
}

/**
 * Reads summaries from the first columns of packed rows. Properties that were not asked for are null; nobody who did not
 * ask for them may look at them.
 */
export function summaryReader(properties: readonly ListedProperty[]): (row: readonly unknown[]) => NodeSummary {
  const indices = SUMMARY_PROPERTIES.map((property) => properties.indexOf(property));
  const [id, name, acronym, kind, since, until] = indices as [number, ...number[]];
  // An array is asked for no item before its first: it would look for a property of that name.
  const at = (row: readonly unknown[], index = -1): never => (index < 0 ? null : (row[index] ?? null)) as never;
  return (row) => ({
    id: at(row, id),
    type: nodeTypeOf(at(row, id))!,
    name: at(row, name),
    acronym: at(row, acronym),
    kind: at(row, kind),
    since: at(row, since),
    until: at(row, until),
  });
}

/** A whole summary from the first columns of a packed row. */
export const summaryOf = summaryReader(SUMMARY_PROPERTIES);

/** Summaries by identifier; an unknown one gives no row. */
export const summariesById = statement<{ summary: readonly unknown[] }>(
  'summariesById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN [${summaryColumns('n')}] AS summary`,
);
