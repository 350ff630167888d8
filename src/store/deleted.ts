import { statement } from '../graph/statement.ts';

/** What is remembered of a record that was deleted: its identifier is never given to another. */
export interface DeletedRecord {
  readonly id: string;
  /** When, as an instant. */
  readonly at: string;
  /** Who deleted it; null where nobody is known. */
  readonly by: string | null;
}

/** Remembers deleted records; of one that is remembered already the first deletion stays. */
export const rememberDeleted = statement<never>(
  'rememberDeleted',
  /* cypher */ `
  UNWIND $rows AS row
  MERGE (d:Deleted {id: row.id})
  ON CREATE SET d = row`,
);

/** Those of some identifiers that belonged to records which were deleted, and when. */
export const deletedAmong = statement<{ id: string; at: string }>(
  'deletedAmong',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (d:Deleted {id: id})
  RETURN d.id AS id, d.at AS at`,
);

/** All deleted records after a given one, in the order of their identifiers: a long read. */
export const deletedAfter = statement<DeletedRecord>(
  'deletedAfter',
  /* cypher */ `
  MATCH (d:Deleted)
  WHERE d.id > $after
  RETURN d.id AS id, d.at AS at, d.by AS by ORDER BY id LIMIT $limit`,
);
