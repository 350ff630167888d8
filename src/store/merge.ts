import { statement } from '../graph/statement.ts';

/** What is stored of a record that was merged away: its identifier still finds the survivor. */
export interface MergeRecord {
  readonly id: string;
  readonly into: string;
  readonly name: string;
  /** When, as an instant. */
  readonly at: string;
  /** Who merged it; null where nobody is known. */
  readonly by: string | null;
}

/** Stores what is left of merged records; one that is stored already is replaced. */
export const keepMerged = statement<never>(
  'keepMerged',
  /* cypher */ `
  UNWIND $rows AS row
  MERGE (m:Merged {id: row.id})
  SET m = row`,
);

/** Leads what was merged into records that are now merged themselves on to their survivor. */
export const repointMerged = statement<never>(
  'repointMerged',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (m:Merged {into: id})
  SET m.into = $into`,
);

/** Identifiers of what was merged into a node. */
export const mergedIds = statement<{ id: string }>(
  'mergedIds',
  /* cypher */ `
  MATCH (m:Merged {into: $into})
  RETURN m.id AS id`,
);

/** Forgets what was merged into nodes that are deleted. */
export const forgetMerged = statement<never>(
  'forgetMerged',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (m:Merged {into: id})
  DELETE m`,
);

/** The records that were merged into each node, oldest first. */
export const mergedFrom = statement<{ into: string; merged: readonly MergeRecord[] }>(
  'mergedFrom',
  /* cypher */ `
  UNWIND $ids AS into
  CALL (into) {
    MATCH (m:Merged {into: into})
    WITH m ORDER BY m.at, m.id LIMIT $limit
    RETURN collect({id: m.id, into: m.into, name: m.name, at: m.at, by: m.by}) AS merged
  }
  RETURN into, merged`,
);

/** All records that were merged away, after a given one, in order: a long read. */
export const mergedAfter = statement<MergeRecord>(
  'mergedAfter',
  /* cypher */ `
  MATCH (m:Merged)
  WHERE m.id > $after
  RETURN m.id AS id, m.into AS into, m.name AS name, m.at AS at, m.by AS by ORDER BY id LIMIT $limit`,
);
