import { lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { Columns, ListEdge, ListRequest } from './list.ts';
import type { NodeSummary } from './node-summary.ts';
import { type RelationshipRecord, relationshipRecord } from './relationship.ts';

/** In which direction a list follows its relationships, from its parent; `both` needs the column `from`. */
type Side = 'out' | 'in' | 'both';

/** Makes records of a list's rows; those fields are empty whose columns the row does not bring. */
function recordsOf(
  type: RelationshipType,
  side: Side,
): (node: NodeSummary, rows: readonly Columns[], parent: string) => RelationshipRecord[] {
  return (node, rows, parent) =>
    rows.map(({ from = side === 'out' ? parent : node.id, ...properties }) =>
      relationshipRecord(type, { from, to: from === parent ? node.id : parent, properties }),
    );
}

/** An entry of a list of relationships; the node is at the far end. */
export interface FactEdge extends ListEdge {
  readonly relationship: RelationshipRecord;
}

/** The edges of a list of relationships. */
export function factEdge(type: RelationshipType, side: Exclude<Side, 'both'>): ListRequest<FactEdge>['edge'] {
  const records = recordsOf(type, side);
  return (node, rows, parent) => ({ node, relationship: records(node, rows, parent)[0]! });
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

/** The edges of a list of neighbours; `own` sums up what the facts say beside their dates. */
export function neighbourEdge<Own extends object>(
  type: RelationshipType,
  side: Side,
  own: (facts: readonly RelationshipRecord[]) => Own,
): ListRequest<NeighbourEdge & Own>['edge'] {
  const records = recordsOf(type, side);
  return (node, rows, parent) => {
    const relationships = records(node, rows, parent).sort(byBeginning);
    const [since, until] = [earliest(relationships), latest(relationships)];
    return { ...own(relationships), node, since, until, relationships };
  };
}

/** The different values of a field of some facts, in the order of the vocabulary. */
export function valuesOf<Value extends string>(
  facts: readonly RelationshipRecord[],
  field: string,
  vocabulary: readonly Value[],
): Value[] {
  // Most neighbours are joined by one fact, and a set takes more memory than all else of their edge.
  if (facts.length === 1) return [facts[0]!.own[field] as Value];
  const found = new Set(facts.map(({ own }) => own[field]));
  return found.size === 1 ? [...(found as Set<Value>)] : vocabulary.filter((value) => found.has(value));
}

/** The sum of a field of some facts; what has no value counts nothing. */
export const sumOf = (facts: readonly RelationshipRecord[], field: string): number =>
  facts.reduce((sum, { own }) => sum + Number(own[field] ?? 0), 0);
