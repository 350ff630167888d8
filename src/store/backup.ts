import { NODE_TYPES, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Statement, statement } from '../graph/statement.ts';

/** Properties as they are stored. */
export type StoredProperties = Readonly<Record<string, GraphValue>>;

/** A node as it is stored. */
export interface NodeRow {
  readonly properties: StoredProperties & { readonly id: string };
}

/** A relationship as it is stored, between the identifiers of its ends. */
export interface RelationshipRow {
  readonly from: string;
  readonly to: string;
  readonly properties: StoredProperties & { readonly id: string };
}

/** What is stored beside the graph: records merged away, deleted ones, idempotency keys. Found by `id`. */
export const REMEMBERED_LABELS = ['Merged', 'Deleted', 'Once'] as const;
export type RememberedLabel = (typeof REMEMBERED_LABELS)[number];

/** All labels of nodes that Grappe stores. */
export const STORED_LABELS = ['Entity', ...REMEMBERED_LABELS, 'Change', 'Touched', 'Counter'] as const;

function perName<Name extends string, Made>(names: readonly Name[], make: (name: Name) => Made): Record<Name, Made> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Made>;
}

const nodesAfter = (label: string): Statement<NodeRow> =>
  statement(
    `backup_${label}`,
    /* cypher */ `
    MATCH (n:${label})
    WHERE n.id > $after
    WITH n ORDER BY n.id LIMIT $limit
    RETURN properties(n) AS properties ORDER BY properties.id`,
  );

/** Nodes of a type after an identifier, in order, with all of their properties: a long read. */
export const storedNodesAfter: Record<NodeType, Statement<NodeRow>> = perName(NODE_TYPES, nodesAfter);

/** The same of what is remembered beside the graph. */
export const rememberedAfter: Record<RememberedLabel, Statement<NodeRow>> = perName(REMEMBERED_LABELS, nodesAfter);

/** Relationships of a type after an identifier, in order, derived ones too: a long read. */
export const storedRelationshipsAfter: Record<RelationshipType, Statement<RelationshipRow>> = perName(
  RELATIONSHIP_TYPES,
  (type) =>
    statement(
      `backup_${type}`,
      /* cypher */ `
      MATCH (a)-[r:${type}]->(b)
      WHERE r.id > $after
      RETURN a.id AS from, b.id AS to, properties(r) AS properties ORDER BY r.id LIMIT $limit`,
    ),
);

/** Nodes by their identifiers, with their types as a property. */
export const storedNodesById = statement<NodeRow>(
  'storedNodesById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  RETURN properties(n) AS properties`,
);

/** Records that were merged away or into these, and deleted ones, by their identifiers. */
export const mergedAmong = statement<NodeRow>(
  'mergedAmong',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Merged {id: id})
  RETURN properties(n) AS properties
  UNION
  UNWIND $ids AS id
  MATCH (n:Merged {into: id})
  RETURN properties(n) AS properties`,
);

/** Deleted records by their identifiers. */
export const deletedById = statement<NodeRow>(
  'deletedById',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Deleted {id: id})
  RETURN properties(n) AS properties`,
);

/** Idempotency keys that were used at an instant or later. */
export const onceSince = statement<NodeRow>(
  'onceSince',
  /* cypher */ `
  MATCH (n:Once)
  WHERE n.at >= $at
  RETURN properties(n) AS properties`,
);

/** The marks in the graph: how far the seed has come, the format of the store. */
export const storedMarks = statement<{ id: string; value: GraphValue }>(
  'storedMarks',
  /* cypher */ `
  MATCH (n:Counter)
  RETURN n.id AS id, n.value AS value ORDER BY id`,
);

/** How many nodes have a label. Idempotency keys come and go by themselves. */
export const nodeCounts = perName([...NODE_TYPES, 'Merged', 'Deleted'] as const, (label) =>
  statement<{ total: number }>(`count_${label}`, /* cypher */ `MATCH (n:${label}) RETURN count(n) AS total`),
);

/** How many relationships have a type. */
export const relationshipCounts = perName(RELATIONSHIP_TYPES, (type) =>
  statement<{ total: number }>(`count_${type}`, /* cypher */ `MATCH ()-[r:${type}]->() RETURN count(r) AS total`),
);

/** Nodes of what is remembered, from whole rows of properties; what is there already is replaced. */
export const restoreRemembered = perName(REMEMBERED_LABELS, (label) =>
  statement<never>(
    `restore_${label}`,
    /* cypher */ `
    UNWIND $rows AS row
    MERGE (n:${label} {id: row.id})
    SET n = row`,
  ),
);

/** Deletes nodes of a label with their relationships, `$limit` at most. */
export const deleteStored = perName(STORED_LABELS, (label) =>
  statement<{ deleted: number }>(
    `deleteStored_${label}`,
    /* cypher */ `
    MATCH (n:${label})
    WITH n LIMIT $limit
    DETACH DELETE n
    RETURN count(*) AS deleted`,
  ),
);

/** Takes a mark away. */
export const removeMark = statement<never>(
  'removeMark',
  /* cypher */ `
  MATCH (mark:Counter {id: $id})
  DELETE mark`,
);
