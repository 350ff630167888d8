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
 * An entry in the history of a node. Those of imports touch thousands of identifiers and are in thousands of histories, so that
 * what they touched is read only where it is asked for (`touchedAt`).
 */
export interface HistoryEntry extends Omit<ChangeEntry, 'touched'> {
  readonly touchedCount: number | null;
}

/**
 * The state of the log. Entries up to `trimmed` were deleted. Entries up to `indexedUntil` and those after `indexedAfter` are
 * in the index of touched identifiers; those between, of imports and derivations, are scanned until they are added to it.
 */
export interface LogState {
  readonly newest: number;
  readonly indexedUntil: number;
  readonly indexedAfter: number;
  readonly trimmed: number;
}

const ENTRY =
  '{sequence: c.sequence, at: c.at, by: c.by, action: c.action, touched: c.touched, before: c.before, after: c.after}';

const HISTORY_ENTRY =
  '{sequence: c.sequence, at: c.at, by: c.by, action: c.action, touchedCount: size(c.touched), before: c.before, after: c.after}';

const STATE = /* cypher */ `
    MATCH (counter:Counter {id: 'change'})
    WITH counter.value AS newest, coalesce(counter.trimmed, 0) AS trimmed,
      coalesce(counter.indexedUntil, 0) AS indexed, coalesce(counter.indexedAfter, counter.value) AS last
    WITH newest, trimmed, last, CASE WHEN indexed < trimmed THEN trimmed ELSE indexed END AS indexedUntil
    RETURN newest, trimmed, indexedUntil,
      CASE WHEN last < indexedUntil THEN indexedUntil ELSE last END AS indexedAfter`;

/** The state of the log; no row where nothing was ever changed. */
export const logState = statement<LogState>('logState', STATE);

/**
 * Sequences in one node of the index. A node that every change touches has one list of so many numbers rewritten by each
 * of them; a history reads one node for each so many entries of the log.
 */
export const INDEX_PART = 1_000;

/** The node of the index for an identifier and a sequence: `organisation/cnrs 0`. */
const INDEX_NODE = `(touched:Touched {id: id + ' ' + toString(sequence / ${INDEX_PART})})`;

/** The same for callers. */
export const indexNodeOf = (id: string, sequence: number): string => `${id} ${Math.floor(sequence / INDEX_PART)}`;

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
  CALL (sequence) {
    UNWIND $change.touched AS id
    MERGE ${INDEX_NODE}
    ON CREATE SET touched.sequences = [sequence]
    ON MATCH SET touched.sequences = touched.sequences + [sequence]
    RETURN count(touched) AS touchedCount
  }`;

/**
 * The same as a statement of its own, and not to the index: that of an import touches thousands of identifiers, most of them
 * again in its next entries, and is added to the index with these.
 */
export const recordUnindexed = statement<{ sequence: number }>(
  'recordUnindexed',
  /* cypher */ `
  MERGE (counter:Counter {id: 'change'})
  ON CREATE SET counter.value = 0, counter.indexedAfter = 0
  SET counter.lock = true
  REMOVE counter.lock
  WITH counter, counter.value AS before, coalesce(counter.trimmed, 0) AS trimmed,
    coalesce(counter.indexedUntil, 0) AS until, coalesce(counter.indexedAfter, counter.value) AS last
  SET counter.value = before + 1, counter.indexedAfter = before + 1,
    counter.indexedUntil = CASE WHEN last > until AND last > trimmed THEN until ELSE before END
  CREATE (change:Change)
  SET change = $change, change.sequence = before + 1
  RETURN before + 1 AS sequence`,
);

/**
 * For each of `$parents`, `indexed`: the entries that touch it, or a record merged into it, by the index; and `scanned`:
 * those among the entries that may not be in the index yet.
 */
const TOUCHING = /* cypher */ `
  CALL () {${STATE}
  }
  UNWIND $parents AS parent
  CALL (parent) {
    MATCH (m:Merged {into: parent})
    RETURN [parent] + collect(m.id) AS ids
  }
  CALL (ids, newest, trimmed) {
    UNWIND ids AS id
    UNWIND range(trimmed / ${INDEX_PART}, newest / ${INDEX_PART}) AS part
    MATCH (touched:Touched {id: id + ' ' + toString(part)})
    UNWIND touched.sequences AS sequence
    WITH DISTINCT sequence, trimmed
    WHERE sequence > trimmed
    RETURN collect(sequence) AS indexed
  }
  CALL (ids, indexedUntil, indexedAfter, indexed) {
    UNWIND range(indexedUntil + 1, indexedAfter) AS sequence
    MATCH (c:Change {sequence: sequence})
    WHERE any(id IN ids WHERE id IN c.touched) AND NOT sequence IN indexed
    RETURN collect(sequence) AS scanned
  }`;

/** The entries that touch each node, or a record merged into it, the latest first, those before a sequence only. */
export const historyOf = statement<{ parent: string; entries: readonly HistoryEntry[] }>(
  'historyOf',
  /* cypher */ `
  ${TOUCHING}
  CALL (indexed, scanned) {
    UNWIND indexed + scanned AS sequence
    WITH sequence
    WHERE sequence < $before
    WITH sequence ORDER BY sequence DESC LIMIT $limit
    MATCH (c:Change {sequence: sequence})
    WITH c ORDER BY c.sequence DESC
    RETURN collect(${HISTORY_ENTRY}) AS entries
  }
  RETURN parent, entries`,
);

/** How many entries after a sequence touch each node, or a record merged into it. */
export const historyCountOf = statement<{ parent: string; total: number }>(
  'historyCountOf',
  /* cypher */ `
  ${TOUCHING}
  RETURN parent, size([sequence IN indexed + scanned WHERE sequence > $after]) AS total`,
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

/** What some entries touched; those that were deleted have no row. */
export const touchedAt = statement<{ sequence: number; touched: readonly string[] | null }>(
  'touchedAt',
  /* cypher */ `
  UNWIND $sequences AS sequence
  MATCH (c:Change {sequence: sequence})
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

/** Adds sequences to nodes of the index; a sequence that one has already is not added again. */
export const addToIndex = statement<never>(
  'addToIndex',
  /* cypher */ `
  UNWIND $rows AS row
  MERGE (touched:Touched {id: row.id})
  ON CREATE SET touched.sequences = row.sequences
  ON MATCH SET touched.sequences =
    touched.sequences + [sequence IN row.sequences WHERE NOT sequence IN touched.sequences]`,
);

/** Notes that all entries up to a sequence are in the index. */
export const markIndexed = statement<never>(
  'markIndexed',
  /* cypher */ `
  MATCH (counter:Counter {id: 'change'})
  SET counter.indexedUntil = CASE
    WHEN coalesce(counter.indexedUntil, 0) < $until THEN $until ELSE counter.indexedUntil END`,
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

/** Sets the state of the change log, `$trimmed` null where it has all entries. They are all to be added to the index. */
export const restoreLogState = statement<never>(
  'restoreLogState',
  /* cypher */ `
  MERGE (counter:Counter {id: 'change'})
  SET counter.value = $newest, counter.trimmed = $trimmed, counter.indexedUntil = 0, counter.indexedAfter = $newest`,
);
