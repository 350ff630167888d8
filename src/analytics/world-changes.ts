import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import type { Ask } from '../store/ask.ts';
import { type WholeRelationship, wholeRelationship } from '../store/relationship.ts';
import {
  type ChangeRow,
  type ChangeStatements,
  changeStatements,
  WORLD_CHANGE_KINDS,
  type WorldChangeKind,
} from '../store/world-change.ts';

/** Networks by which changes are chosen. */
export const MAX_CHANGE_NETWORKS = 50;

/** Something that began or ended: a relationship whole, or a node by its identifier. */
export interface WorldChange {
  readonly kind: WorldChangeKind;
  readonly on: PartialDate;
  readonly subject: string | WholeRelationship;
  /** What it is ordered by: the date as a day, the kind, the identifier of the subject. */
  readonly position: readonly [day: string, kind: number, id: string];
}

/** Which changes are asked for. */
export interface ChangesRequest {
  readonly from: PartialDate;
  readonly to: PartialDate;
  /** Only those that touch one of these networks; null: all. */
  readonly networks: readonly string[] | null;
  /** Only relationships of these types; null: those that are told by default, and nodes. */
  readonly types: readonly RelationshipType[] | null;
}

/** Which part of the list, in which direction. */
export interface ChangesPart {
  readonly after: readonly (string | number)[] | null;
  readonly backward: boolean;
  readonly limit: number;
}

const rankOf = (kind: WorldChangeKind): number => WORLD_CHANGE_KINDS.indexOf(kind);

/** Sorts before and after every day and every identifier. */
const LEAST = '';
const GREATEST = '\uffff';

/** The last day of the range as changes are ordered, where every month ends on a 31st. */
function lastOrderedDay(to: PartialDate): string {
  const last = lastDay(to);
  return last === lastDay(last.slice(0, 7) as PartialDate) ? `${last.slice(0, 8)}31` : last;
}

function parametersOf({ from, to, networks }: ChangesRequest): Parameters {
  return { first: firstDay(from), last: lastOrderedDay(to), ...(networks ? { networks } : {}) };
}

/** Where one kind's rows go on after a position among all kinds. */
function afterFor(kind: WorldChangeKind, { after, backward }: ChangesPart): Parameters {
  if (after === null) return { afterDay: backward ? GREATEST : LEAST, afterId: LEAST };
  const [day, rank, id] = after as [string, number, string];
  const distance = rankOf(kind) - rank;
  return { afterDay: day, afterId: distance === 0 ? id : distance > 0 ? LEAST : GREATEST };
}

function changeOf({ type, kind }: ChangeStatements, row: ChangeRow): WorldChange {
  const { from, to, properties } = row;
  return {
    kind,
    on: row.on,
    subject:
      from === null || to === null || properties === null
        ? row.id
        : wholeRelationship(type as RelationshipType, { from, to, properties }),
    position: [row.day, rankOf(kind), row.id],
  };
}

function byPosition(
  { position: [dayA, kindA, idA] }: WorldChange,
  { position: [dayB, kindB, idB] }: WorldChange,
): number {
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return kindA - kindB || (idA < idB ? -1 : 1);
}

/** What began and what ended between two dates, in order: at most `limit` changes of the part asked for. */
export async function worldChanges(ask: Ask, request: ChangesRequest, part: ChangesPart): Promise<WorldChange[]> {
  const parameters = parametersOf(request);
  const found: WorldChange[] = [];
  // One after the other: some read all relationships of a type, and others want connections too.
  for (const statements of changeStatements(request.types, request.networks ? 'networks' : 'all')) {
    const statement = part.backward ? statements.backward : statements.forward;
    const page = { ...parameters, ...afterFor(statements.kind, part), limit: part.limit };
    for (const row of await ask(statement, page)) found.push(changeOf(statements, row));
  }
  const sorted = found.sort(byPosition);
  return (part.backward ? sorted.reverse() : sorted).slice(0, part.limit);
}

/** How many changes there are in all. */
export async function countWorldChanges(ask: Ask, request: ChangesRequest): Promise<number> {
  const parameters = parametersOf(request);
  let sum = 0;
  for (const { count } of changeStatements(request.types, request.networks ? 'networks' : 'all')) {
    for (const { total } of await ask(count, parameters)) sum += total;
  }
  return sum;
}
