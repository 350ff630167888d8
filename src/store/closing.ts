import { constantPart, type Key, keyOf } from '../domain/key.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import { type Parameters, type Statement, statement } from '../graph/statement.ts';
import { RECORD_CHANGE } from './changelog.ts';
import { type Counted, RECOUNT } from './counts.ts';
import { NODE_PROPERTIES, type StoredNode } from './node.ts';
import { LOCK } from './write.ts';

/** What the last statement of a mutation tells. */
export interface Closed {
  /** The number of its entry in the change log. */
  readonly sequence: number;
  /** Those of the nodes to be locked that are there. */
  readonly locked: readonly StoredNode[];
  readonly counts: readonly Counted[];
  /** Those of the sources that are there, with what is no source. */
  readonly sources: readonly { readonly id: string; readonly type: NodeType }[];
  /** Those of the identifiers that belonged to a record which was merged away, or deleted. */
  readonly merged: readonly string[];
  readonly deleted: readonly string[];
}

const closings = new Map<Key, Statement<Closed>>();

/**
 * All that a mutation ends with, in one statement with its last writes: each statement less saves half a millisecond.
 * `$locked` are locked, then the writes are done; counts are renewed, the log gets its entry, and only then it is asked
 * which of the sources that the transaction names are there. A deletion of a source locks the log before looking for
 * what names it, so that either the deletion sees the new facts, or they see the deletion. Outside of a subquery the
 * embedded engine would look through all nodes after a write: 18 ms among 150,000.
 *
 * A write brings no rows, so that it runs once; its parameters are to be given as `parametersBeforeEnd` names them.
 *
 * With `$expected`, the types of all that are to be locked, it takes itself back as NOT_UNIQUE where one of them is
 * otherwise, a source is none, or an identifier had been merged away: then it may commit by itself.
 */
export function closeMutation(...writes: readonly Statement<never>[]): Statement<Closed> {
  const name = [...writes.map((each) => each.name), 'closeMutation'].join(' and ');
  const key = keyOf('statement', { form: 'closing', writes: writes.map(constantPart) });
  const known = closings.get(key);
  if (known) return known;
  const parts = writes.map(
    ({ text }, index) => `
    CALL () {
      ${text.replaceAll(/\$\w+/g, (parameter) => `${parameter}${index}`)}
    }`,
  );
  const made = statement<Closed>(
    name,
    /* cypher */ `
    CALL () {
      ${LOCK.replace('$ids', '$locked')}
      RETURN collect(properties(n)) AS locked, collect(n.type) AS types
    }
    ${parts.join('')}
    CALL () {
      UNWIND $counted AS id
      ${RECOUNT}
      RETURN collect({id: id, partnerCount: partners, projectCount: projects, memberCount: members}) AS counts
    }
    CALL () {
      ${RECORD_CHANGE}
      RETURN sequence
    }
    CALL () { UNWIND $sources AS id MATCH (n:Entity {id: id}) RETURN collect({id: id, type: n.type}) AS sources }
    CALL () { UNWIND $given AS id MATCH (m:Merged {id: id}) RETURN collect(id) AS merged }
    CALL () { UNWIND $given AS id MATCH (d:Deleted {id: id}) RETURN collect(id) AS deleted }
    CALL (types, sources, merged, deleted) {
      UNWIND CASE WHEN $expected IS NOT NULL AND (
        types <> $expected
        OR size([s IN sources WHERE s.type = 'Source']) < size($sources)
        OR size(merged) + size(deleted) > 0
      ) THEN [true] ELSE [] END AS isOtherwise
      CREATE (:Counter {id: 'change'})
    }
    RETURN sequence, locked, counts, sources, merged, deleted`,
    { propertiesOfN: NODE_PROPERTIES },
  );
  closings.set(key, made);
  return made;
}

/** The parameters of the writes that go out with the end, each under names of its own. */
export function parametersBeforeEnd(writes: readonly Parameters[]): Parameters {
  return Object.fromEntries(
    writes.flatMap((parameters, index) =>
      Object.entries(parameters).map(([name, value]) => [`${name}${index}`, value]),
    ),
  );
}

/** Lets nobody else commit a change until the transaction ends. */
export const holdChanges = statement<never>(
  'holdChanges',
  /* cypher */ `
  MERGE (counter:Counter {id: 'change'})
  ON CREATE SET counter.value = 0, counter.indexedAfter = 0
  SET counter.lock = true
  REMOVE counter.lock`,
);
