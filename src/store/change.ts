import { statement } from '../graph/statement.ts';

/** One entry of the change log. */
export interface ChangeEntry {
  readonly sequence: number;
  readonly at: string;
  readonly by: string | null;
  readonly action: string;
  readonly touched: readonly string[];
  /** JSON of what an edit changed, by identifier: null where it changed nothing that was there, and of imports. */
  readonly before: string | null;
  readonly after: string | null;
}

const ENTRY =
  '{sequence: c.sequence, at: c.at, by: c.by, action: c.action, touched: c.touched, before: c.before, after: c.after}';

/** A node and the records that were merged into it: what happened to them before is its history too. */
const WITH_MERGED = /* cypher */ `
  UNWIND $parents AS parent
  CALL (parent) {
    MATCH (m:Merged {into: parent})
    RETURN collect(m.id) AS merged
  }`;
const TOUCHES = '(parent IN c.touched OR any(id IN merged WHERE id IN c.touched))';

/** The entries that touch each node, or a record merged into it, the latest first, those before a sequence only. */
export const historyOf = statement<{ parent: string; entries: readonly ChangeEntry[] }>(
  'historyOf',
  /* cypher */ `
  ${WITH_MERGED}
  CALL (parent, merged) {
    MATCH (c:Change)
    WHERE c.sequence < $before AND ${TOUCHES}
    WITH c ORDER BY c.sequence DESC LIMIT $limit
    RETURN collect(${ENTRY}) AS entries
  }
  RETURN parent, entries`,
);

/** How many entries touch each node, or a record merged into it. */
export const historyCountOf = statement<{ parent: string; total: number }>(
  'historyCountOf',
  /* cypher */ `
  ${WITH_MERGED}
  CALL (parent, merged) {
    MATCH (c:Change)
    WHERE ${TOUCHES}
    RETURN count(c) AS total
  }
  RETURN parent, total`,
);

/** How many nodes each entry after a sequence touches: a page of the log is as long as they allow. */
export const changeSizesAfter = statement<{ sequence: number; size: number }>(
  'changeSizesAfter',
  /* cypher */ `
  MATCH (c:Change)
  WHERE c.sequence > $after
  RETURN c.sequence AS sequence, size(c.touched) AS size ORDER BY sequence LIMIT $limit`,
);

/** The entries after a sequence and up to another, in order. */
export const changesBetween = statement<{ entry: ChangeEntry }>(
  'changesBetween',
  /* cypher */ `
  MATCH (c:Change)
  WHERE c.sequence > $after AND c.sequence <= $last
  WITH c ORDER BY c.sequence
  RETURN ${ENTRY} AS entry`,
);

/** The entries after a sequence and up to another, in order, each sought by its number: what a follower reads. */
export const changesFollowing = statement<{ entry: ChangeEntry }>(
  'changesFollowing',
  /* cypher */ `
  UNWIND range($after + 1, $until) AS sequence
  MATCH (c:Change {sequence: sequence})
  WITH c ORDER BY c.sequence
  RETURN ${ENTRY} AS entry`,
);

/** Those of some identifiers that an entry after a sequence touches. */
export const touchedSince = statement<{ id: string }>(
  'touchedSince',
  /* cypher */ `
  MATCH (c:Change)
  WHERE c.sequence > $after AND any(wanted IN $ids WHERE wanted IN c.touched)
  UNWIND c.touched AS id
  WITH DISTINCT id
  WHERE id IN $ids
  RETURN id`,
);

/** Deletes entries from before an instant, some at a time. */
export const deleteChanges = statement<{ deleted: number }>(
  'deleteChanges',
  /* cypher */ `
  MATCH (c:Change)
  WHERE c.at < $before
  WITH c LIMIT $limit
  DELETE c
  RETURN count(*) AS deleted`,
);
