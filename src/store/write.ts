import { constantPart, type Key, keyOf } from '../domain/key.ts';
import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { NODE_TYPES, type NodeType, RELATIONSHIP_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, LOCK_N, type Parameters, type Statement, statement } from '../graph/statement.ts';
import { RECORD_CHANGE } from './changelog.ts';
import type { StoredNode } from './node.ts';

/** A relationship with its ends, as the store keeps it. */
export interface StoredRelationship {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly properties: Readonly<Record<string, GraphValue>> & { readonly id: string };
}

/** The labels of each type: all are entities, poles and clusters are networks too. */
const LABELS: Readonly<Record<NodeType, string>> = {
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

const LOCK = /* cypher */ `
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
  ),
);

/** The counts stored with an actor: how many partners, projects and members it has. */
export interface Counted {
  readonly id: string;
  readonly partnerCount: number;
  readonly projectCount: number;
  readonly memberCount: number;
}

const RECOUNT = /* cypher */ `
  MATCH (n:Entity {id: id})
  CALL (n) { MATCH (n)-[:PARTNERS_WITH]-(b) RETURN count(DISTINCT b) AS partners }
  CALL (n) { MATCH (n)-[:PARTICIPATES_IN]->(b) RETURN count(DISTINCT b) AS projects }
  CALL (n) { MATCH (n)<-[:MEMBER_OF]-(b) RETURN count(DISTINCT b) AS members }
  SET n.partnerCount = partners, n.projectCount = projects, n.memberCount = members`;

/** Renews the stored counts of each actor: distinct partners, projects, members. Undated. */
export const recount = statement<never>(
  'recount',
  /* cypher */ `
  UNWIND $ids AS id
  ${RECOUNT}`,
);

/** The mark that says after which entry of the change log nothing was counted; empty where all counts are renewed. */
export const UNCOUNTED = 'uncounted';

/**
 * Notes that the counts of what this transaction touches are not renewed: `$after` is an entry of the change log before
 * its own. Another's mark stays, since it says the same of more.
 */
export const markUncounted = statement<never>(
  'markUncounted',
  /* cypher */ `
  MERGE (mark:Counter {id: '${UNCOUNTED}'})
  ON CREATE SET mark.value = $after
  ON MATCH SET mark.value = CASE WHEN mark.value = '' THEN $after ELSE mark.value END`,
);

/** Marks projects whose partnerships are still to be derived, so that a stop in between is made good at the next start. */
export const markUnderived = statement<never>(
  'markUnderived',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  SET n:Underived`,
);

/** Projects whose partnerships are to be derived. */
export const underivedProjects = statement<{ id: string }>(
  'underivedProjects',
  /* cypher */ `
  MATCH (n:Underived)
  RETURN n.id AS id`,
);

/** Takes the mark away. */
export const markDerived = statement<never>(
  'markDerived',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})
  REMOVE n:Underived`,
);

/** Who takes part in each of the projects, and what a partnership derives from. */
export const participantsOfProjects = statement<{
  project: string;
  since: string | null;
  until: string | null;
  participantCount: number | null;
  sources: readonly string[];
  participants: readonly string[];
}>(
  'participantsOfProjects',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (p:Entity {id: id})
  CALL (p) { MATCH (p)<-[:PARTICIPATES_IN]-(a) RETURN collect(a.id) AS participants }
  RETURN p.id AS project, p.since AS since, p.until AS until, p.participantCount AS participantCount,
    p.sources AS sources, participants`,
);

/** The projects of each actor. */
export const projectsOfActors = statement<{ actor: string; projects: readonly string[] }>(
  'projectsOfActors',
  /* cypher */ `
  UNWIND $ids AS id
  MATCH (a:Entity {id: id})
  CALL (a) { MATCH (a)-[:PARTICIPATES_IN]->(p) RETURN collect(p.id) AS projects }
  RETURN a.id AS actor, projects`,
);

/** All projects with their identifiers after a given one, in order: a long read. */
export const projectsAfter = statement<{ id: string }>(
  'projectsAfter',
  /* cypher */ `
  MATCH (p:Project)
  WHERE p.id > $after
  RETURN p.id AS id ORDER BY id LIMIT $limit`,
);

/** What the last statement of a mutation tells. */
export interface Closed {
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
    ({ text }, place) => `
    CALL () {
      ${text.replaceAll(/\$\w+/g, (parameter) => `${parameter}${place}`)}
    }`,
  );
  const made = statement<Closed>(
    name,
    /* cypher */ `
    CALL () {
      ${LOCK.replace('$ids', '$locked')}
      RETURN collect(properties(n)) AS locked
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
    CALL (locked, sources, merged, deleted) {
      UNWIND CASE WHEN $expected IS NOT NULL AND (
        [n IN locked | n.type] <> $expected
        OR size([s IN sources WHERE s.type = 'Source']) < size($sources)
        OR size(merged) + size(deleted) > 0
      ) THEN [true] ELSE [] END AS isOtherwise
      CREATE (:Counter {id: 'change'})
    }
    RETURN locked, counts, sources, merged, deleted`,
  );
  closings.set(key, made);
  return made;
}

/** The parameters of the writes that go out with the end, each under names of its own. */
export function parametersBeforeEnd(writes: readonly Parameters[]): Parameters {
  return Object.fromEntries(
    writes.flatMap((parameters, place) =>
      Object.entries(parameters).map(([name, value]) => [`${name}${place}`, value]),
    ),
  );
}

/** Lets nobody else commit a change until the transaction ends. */
export const holdChanges = statement<never>(
  'holdChanges',
  /* cypher */ `
  MATCH (counter:Counter {id: 'change'})
  SET counter.lock = true
  REMOVE counter.lock`,
);

/** A setting stored in the graph itself, such as how far the first seed has come. */
export const readMark = statement<{ value: string }>(
  'readMark',
  /* cypher */ `
  MATCH (mark:Counter {id: $id})
  RETURN mark.value AS value`,
);

/** Sets such a mark. */
export const writeMark = statement<never>(
  'writeMark',
  /* cypher */ `
  MERGE (mark:Counter {id: $id})
  SET mark.value = $value`,
);

/** Whether the graph holds any entity. */
export const anyEntity = statement<{ id: string }>(
  'anyEntity',
  /* cypher */ `
  MATCH (n:Entity)
  RETURN n.id AS id LIMIT 1`,
);

/** The derived partnerships after a given one, in the order of their identifiers: a long read. */
export const derivedPartnershipsAfter = statement<{ id: string; from: string; to: string }>(
  'derivedPartnershipsAfter',
  /* cypher */ `
  MATCH (a)-[r:PARTNERS_WITH]->(b)
  WHERE r.kind = 'PROJECT' AND r.id > $after
  RETURN r.id AS id, a.id AS from, b.id AS to ORDER BY id LIMIT $limit`,
);
