import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { NODE_TYPES, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, LOCK_N, type Statement, statement } from '../graph/statement.ts';
import { NODE_PROPERTIES, type StoredNode } from './node.ts';

/** A relationship with its ends, as the store keeps it. */
export interface StoredRelationship {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, GraphValue>> & { readonly id: string };
}

/** The labels of each type: all are entities, poles and clusters are networks too. */
export const LABELS: Readonly<Record<NodeType, string>> = {
  Organisation: 'Organisation',
  Pole: 'Pole:Network',
  Cluster: 'Cluster:Network',
  Project: 'Project',
  Patent: 'Patent',
  Topic: 'Topic',
  Territory: 'Territory',
  Source: 'Source',
  Indicator: 'Indicator',
  Claim: 'Claim',
};

function perType<Type extends string, Made>(types: readonly Type[], make: (type: Type) => Made): Record<Type, Made> {
  return Object.fromEntries(types.map((type) => [type, make(type)])) as Record<Type, Made>;
}

/** Locks the nodes of `$ids`, each as `n`. */
export const LOCK = /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  ${LOCK_N}`;

/**
 * Reads nodes and holds them until the transaction ends: a write takes the lock before anything is read, so that nobody's
 * change is lost. Identifiers must come sorted, or two writers could wait for each other.
 */
export const lockNodes = statement<{ node: StoredNode }>(
  'lockNodes',
  /* cypher */ `
  ${LOCK}
  RETURN properties(n) AS node`,
  { propertiesOfN: NODE_PROPERTIES },
);

/** Holds nodes as `lockNodes` does, and reads only what relationships are clipped to. */
export const lockLifespans = statement<{ id: string; lifeFrom: string | null; lifeTo: string | null }>(
  'lockLifespans',
  /* cypher */ `
  ${LOCK}
  RETURN n.id AS id, n.lifeFrom AS lifeFrom, n.lifeTo AS lifeTo`,
);

/** New nodes of one type, from whole rows of properties. */
export const createNodes = perType(NODE_TYPES, (type) =>
  statement<never>(
    `create_${type}`,
    /* cypher */ `
    UNWIND $rows AS row
    CREATE (n:Entity:${LABELS[type]})
    SET n = row`,
  ),
);

/** Replaces all properties of nodes by those of the rows. */
export const updateNodes = statement<never>(
  'updateNodes',
  /* cypher */ `
  UNWIND $rows AS row
  MATCH (n:Entity {id: row.id})
  SET n = row`,
);

/** New relationships of one type between nodes that exist. */
export const createRelationships = perType(RELATIONSHIP_TYPES, (type) =>
  statement<never>(
    `create_${type}`,
    /* cypher */ `
    UNWIND $rows AS row
    MATCH (a:Entity {id: row.from})
    MATCH (b:Entity {id: row.to})
    CREATE (a)-[r:${type}]->(b)
    SET r = row.properties`,
  ),
);

const anchored = (type: RelationshipType): string =>
  RELATIONSHIP_SHAPES[type].anchor === 'from'
    ? `(a:Entity {id: row.anchor})-[r:${type}]->(b)`
    : `(b)-[r:${type}]->(a:Entity {id: row.anchor})`;

/** Replaces all properties of relationships, each found from its anchor. */
export const updateRelationships = perType(RELATIONSHIP_TYPES, (type) =>
  statement<never>(
    `update_${type}`,
    /* cypher */ `
    UNWIND $rows AS row
    MATCH ${anchored(type)}
    WHERE r.id = row.id
    SET r = row.properties`,
  ),
);

/** Deletes relationships, each found from its anchor. */
export const deleteRelationships = perType(RELATIONSHIP_TYPES, (type) =>
  statement<never>(
    `delete_${type}`,
    /* cypher */ `
    UNWIND $rows AS row
    MATCH ${anchored(type)}
    WHERE r.id = row.id
    DELETE r`,
  ),
);

type FoundRelationship = { from: string; to: string; properties: StoredRelationship['properties'] };

const relationshipsFrom = (type: RelationshipType): Statement<FoundRelationship> =>
  statement(
    `${type}_of_anchors`,
    RELATIONSHIP_SHAPES[type].anchor === 'from'
      ? /* cypher */ `
        UNWIND $anchors AS anchor
        MATCH (a:Entity {id: anchor})-[r:${type}]->(b)
        RETURN a.id AS from, b.id AS to, properties(r) AS properties`
      : /* cypher */ `
        UNWIND $anchors AS anchor
        MATCH (b:Entity {id: anchor})<-[r:${type}]-(a)
        RETURN a.id AS from, b.id AS to, properties(r) AS properties`,
  );

/** All relationships of one type at their anchors. */
export const relationshipsAtAnchors = perType(RELATIONSHIP_TYPES, relationshipsFrom);

const touching = (type: RelationshipType, ids: '$ids' | '$at'): string => /* cypher */ `
    UNWIND ${ids} AS id
    CALL (id) {
      MATCH (a:Entity {id: id})-[r:${type}]->(b)
      RETURN a.id AS from, b.id AS to, properties(r) AS properties
      UNION
      MATCH (b:Entity {id: id})<-[r:${type}]-(a)
      RETURN a.id AS from, b.id AS to, properties(r) AS properties
    }`;

/** All relationships of one type that touch the given nodes, from either end. */
export const relationshipsOfNodes = perType(
  RELATIONSHIP_TYPES,
  (type): Statement<FoundRelationship> =>
    statement(
      `${type}_of_nodes`,
      /* cypher */ `
      ${touching(type, '$ids')}
      RETURN from, to, properties`,
    ),
);

/** Holds nodes as `lockNodes` does, and then reads the relationships of one type that touch those named in `at`. */
export const lockNodesReading = perType(RELATIONSHIP_TYPES, (type) =>
  statement<{ nodes: readonly StoredNode[]; existing: readonly FoundRelationship[] }>(
    `lockNodes_${type}`,
    /* cypher */ `
    CALL () {
      ${LOCK}
      RETURN collect(properties(n)) AS nodes
    }
    CALL () {
      ${touching(type, '$at')}
      RETURN collect({from: from, to: to, properties: properties}) AS existing
    }
    RETURN nodes, existing`,
    { propertiesOfN: NODE_PROPERTIES },
  ),
);
