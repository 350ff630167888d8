import type { PartialDate } from '../domain/partial-date.ts';
import { FACT_TYPES, LINK_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Statement, statement } from '../graph/statement.ts';

/** A relationship whole, with the identifiers of both of its ends. */
export interface RelationshipRecord {
  readonly id: string;
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
  readonly attestedOn: readonly PartialDate[];
  readonly sources: readonly string[];
  /** Fields of its own type: role, kind, label … */
  readonly own: Readonly<Record<string, GraphValue>>;
}

/** A relationship as the store keeps it, between the identifiers of its ends. */
export interface RelationshipRow {
  readonly from: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, GraphValue>>;
}

/** Relationships of one type by identifier, however many in one reading of the type. */
export const relationshipsById: Readonly<Record<string, Statement<RelationshipRow>>> = Object.fromEntries(
  [...FACT_TYPES, ...LINK_TYPES].map((type) => [
    type,
    statement<RelationshipRow>(
      `${type}_by_id`,
      /* cypher */ `
      MATCH (a)-[r:${type}]->(b)
      WHERE r.id IN $ids
      RETURN a.id AS from, b.id AS to, properties(r) AS properties`,
      { readsRecords: true },
    ),
  ]),
);

/** The same, each looked for among those of a node at one of its ends. */
export const relationshipsAt: Readonly<Record<string, Statement<RelationshipRow>>> = Object.fromEntries(
  [...FACT_TYPES, ...LINK_TYPES].map((type) => [
    type,
    statement<RelationshipRow>(
      `${type}_at`,
      /* cypher */ `
      UNWIND $seen AS one
      MATCH (a:Entity {id: one.node})-[r:${type}]-(b)
      WHERE r.id = one.id
      RETURN startNode(r).id AS from, endNode(r).id AS to, properties(r) AS properties`,
      { readsRecords: true },
    ),
  ]),
);

/** What a record has fields for, beside those of its own type. */
const COMMON: ReadonlySet<string> = new Set(['id', 'from', 'to', 'since', 'until', 'attestedOn', 'sources']);

const NO_TEXTS: readonly never[] = [];

/** A relationship from its stored properties. */
export function relationshipRecord(
  type: RelationshipType,
  { from, to, properties }: RelationshipRow,
): RelationshipRecord {
  // Lists make thousands of these: a rest pattern would take longer than all else.
  const own: Record<string, GraphValue> = {};
  for (const name in properties) if (!COMMON.has(name)) own[name] = properties[name]!;
  const { id, since, until, attestedOn, sources } = properties;
  return {
    id: id as string,
    type,
    from,
    to,
    since: (since as PartialDate | undefined) ?? null,
    until: (until as PartialDate | undefined) ?? null,
    attestedOn: (attestedOn as PartialDate[] | undefined) ?? NO_TEXTS,
    sources: (sources as string[] | undefined) ?? NO_TEXTS,
    own,
  };
}
