import { IDENTIFIER_FIELDS, type IdentifierField } from '../domain/identifier.ts';
import type { Day } from '../domain/partial-date.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { FACT_TYPES, LINK_TYPES, NODE_TYPES, type NodeType, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Statement, statement } from '../graph/statement.ts';
import type { StoredNode } from './node.ts';
import { LISTED_PROPERTIES, type ListedProperty, summaryColumns } from './node-summary.ts';
import type { StoredRelationship } from './write.ts';

/** The relationships that the snapshot holds: all but those of figures and claims. */
export const SNAPSHOT_TYPES = [...FACT_TYPES, ...LINK_TYPES] as const;
export type SnapshotType = (typeof SNAPSHOT_TYPES)[number];

/** Texts that the snapshot has of a node, beside those that lists show. */
export const NODE_TEXTS = ['createdAt', 'rank', 'size', 'programme'] as const;
export type NodeText = (typeof NODE_TEXTS)[number] | 'kind' | 'since' | 'until';

/** Numbers that the snapshot has of a node; one that is not known is 0. */
export const NODE_NUMBERS = ['partnerCount', 'projectCount', 'memberCount', 'funding'] as const;
export type NodeNumber = (typeof NODE_NUMBERS)[number];

/** A relationship as the statements pack it: its far end, then what the snapshot holds of it. */
export type EdgeRow = readonly [
  end: string,
  validFrom: Day | null,
  validTo: Day | null,
  kind: string | null,
  since: string | null,
  until: string | null,
  strength: number | null,
  projectCount: number | null,
  sources: readonly string[] | null,
];

/** A node as the statements pack it: the columns of a list, then those of NODE_COLUMNS. */
export type NodeRow = readonly unknown[];

/** The schemes of identifiers, each by its bit in a number. */
export const IDENTIFIER_BITS = Object.fromEntries(
  Object.values(IDENTIFIER_FIELDS).map((field, index) => [field, 1 << index]),
) as Record<IdentifierField, number>;

const COLUMNS = ['validFrom', 'validTo', ...NODE_NUMBERS, ...NODE_TEXTS, 'public', 'identifiers', 'sources'] as const;
export type NodeColumn = (typeof COLUMNS)[number];

/** Indices of the columns of a NodeRow. */
export const NODE_ROW = Object.fromEntries(
  [...LISTED_PROPERTIES, ...COLUMNS].map((name, index) => [name, index]),
) as Readonly<Record<ListedProperty | NodeColumn, number>>;

/** One node with its relationships, of each type of SNAPSHOT_TYPES in their order; empty lists for types that are not read. */
export interface NodeWithEdges {
  readonly node: NodeRow;
  readonly edges: readonly (readonly EdgeRow[])[];
}

/** Which identifiers a node has, as the sum of their bits. */
const IDENTIFIERS = Object.entries(IDENTIFIER_BITS)
  .map(([field, bit]) => `CASE WHEN a.${field} IS NULL THEN 0 ELSE ${bit} END`)
  .join(' + ');

const NODE_COLUMNS = [
  summaryColumns('a', LISTED_PROPERTIES),
  ...COLUMNS.map((name) => (name === 'identifiers' ? IDENTIFIERS : `a.${name}`)),
].join(', ');

/** The property that says the role, or the kind, of a relationship. */
const KINDS: { readonly [Type in RelationshipType]?: 'role' | 'kind' } = {
  MEMBER_OF: 'role',
  PARTICIPATES_IN: 'role',
  PARTNERS_WITH: 'kind',
  SUCCEEDED_BY: 'kind',
};

/** The columns that a type of relationship has; the others are null in its rows. */
function edgeColumns(type: RelationshipType): string {
  const kind = KINDS[type];
  const measures = type === 'PARTNERS_WITH' ? 'r.strength, r.projectCount' : 'null, null';
  return `b.id, r.validFrom, r.validTo, ${kind ? `r.${kind}` : 'null'}, r.since, r.until, ${measures}, r.sources`;
}

/** The row of a node with these properties, as the statements would read it. */
export function nodeRowOf(node: StoredNode): NodeRow {
  const properties = node as unknown as Readonly<Record<string, GraphValue>>;
  const identifiers = Object.entries(IDENTIFIER_BITS).reduce(
    (sum, [field, bit]) => (properties[field] == null ? sum : sum + bit),
    0,
  );
  return [...LISTED_PROPERTIES, ...COLUMNS].map((name) =>
    name === 'identifiers' ? identifiers : (properties[name] ?? null),
  );
}

/** The row of a relationship, seen from where it begins. */
export function edgeRowOf({ type, to, properties }: StoredRelationship): EdgeRow {
  const { validFrom, validTo, since, until, strength, projectCount, sources } = properties;
  const kind = KINDS[type];
  const isMeasured = type === 'PARTNERS_WITH';
  return [
    ...[to, validFrom, validTo, kind ? properties[kind] : null, since, until],
    ...(isMeasured ? [strength, projectCount] : [null, null]),
    sources,
  ].map((value) => value ?? null) as unknown as EdgeRow;
}

/** Reads each of `$ids` with its relationships of some types, at one end or the other. */
function nodesWithEdges(name: string, pattern: (type: SnapshotType) => string | null): Statement<NodeWithEdges> {
  const patterns = SNAPSHOT_TYPES.map((type) => [type, pattern(type)] as const);
  const calls = patterns.map(([type, text], index) =>
    text === null
      ? ''
      : `
    CALL (a) {
      MATCH ${text}
      RETURN collect([${edgeColumns(type)}]) AS edges${index}
    }`,
  );
  const lists = patterns.map(([, text], index) => (text === null ? '[]' : `edges${index}`));
  return statement(
    name,
    /* cypher */ `
    UNWIND $ids AS id
    MATCH (a:Entity {id: id})${calls.join('')}
    RETURN [${NODE_COLUMNS}] AS node, [${lists.join(', ')}] AS edges`,
  );
}

/** Nodes of one type with the relationships that begin at them, by identifier; those that are gone give no row. */
export const nodesWithOutgoing = Object.fromEntries(
  NODE_TYPES.map((nodeType) => [
    nodeType,
    nodesWithEdges(`snapshot of ${nodeType}`, (type) =>
      RELATIONSHIP_SHAPES[type].from.types.includes(nodeType) ? `(a)-[r:${type}]->(b)` : null,
    ),
  ]),
) as Record<NodeType, Statement<NodeWithEdges>>;

/** Nodes of any type with the relationships that begin, or end, at them; those that are gone give no row. */
export const nodesWithEdgesAt = {
  out: nodesWithEdges('changes of the snapshot, outgoing', (type) => `(a)-[r:${type}]->(b)`),
  in: nodesWithEdges('changes of the snapshot, incoming', (type) => `(a)<-[r:${type}]-(b)`),
} as const;
