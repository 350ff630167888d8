import type { PartialDate } from '../domain/partial-date.ts';
import { FACT_TYPES, LINK_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Statement, statement } from '../graph/statement.ts';

/** Whether something began or ended, in the order in which both are told of one day. */
export const WORLD_CHANGE_KINDS = ['BEGAN', 'ENDED'] as const;
export type WorldChangeKind = (typeof WORLD_CHANGE_KINDS)[number];

/** What begins and ends: relationships of a type that the API knows, and two kinds of nodes. */
const SUBJECT_TYPES = [...FACT_TYPES, ...LINK_TYPES] as const;
const SUBJECT_NODES = ['Project', 'Network'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number] | (typeof SUBJECT_NODES)[number];

/** One thing that began or ended. */
export interface ChangeRow {
  /** The date padded to a day, by which changes are ordered; the 31st stands for the end of any month. */
  readonly day: string;
  readonly id: string;
  /** The date as written. */
  readonly on: PartialDate;
  /** Of a relationship its ends and properties; null of a node. */
  readonly from: string | null;
  readonly to: string | null;
  readonly properties: Readonly<Record<string, GraphValue>> | null;
}

/** A page of changes of one kind of one type of subject, and how many there are in all. */
export interface ChangeStatements {
  readonly type: SubjectType;
  readonly kind: WorldChangeKind;
  /** From `$first` to `$last`, after `$afterDay` and `$afterId`, `$limit` at most. */
  readonly forward: Statement<ChangeRow>;
  /** The same backward, before `$afterDay` and `$afterId`. */
  readonly backward: Statement<ChangeRow>;
  readonly count: Statement<{ total: number }>;
}

/** Whose changes: everybody's, or those that touch `$networks`. */
export type ChangeScope = 'all' | 'networks';

const isNode = (type: SubjectType): type is 'Project' | 'Network' =>
  (SUBJECT_NODES as readonly string[]).includes(type);

/** The match of a subject, and under which name. */
function patternOf(type: SubjectType, scope: ChangeScope): string {
  if (!isNode(type)) {
    return scope === 'all'
      ? `MATCH ()-[x:${type}]->()`
      : `UNWIND $networks AS network MATCH (n:Entity {id: network})-[x:${type}]-()`;
  }
  if (scope === 'all') return `MATCH (x:${type})`;
  return type === 'Project'
    ? 'UNWIND $networks AS network MATCH (n:Entity {id: network})-[:LABELS]->(x)'
    : 'UNWIND $networks AS network MATCH (x:Entity {id: network})';
}

const DATE: Readonly<Record<WorldChangeKind, { readonly field: string; readonly padding: string }>> = {
  BEGAN: { field: 'since', padding: '0000-01-01' },
  // Every month ends on a 31st here: an order needs no real days, and no real day comes after it.
  ENDED: { field: 'until', padding: '0000-12-31' },
};

function textsOf(type: SubjectType, kind: WorldChangeKind, scope: ChangeScope): ChangeStatements {
  const { field, padding } = DATE[kind];
  const found = `
      ${patternOf(type, scope)}
      WHERE x.${field} IS NOT NULL
      ${scope === 'all' ? '' : 'WITH DISTINCT x'}
      WITH x, x.${field} + substring('${padding}', size(x.${field})) AS day
      WHERE day >= $first AND day <= $last`;
  const columns = isNode(type)
    ? 'null AS from, null AS to, null AS properties'
    : 'startNode(x).id AS from, endNode(x).id AS to, properties(x) AS properties';
  const page = (sign: '<' | '>', direction: 'ASC' | 'DESC'): Statement<ChangeRow> =>
    statement(
      `${kind} ${type} of ${scope} ${direction}`,
      /* cypher */ `
      ${found} AND (day ${sign} $afterDay OR (day = $afterDay AND x.id ${sign} $afterId))
      WITH x, day ORDER BY day ${direction}, x.id ${direction} LIMIT $limit
      RETURN day, x.id AS id, x.${field} AS on, ${columns}`,
    );
  const count = statement<{ total: number }>(
    `count of ${kind} ${type} of ${scope}`,
    /* cypher */ `
      ${found}
      RETURN count(x) AS total`,
  );
  return { type, kind, forward: page('>', 'ASC'), backward: page('<', 'DESC'), count };
}

const STATEMENTS = new Map<SubjectType, Readonly<Record<ChangeScope, readonly ChangeStatements[]>>>(
  [...SUBJECT_TYPES, ...SUBJECT_NODES].map((type) => [
    type,
    {
      all: WORLD_CHANGE_KINDS.map((kind) => textsOf(type, kind, 'all')),
      networks: WORLD_CHANGE_KINDS.map((kind) => textsOf(type, kind, 'networks')),
    },
  ]),
);

/** The relationships whose beginnings and ends are told when nobody says which; the nodes are told beside them. */
export const DEFAULT_SUBJECTS: readonly SubjectType[] = [
  'MEMBER_OF',
  'PARTNERS_WITH',
  'SUCCEEDED_BY',
  ...SUBJECT_NODES,
];

/** The statements that together tell what changed: one per type of subject and kind of change. */
export function changeStatements(
  types: readonly RelationshipType[] | null,
  scope: ChangeScope,
): readonly ChangeStatements[] {
  const subjects = (types ?? DEFAULT_SUBJECTS) as readonly SubjectType[];
  return subjects.flatMap((type) => STATEMENTS.get(type)?.[scope] ?? []);
}
