import { RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type Statement, statement } from '../graph/statement.ts';

/** Deletes nodes of any type with all their relationships. */
export const deleteNodes = statement<never>(
  'deleteNodes',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  DETACH DELETE n`,
);

/** Nodes whose record names a source, up to a limit. Reads all nodes: only the deletion of a source asks. */
export const nodesNaming = statement<{ id: string; sources: readonly string[] }>(
  'nodesNaming',
  /* cypher */ `
  MATCH (n:Entity)
  WHERE n.sources IS NOT NULL AND $source IN n.sources
  RETURN n.id AS id, n.sources AS sources ORDER BY id LIMIT $limit`,
);

const naming = (type: RelationshipType): Statement<{ id: string; from: string; to: string; sources: string[] }> =>
  statement(
    `${type}_naming`,
    /* cypher */ `
    MATCH (a)-[r:${type}]->(b)
    WHERE r.sources IS NOT NULL AND $source IN r.sources
    RETURN r.id AS id, a.id AS from, b.id AS to, r.sources AS sources ORDER BY id LIMIT $limit`,
  );

/** Relationships that name a source, up to a limit. */
export const relationshipsNaming = Object.fromEntries(
  RELATIONSHIP_TYPES.map((type) => [type, naming(type)]),
) as Readonly<Record<RelationshipType, ReturnType<typeof naming>>>;

/** Productions by some organisations, which a property names. */
export const productionsBy = statement<{ id: string; from: string; to: string; by: string }>(
  'productionsBy',
  /* cypher */ `
  MATCH (a)-[r:PRODUCED_AT]->(b)
  WHERE r.by IN $ids
  RETURN r.id AS id, a.id AS from, b.id AS to, r.by AS by`,
);
