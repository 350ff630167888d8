import { lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { Columns, ListEdge, ListRequest } from './list.ts';
import type { NodeSummary } from './node-summary.ts';
import { type RelationshipRecord, relationshipRecord } from './relationship.ts';

/** In which direction a list follows its relationships, from its parent; `both` needs the column `from`. */
type Side = 'out' | 'in' | 'both';

/** Makes the record of a row; those fields are empty whose columns the row does not bring. */
function recordOf(
  type: RelationshipType,
  side: Side,
): (node: NodeSummary, row: Columns, parent: string) => RelationshipRecord {
  return (node, row, parent) => {
    const from: string = row.from ?? (side === 'out' ? parent : node.id);
    return relationshipRecord(type, { from, to: from === parent ? node.id : parent, properties: row });
  };
}

/** An entry of a list of relationships; the node is at the far end. */
export interface FactEdge extends ListEdge {
  readonly relationship: RelationshipRecord;
}

/** The edges of a list of relationships. */
export function factEdge(type: RelationshipType, side: Exclude<Side, 'both'>): ListRequest<FactEdge>['edge'] {
  const record = recordOf(type, side);
  return (node, rows, parent) => ({ node, relationship: record(node, rows[0]!, parent) });
}

/** A neighbour, with the facts that join it to the list's parent: those that meet the list's conditions. */
export interface NeighbourEdge extends ListEdge {
  /** The earliest beginning that a source gives; null where none does. */
  readonly since: PartialDate | null;
  /** The latest end; null where the end of one of the facts is not known. */
  readonly until: PartialDate | null;
  /** By beginning, unknown ones first. */
  readonly relationships: readonly RelationshipRecord[];
}

const byBeginning = (a: RelationshipRecord, b: RelationshipRecord): number => {
  const [one, other] = [a.since ?? '', b.since ?? ''];
  return one === other ? (a.id < b.id ? -1 : 1) : one < other ? -1 : 1;
};

function earliest(facts: readonly RelationshipRecord[]): PartialDate | null {
  let first: PartialDate | null = null;
  for (const { since } of facts) if (since !== null && (first === null || since < first)) first = since;
  return first;
}

function latest(facts: readonly RelationshipRecord[]): PartialDate | null {
  let last: PartialDate | null = null;
  for (const { until } of facts) {
    if (until === null) return null;
    if (last === null || lastDay(until) > lastDay(last)) last = until;
  }
  return last;
}

const NO_FACTS: readonly RelationshipRecord[] = [];

/** The edges of a list of neighbours; `edgeOf` adds what their facts say beside their dates. */
export function neighbourEdge<Edge extends NeighbourEdge>(
  type: RelationshipType,
  side: Side,
  edgeOf: (
    node: NodeSummary,
    relationships: readonly RelationshipRecord[],
    since: PartialDate | null,
    until: PartialDate | null,
  ) => Edge,
): ListRequest<Edge>['edge'] {
  const record = recordOf(type, side);
  return (node, rows, parent) => {
    // Nobody has asked for facts.
    if (rows.length === 0) return edgeOf(node, NO_FACTS, null, null);
    if (rows.length === 1) {
      const only = record(node, rows[0]!, parent);
      return edgeOf(node, [only], only.since, only.until);
    }
    const relationships = rows.map((row) => record(node, row, parent)).sort(byBeginning);
    return edgeOf(node, relationships, earliest(relationships), latest(relationships));
  };
}

const NO_VALUES: readonly never[] = [];

/** The different values of a field of some facts, in the order of the vocabulary. */
export function valuesOf<Value extends string>(
  facts: readonly RelationshipRecord[],
  field: string,
  vocabulary: readonly Value[],
): readonly Value[] {
  // Most neighbours are joined by one fact, and a set takes more memory than all else of their edge.
  if (facts.length === 0) return NO_VALUES;
  if (facts.length === 1) return [facts[0]!.own[field] as Value];
  const found = new Set(facts.map(({ own }) => own[field]));
  return found.size === 1 ? [...(found as Set<Value>)] : vocabulary.filter((value) => found.has(value));
}

/** The sum of a field of some facts; what has no value counts nothing. */
export function sumOf(facts: readonly RelationshipRecord[], field: string): number {
  let sum = 0;
  for (const { own } of facts) sum += Number(own[field] ?? 0);
  return sum;
}
