import type { PartialDate } from '../domain/partial-date.ts';
import { FACT_TYPES, LINK_TYPES, type RelationshipType } from '../domain/vocabulary.ts';
import { type GraphValue, type Statement, statement } from '../graph/statement.ts';

/** Whether something began or ended, in the order in which both are listed of one day. */
export const WORLD_CHANGE_KINDS = ['BEGAN', 'ENDED'] as const;
export type WorldChangeKind = (typeof WORLD_CHANGE_KINDS)[number];

/** What begins and ends: relationships of a type that the API knows, and two kinds of nodes. */
const SUBJECT_TYPES = [...FACT_TYPES, ...LINK_TYPES] as const;
export const SUBJECT_NODES = ['Project', 'Network'] as const;
export type SubjectNode = (typeof SUBJECT_NODES)[number];
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

/** On how many subjects' account a date was written down. */
export interface DateRow {
  readonly on: PartialDate;
  readonly total: number;
}

/** What one kind of change of one type of subject is asked by. */
interface ChangeStatements {
  readonly type: SubjectType;
  readonly kind: WorldChangeKind;
  /** A page of those that are meant, after `$afterDay` and `$afterId`, `$limit` at most. */
  readonly forward: Statement<ChangeRow>;
  /** The same backward, before `$afterDay` and `$afterId`. */
  readonly backward: Statement<ChangeRow>;
}

/** Everybody's changes: pages of those on `$dates`. A date is cheaper to compare than to be made a day of. */
export interface AllChangeStatements extends ChangeStatements {
  /** Every date on which there are some. */
  readonly dates: Statement<DateRow>;
}

/** The changes that touch `$networks`: pages of those from `$first` to `$last`, and how many these are in all. */
export interface NetworkChangeStatements extends ChangeStatements {
  readonly count: Statement<{ total: number }>;
}

type Scope = 'all' | 'networks';

const isNode = (type: SubjectType): type is 'Project' | 'Network' =>
  (SUBJECT_NODES as readonly string[]).includes(type);

/** The match of a subject, and under which name. */
function patternOf(type: SubjectType, scope: Scope): string {
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

const FIELD: Readonly<Record<WorldChangeKind, 'since' | 'until'>> = { BEGAN: 'since', ENDED: 'until' };
const PADDING: Readonly<Record<WorldChangeKind, string>> = {
  BEGAN: '0000-01-01',
  // Every month ends on a 31st here: an order needs no real days, and no real day comes after it.
  ENDED: '0000-12-31',
};

/** The day by which a change on a date is ordered, as the statements work it out. */
export function orderedDay(kind: WorldChangeKind, on: PartialDate): string {
  return on + PADDING[kind].slice(on.length);
}

function pagesOf(type: SubjectType, kind: WorldChangeKind, scope: Scope, found: string): ChangeStatements {
  const columns = isNode(type)
    ? 'null AS from, null AS to, null AS properties'
    : 'startNode(x).id AS from, endNode(x).id AS to, properties(x) AS properties';
  const page = (sign: '<' | '>', direction: 'ASC' | 'DESC'): Statement<ChangeRow> =>
    statement(
      `${kind} ${type} of ${scope} ${direction}`,
      /* cypher */ `
      ${found} (day ${sign} $afterDay OR (day = $afterDay AND x.id ${sign} $afterId))
      WITH x, day ORDER BY day ${direction}, x.id ${direction} LIMIT $limit
      RETURN day, x.id AS id, x.${FIELD[kind]} AS on, ${columns}`,
    );
  return { type, kind, forward: page('>', 'ASC'), backward: page('<', 'DESC') };
}

/** The subject with the day of its change. */
const dayOf = (kind: WorldChangeKind): string =>
  `WITH x, x.${FIELD[kind]} + substring('${PADDING[kind]}', size(x.${FIELD[kind]})) AS day`;

function ofAll(type: SubjectType, kind: WorldChangeKind): AllChangeStatements {
  const pattern = patternOf(type, 'all');
  const found = `
      ${pattern}
      WHERE x.${FIELD[kind]} IN $dates
      ${dayOf(kind)}
      WHERE`;
  const dates = statement<DateRow>(
    `dates of ${kind} ${type}`,
    /* cypher */ `
      ${pattern}
      WHERE x.${FIELD[kind]} IS NOT NULL
      RETURN x.${FIELD[kind]} AS on, count(x) AS total`,
  );
  return { ...pagesOf(type, kind, 'all', found), dates };
}

function ofNetworks(type: SubjectType, kind: WorldChangeKind): NetworkChangeStatements {
  const found = `
      ${patternOf(type, 'networks')}
      WHERE x.${FIELD[kind]} IS NOT NULL
      WITH DISTINCT x
      ${dayOf(kind)}
      WHERE day >= $first AND day <= $last`;
  const count = statement<{ total: number }>(
    `count of ${kind} ${type} of networks`,
    /* cypher */ `
      ${found}
      RETURN count(x) AS total`,
  );
  return { ...pagesOf(type, kind, 'networks', `${found} AND`), count };
}

const SUBJECTS: readonly SubjectType[] = [...SUBJECT_TYPES, ...SUBJECT_NODES];
const OF_ALL = new Map(SUBJECTS.map((type) => [type, WORLD_CHANGE_KINDS.map((kind) => ofAll(type, kind))]));
const OF_NETWORKS = new Map(SUBJECTS.map((type) => [type, WORLD_CHANGE_KINDS.map((kind) => ofNetworks(type, kind))]));

/** The relationships whose beginnings and ends are listed by default; the nodes are listed beside them. */
export const DEFAULT_SUBJECTS: readonly SubjectType[] = [
  'MEMBER_OF',
  'PARTNERS_WITH',
  'SUCCEEDED_BY',
  ...SUBJECT_NODES,
];

/** Which subjects and kinds of change are asked for; null for types and nodes both: the default ones. */
export interface ChangesFilter {
  readonly types: readonly RelationshipType[] | null;
  readonly nodes: readonly SubjectNode[] | null;
  /** Null: both. */
  readonly kinds: readonly WorldChangeKind[] | null;
}

function statementsOf<Statements extends ChangeStatements>(
  statements: ReadonlyMap<SubjectType, readonly Statements[]>,
  { types, nodes, kinds }: ChangesFilter,
): readonly Statements[] {
  const subjects = (types || nodes ? [...(types ?? []), ...(nodes ?? [])] : DEFAULT_SUBJECTS) as readonly SubjectType[];
  return subjects
    .flatMap((type) => statements.get(type) ?? [])
    .filter(({ kind }) => kinds === null || kinds.includes(kind));
}

/** The statements that together find what changed anywhere: one set per type of subject and kind of change. */
export const changesOfAll = (filter: ChangesFilter): readonly AllChangeStatements[] => statementsOf(OF_ALL, filter);

/** The same for what touches some networks. */
export const changesOfNetworks = (filter: ChangesFilter): readonly NetworkChangeStatements[] =>
  statementsOf(OF_NETWORKS, filter);
