import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { RelationshipType } from '../domain/vocabulary.ts';
import type { Parameters } from '../graph/statement.ts';
import type { Ask } from '../store/ask.ts';
import { type RelationshipRecord, relationshipRecord } from '../store/relationship.ts';
import {
  type AllChangeStatements,
  type ChangeRow,
  type ChangesFilter,
  changesOfAll,
  changesOfNetworks,
  orderedDay,
  type SubjectType,
  WORLD_CHANGE_KINDS,
  type WorldChangeKind,
} from '../store/world-change.ts';

/** Maximum of networks in a filter of changes. */
export const MAX_CHANGE_NETWORKS = 50;

/** Something that began or ended: a relationship as a record, or a node by its identifier. */
export interface WorldChange {
  readonly kind: WorldChangeKind;
  readonly on: PartialDate;
  readonly subject: string | RelationshipRecord;
  /** Its sort key: the date as a day, the kind, the identifier of the subject. */
  readonly position: readonly [day: string, kind: number, id: string];
}

/** A filter of changes. */
export interface ChangesRequest extends ChangesFilter {
  readonly from: PartialDate;
  readonly to: PartialDate;
  /** Only changes that touch one of these networks; null: all. */
  readonly networks: readonly string[] | null;
}

/** The requested part of the list, and the direction. */
export interface ChangesPart {
  readonly after: readonly (string | number)[] | null;
  readonly backward: boolean;
  readonly limit: number;
}

const rankOf = (kind: WorldChangeKind): number => WORLD_CHANGE_KINDS.indexOf(kind);

/** Sorts before and after every day and every identifier. */
const LEAST = '';
const GREATEST = '\uffff';

/** The last day of the range in the order of changes, where every month ends on the 31st. */
function lastOrderedDay(to: PartialDate): string {
  const last = lastDay(to);
  return last === lastDay(last.slice(0, 7) as PartialDate) ? `${last.slice(0, 8)}31` : last;
}

function rangeOf({ from, to }: ChangesRequest): { readonly first: string; readonly last: string } {
  return { first: firstDay(from), last: lastOrderedDay(to) };
}

/** The position in the rows of one kind that corresponds to a position among all kinds. */
function afterFor(kind: WorldChangeKind, { after, backward }: ChangesPart): Parameters {
  if (after === null) return { afterDay: backward ? GREATEST : LEAST, afterId: LEAST };
  const [day, rank, id] = after as [string, number, string];
  const distance = rankOf(kind) - rank;
  return { afterDay: day, afterId: distance === 0 ? id : distance > 0 ? LEAST : GREATEST };
}

function changeOf(
  { type, kind }: { readonly type: SubjectType; readonly kind: WorldChangeKind },
  row: ChangeRow,
): WorldChange {
  const { from, to, properties } = row;
  return {
    kind,
    on: row.on,
    subject:
      from === null || to === null || properties === null
        ? row.id
        : relationshipRecord(type as RelationshipType, { from, to, properties }),
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

/** The dates of one kind of change within a range, each with the day by which it is ordered. */
interface KindDates {
  readonly statements: AllChangeStatements;
  readonly dates: readonly { readonly on: PartialDate; readonly day: string; readonly total: number }[];
}

async function datesWithin(ask: Ask, request: ChangesRequest): Promise<KindDates[]> {
  const { first, last } = rangeOf(request);
  const found: KindDates[] = [];
  // One after the other: each reads all of a type, and other requests need connections too.
  for (const statements of changesOfAll(request)) {
    const dates = (await ask(statements.dates))
      .map(({ on, total }) => ({ on, day: orderedDay(statements.kind, on), total }))
      .filter(({ day }) => day >= first && day <= last);
    found.push({ statements, dates });
  }
  return found;
}

/** The days that contain a part of the list: as few as suffice, from its beginning. */
function daysOf(kinds: readonly KindDates[], { after, backward, limit }: ChangesPart): ReadonlySet<string> {
  const begin = after === null ? null : (after[0] as string);
  const totals = new Map<string, number>();
  for (const { day, total } of kinds.flatMap(({ dates }) => dates)) {
    if (begin !== null && (backward ? day > begin : day < begin)) continue;
    // On the day on which the part begins, the number of remaining changes is not known.
    totals.set(day, (totals.get(day) ?? 0) + (day === begin ? 0 : total));
  }
  const days = [...totals.keys()].sort();
  if (backward) days.reverse();
  const found = new Set<string>();
  let sum = 0;
  for (const day of days) {
    if (sum >= limit) break;
    found.add(day);
    sum += totals.get(day)!;
  }
  return found;
}

async function changesAnywhere(ask: Ask, request: ChangesRequest, part: ChangesPart): Promise<WorldChange[]> {
  const kinds = await datesWithin(ask, request);
  const days = daysOf(kinds, part);
  const found: WorldChange[] = [];
  for (const { statements, dates } of kinds) {
    const daysOfKind = dates.filter(({ day }) => days.has(day)).map(({ on }) => on);
    if (daysOfKind.length === 0) continue;
    const page = { ...afterFor(statements.kind, part), limit: part.limit, dates: daysOfKind };
    for (const row of await ask(part.backward ? statements.backward : statements.forward, page)) {
      found.push(changeOf(statements, row));
    }
  }
  return found;
}

async function changesTouching(
  ask: Ask,
  networks: readonly string[],
  request: ChangesRequest,
  part: ChangesPart,
): Promise<WorldChange[]> {
  const found: WorldChange[] = [];
  for (const statements of changesOfNetworks(request)) {
    const page = { ...rangeOf(request), networks, ...afterFor(statements.kind, part), limit: part.limit };
    for (const row of await ask(part.backward ? statements.backward : statements.forward, page)) {
      found.push(changeOf(statements, row));
    }
  }
  return found;
}

/** The changes between two dates, in order: at most `limit` of the requested part. */
export async function worldChanges(ask: Ask, request: ChangesRequest, part: ChangesPart): Promise<WorldChange[]> {
  const { networks } = request;
  const found = networks
    ? await changesTouching(ask, networks, request, part)
    : await changesAnywhere(ask, request, part);
  const sorted = found.sort(byPosition);
  return (part.backward ? sorted.reverse() : sorted).slice(0, part.limit);
}

/** The number of all changes. */
export async function countWorldChanges(ask: Ask, request: ChangesRequest): Promise<number> {
  const { networks } = request;
  let sum = 0;
  if (networks) {
    for (const { count } of changesOfNetworks(request)) {
      for (const { total } of await ask(count, { ...rangeOf(request), networks })) sum += total;
    }
    return sum;
  }
  for (const { dates } of await datesWithin(ask, request)) for (const { total } of dates) sum += total;
  return sum;
}
