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

/**
 * The state of the log. Entries up to `trimmed` were deleted. Entries after `indexedAfter` are in the index of touched
 * identifiers; earlier ones were written by a version without that index, and are scanned until they are added to it.
 */
export interface LogState {
  readonly newest: number;
  readonly indexedAfter: number;
  readonly trimmed: number;
}

const ENTRY =
  '{sequence: c.sequence, at: c.at, by: c.by, action: c.action, touched: c.touched, before: c.before, after: c.after}';

const STATE = /* cypher */ `
    MATCH (counter:Counter {id: 'change'})
    WITH counter.value AS newest, coalesce(counter.trimmed, 0) AS trimmed,
      coalesce(counter.indexedAfter, counter.value) AS last
    RETURN newest, trimmed, CASE WHEN last < trimmed THEN trimmed ELSE last END AS indexedAfter`;

/** The state of the log; no row where nothing was ever changed. */
export const logState = statement<LogState>('logState', STATE);

/**
 * Sequences in one node of the index. A node that every change touches has one list of so many numbers rewritten by each
 * of them; a history reads one node for each so many entries of the log.
 */
export const INDEX_PART = 1_000;

/** The node of the index for an identifier and a sequence: `organisation/cnrs 0`. */
const INDEX_NODE = `(touched:Touched {id: id + ' ' + toString(sequence / ${INDEX_PART})})`;

/** Adds `sequence` to the index, for each of some identifiers. */
const addToIndex = (identifiers: string): string => /* cypher */ `
    UNWIND ${identifiers} AS id
    MERGE ${INDEX_NODE}
    ON CREATE SET touched.sequences = [sequence]
    ON MATCH SET touched.sequences = touched.sequences + [sequence]`;

/**
 * Adds the entry `$change` to the log and to the index of touched identifiers, as the last statement that writes in its
 * transaction: raising the one counter takes its lock, so that entries become visible in the order of their sequence.
 */
export const RECORD_CHANGE = /* cypher */ `
  MERGE (counter:Counter {id: 'change'})
  ON CREATE SET counter.value = 1, counter.indexedAfter = 0
  ON MATCH SET counter.indexedAfter = coalesce(counter.indexedAfter, counter.value), counter.value = counter.value + 1
  WITH counter.value AS sequence
  CREATE (change:Change)
  SET change = $change, change.sequence = sequence
  WITH sequence
  CALL (sequence) {${addToIndex('$change.touched')}
    RETURN count(touched) AS touchedCount
  }`;

/** The same as a statement of its own. */
export const recordChange = statement<{ sequence: number }>(
  'recordChange',
  /* cypher */ `
  ${RECORD_CHANGE}
  RETURN sequence`,
);

/**
 * For each of `$parents`, `indexed`: the entries that touch it, or a record merged into it, by the index; and `old`:
 * those among the entries that are not in the index.
 */
const TOUCHING = /* cypher */ `
  CALL () {${STATE}
  }
  UNWIND $parents AS parent
  CALL (parent) {
    MATCH (m:Merged {into: parent})
    RETURN [parent] + collect(m.id) AS ids
  }
  CALL (ids, newest, trimmed, indexedAfter) {
    UNWIND ids AS id
    UNWIND range(indexedAfter / ${INDEX_PART}, newest / ${INDEX_PART}) AS part
    MATCH (touched:Touched {id: id + ' ' + toString(part)})
    UNWIND touched.sequences AS sequence
    WITH DISTINCT sequence, trimmed
    WHERE sequence > trimmed
    RETURN collect(sequence) AS indexed
  }
  CALL (ids, trimmed, indexedAfter) {
    UNWIND range(trimmed + 1, indexedAfter) AS sequence
    MATCH (c:Change {sequence: sequence})
    WHERE any(id IN ids WHERE id IN c.touched)
    RETURN collect(sequence) AS old
  }`;

/** The entries that touch each node, or a record merged into it, the latest first, those before a sequence only. */
export const historyOf = statement<{ parent: string; entries: readonly ChangeEntry[] }>(
  'historyOf',
  /* cypher */ `
  ${TOUCHING}
  CALL (indexed, old) {
    UNWIND indexed + old AS sequence
    WITH sequence
    WHERE sequence < $before
    WITH sequence ORDER BY sequence DESC LIMIT $limit
    MATCH (c:Change {sequence: sequence})
    WITH c ORDER BY c.sequence DESC
    RETURN collect(${ENTRY}) AS entries
  }
  RETURN parent, entries`,
);

/** How many entries after a sequence touch each node, or a record merged into it. */
export const historyCountOf = statement<{ parent: string; total: number }>(
  'historyCountOf',
  /* cypher */ `
  ${TOUCHING}
  RETURN parent, size([sequence IN indexed + old WHERE sequence > $after]) AS total`,
);

/** How many identifiers each entry after a sequence and up to another touches, in order. */
export const changeSizes = statement<{ sequence: number; size: number }>(
  'changeSizes',
  /* cypher */ `
  UNWIND range($after + 1, $until) AS sequence
  MATCH (c:Change {sequence: sequence})
  RETURN c.sequence AS sequence, size(c.touched) AS size ORDER BY sequence`,
);

/** The entries after a sequence and up to another, in order, each found by its number. */
export const changesBetween = statement<{ entry: ChangeEntry }>(
  'changesBetween',
  /* cypher */ `
  UNWIND range($after + 1, $until) AS sequence
  MATCH (c:Change {sequence: sequence})
  WITH c ORDER BY c.sequence
  RETURN ${ENTRY} AS entry`,
);

/** What these entries touched, in the same order. */
export const touchedBetween = statement<{ sequence: number; touched: readonly string[] }>(
  'touchedBetween',
  /* cypher */ `
  UNWIND range($after + 1, $until) AS sequence
  MATCH (c:Change {sequence: sequence})
  WITH c ORDER BY c.sequence
  RETURN c.sequence AS sequence, c.touched AS touched`,
);

/** When the entry with a sequence was made. */
export const changeTime = statement<{ at: string }>(
  'changeTime',
  /* cypher */ `
  MATCH (c:Change {sequence: $sequence})
  RETURN c.at AS at`,
);

/** The first entry made at an instant or later. */
export const firstChangeSince = statement<{ sequence: number | null }>(
  'firstChangeSince',
  /* cypher */ `
  MATCH (c:Change)
  WHERE c.at >= $at
  RETURN min(c.sequence) AS sequence`,
);

/** Deletes the entries after a sequence and up to another. They stay in the index, where `trimmed` hides them. */
export const deleteChanges = statement<never>(
  'deleteChanges',
  /* cypher */ `
  MATCH (counter:Counter {id: 'change'})
  SET counter.trimmed = $until
  WITH counter
  UNWIND range($after + 1, $until) AS sequence
  MATCH (c:Change {sequence: sequence})
  DELETE c`,
);

/** Deletes nodes of the index that name no entry after a sequence, `$limit` at most. */
export const deleteTrimmedIndex = statement<{ deleted: number }>(
  'deleteTrimmedIndex',
  /* cypher */ `
  MATCH (touched:Touched)
  WHERE all(sequence IN touched.sequences WHERE sequence <= $until)
  WITH touched LIMIT $limit
  DELETE touched
  RETURN count(*) AS deleted`,
);

/** Adds the entries after a sequence and up to another, the latest that are not in the index, to the index. */
export const indexChanges = statement<never>(
  'indexChanges',
  /* cypher */ `
  MATCH (counter:Counter {id: 'change'})
  SET counter.indexedAfter = $after
  WITH counter
  UNWIND range($after + 1, $until) AS number
  MATCH (c:Change {sequence: number})
  WITH c.sequence AS sequence, c.touched AS ids${addToIndex('ids')}`,
);

/** New entries of the change log, from whole rows of properties. */
export const restoreChanges = statement<never>(
  'restoreChanges',
  /* cypher */ `
  UNWIND $rows AS row
  CREATE (n:Change)
  SET n = row`,
);

/** How many entries the change log has. */
export const changeCount = statement<{ total: number }>(
  'changeCount',
  /* cypher */ `
  MATCH (n:Change)
  RETURN count(n) AS total`,
);

/** Sets the state of the change log, `$trimmed` null where it has all entries. They are to be added to the index again. */
export const restoreLogState = statement<never>(
  'restoreLogState',
  /* cypher */ `
  MERGE (counter:Counter {id: 'change'})
  SET counter.value = $newest, counter.trimmed = $trimmed, counter.indexedAfter = $newest`,
);
