import { constantPart } from '../domain/key.ts';
import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { Parameters } from '../graph/statement.ts';
import type { Position } from '../paging/cursor.ts';
import { type Days, endCount, isValidOn, LIST_DAYS, type Path } from './in-memory.ts';
import type { Condition, Direction, Listing, Selected, SortKey } from './listing.ts';
import type { Named } from './named.ts';
import {
  LISTED_PROPERTIES,
  type ListedProperty,
  type NodeSummary,
  type SummaryProperty,
  summaryReader,
} from './node-summary.ts';

/** What a row brings of a relationship: the columns that were selected, by their names, null where it has no value. */
// biome-ignore lint/suspicious/noExplicitAny: what a column holds is known to the listing that names it
export type Columns = Readonly<Record<string, any>>;

/** A list that someone asks for: which one, what of it, in which order. */
export interface ListRequest<Edge extends ListEdge = ListEdge> {
  readonly listing: Listing;
  readonly conditions: readonly Condition[];
  readonly parameters: Parameters;
  /** The records that it names: each must be there. */
  readonly named?: readonly Named[];
  /** Names of the parameters that hold identifiers: that of a record merged into another stands for this one. */
  readonly references?: readonly string[];
  readonly sort: SortKey | null;
  readonly direction: Direction;
  /** An edge from a packed row: the neighbour, the relationships that lead to it, and the identifier of the parent. */
  readonly edge: (node: NodeSummary, relationships: readonly Columns[], parent: string) => Edge;
}

/**
 * Makes requests; the very same one for arguments that are those of the last call: a level of a document asks for one list of
 * each of many parents, and what is worked out of a request is remembered by it.
 */
export function oncePerArguments<Arguments extends object, Edge extends ListEdge>(
  requestOf: (given: Arguments) => ListRequest<Edge>,
): (given: Arguments) => ListRequest<Edge> {
  let last: { readonly given: Arguments; readonly request: ListRequest<Edge> } | null = null;
  return (given) => {
    if (last === null || !isAlike(last.given, given)) last = { given, request: requestOf(given) };
    return last.request;
  };
}

/** Whether two objects have the very same values under the same names. */
export function isAlike<Values extends object>(one: Values, other: Values): boolean {
  for (const name in other) if (one[name] !== other[name]) return false;
  for (const name in one) if (!(name in other)) return false;
  return true;
}

/** Which entries a list has, whatever their order, as a part of keys. */
export function membersPart({ listing, conditions, parameters }: ListRequest): object {
  return { listing: constantPart(listing), conditions: conditions.map(constantPart), parameters };
}

/** All that decides a list's entries, their order and what an edge is made of, as a part of keys. */
export function listPart(request: ListRequest): object {
  const { sort, direction, edge } = request;
  return { members: membersPart(request), sort: sort && constantPart(sort), direction, edge };
}

/** One entry of any list. */
export interface ListEdge {
  readonly node: NodeSummary;
}

/** The columns of every fact; a listing's own columns follow. */
export const FACT_COLUMNS = ['id', 'since', 'until', 'attestedOn', 'sources', 'version'];

/** Conditions with their parameters, gathered from the arguments that were given. */
export class Conditions {
  readonly all: Condition[] = [];
  readonly parameters: Record<string, Parameters[string]> = {};

  /** Adds a condition when its argument was given. */
  where(condition: Condition, name: string, value: Parameters[string] | undefined | null): this {
    if (value === undefined || value === null) return this;
    this.all.push(condition);
    this.parameters[name] = value;
    return this;
  }

  /** Adds the condition that a dated thing holds as of a date, when one was given. */
  asOf(condition: Condition, date: PartialDate | null | undefined): this {
    if (date === null || date === undefined) return this;
    this.all.push(condition);
    Object.assign(this.parameters, asOfParameters(date));
    return this;
  }
}

/** The first and last day of the date that a list is as of; a list that has them is dated. */
export function asOfParameters(date: PartialDate): Parameters {
  return { asOfFirst: firstDay(date), asOfLast: lastDay(date) };
}

/** The relationship holds at some day of the date asked. */
export const RELATIONSHIP_HOLDS: Condition = {
  name: 'relationship as of',
  text: isValidOn('r', LIST_DAYS),
  inMemory: { is: 'edge valid', days: LIST_DAYS },
};
/** The node itself holds at some day of the date asked. */
export const NODE_HOLDS: Condition = {
  name: 'node as of',
  text: isValidOn('b', LIST_DAYS),
  inMemory: { is: 'valid', days: LIST_DAYS },
};
/** The node is of one of these types. */
export const NODE_TYPE: Condition = {
  name: 'type',
  text: 'b.type IN $types',
  inMemory: { is: 'type among', values: 'types' },
};
/** The node is of one of these kinds (levels, schemes). */
export const NODE_KIND: Condition = {
  name: 'kind',
  text: 'b.kind IN $kinds',
  inMemory: { is: 'among', field: 'kind', values: 'kinds' },
};

/** A list of nodes with no relationship to tell of: the edge is the node. */
export const nodeEdge = (node: NodeSummary): ListEdge => ({ node });

/** A request in the order of names. */
export function byName<Edge extends ListEdge>(
  listing: Listing,
  edge: ListRequest<Edge>['edge'],
  conditions: Conditions = new Conditions(),
): ListRequest<Edge> {
  return { listing, conditions: conditions.all, parameters: conditions.parameters, sort: null, direction: 'ASC', edge };
}

/** Sort orders by field; null is the order of names. */
export type SortKeys<Field extends string> = Readonly<Record<Field, SortKey | null>>;

/** A request in the order that the caller chose. */
export function ordered<Edge extends ListEdge, Field extends string>(
  request: ListRequest<Edge>,
  keys: SortKeys<Field>,
  order: { readonly field: Field; readonly direction: Direction } | null | undefined,
): ListRequest<Edge> {
  return order ? { ...request, sort: keys[order.field], direction: order.direction } : request;
}

/** The number of nodes that a path leads to, as a sort key: over all dates, or at the date that the list is as of. */
function endsKey(name: string, path: Omit<Path, 'through'>, days: Days | null): SortKey {
  const { clause, variable } = endCount(path, days);
  return { name, clause, text: variable, type: 'number', inMemory: { of: 'ends', path, days } };
}

/** The same at the date that a list is as of. */
export const endsAsOf = (name: string, path: Omit<Path, 'through'>): SortKey =>
  endsKey(`${name} as of`, path, LIST_DAYS);

/** The number of nodes that a path leads to, as a sort key; in a list that is as of a date, at that date. */
export const endsOf = (name: string, path: Omit<Path, 'through'>): SortKey => ({
  ...endsKey(name, path, null),
  dated: endsAsOf(name, path),
});

/** A list whose filter is of a date shows its territories, counts and order, too, as they were then. */
export function atDate<Edge extends ListEdge>(
  request: ListRequest<Edge>,
  date: PartialDate | null | undefined,
): ListRequest<Edge> {
  if (!date) return request;
  const { parameters, sort } = request;
  return { ...request, parameters: { ...parameters, ...asOfParameters(date) }, sort: sort?.dated ?? sort };
}

/** Types of the values in a position of the list, in the order of its keys. */
export function positionTypes({ listing, sort }: ListRequest): ('string' | 'number')[] {
  const unique: 'string'[] = listing.each === undefined ? ['string'] : ['string', 'string'];
  return sort ? [sort.type, ...unique] : unique;
}

/** What a reader needs of the entries of a list; all of it where that is not known. */
export interface Projection {
  readonly summary: ReadonlySet<SummaryProperty> | 'all';
  /** Columns of the relationships. */
  readonly related: ReadonlySet<string> | 'all';
  /** Cursors. */
  readonly positions: boolean;
}

/** Everything that a list can tell. */
export const EVERYTHING: Projection = { summary: 'all', related: 'all', positions: true };

/** Columns of relationships that the one or the other wants. */
export const bothRelated = (one: Projection['related'], other: Projection['related']): Projection['related'] =>
  one === 'all' || other === 'all' ? 'all' : one.union(other);

/** What two readers of one list want. */
export function joinedProjections(one: Projection, other: Projection): Projection {
  // Most are of one field of one document, for each of many parents.
  if (one === other) return one;
  return {
    summary: one.summary === 'all' || other.summary === 'all' ? 'all' : one.summary.union(other.summary),
    related: bothRelated(one.related, other.related),
    positions: one.positions || other.positions,
  };
}

/** Whether what brings the one brings the other too. */
export function coversProjection(brought: Projection, projection: Projection): boolean {
  const holds = <Item>(one: ReadonlySet<Item> | 'all', other: ReadonlySet<Item> | 'all'): boolean =>
    one === 'all' || (other !== 'all' && other.isSubsetOf(one));
  return (
    holds(brought.summary, projection.summary) &&
    holds(brought.related, projection.related) &&
    (brought.positions || !projection.positions)
  );
}

/** The columns that a listing has to bring for a projection, in their order. */
export function selectedOf({ columns }: Listing, { summary, related, positions }: Projection): Selected {
  const all = columns ?? [];
  const isSelected = (property: ListedProperty): boolean => {
    if (property === 'id') return true;
    return property === 'sortKey' ? positions : summary === 'all' || summary.has(property);
  };
  return {
    summary: LISTED_PROPERTIES.filter(isSelected),
    related: related === 'all' ? all : all.filter((name) => related.has(name)),
  };
}

/** Packed rows as edges, and where they stand in the list; a position needs the sort key among what is selected. */
export function rowReader<Edge extends ListEdge>(
  { listing, sort, edge }: ListRequest<Edge>,
  { summary, related }: Selected,
): {
  readonly edgeOf: (row: readonly unknown[], parent: string) => Edge;
  readonly positionOf: (row: readonly unknown[]) => Position;
} {
  const nodeOf = summaryReader(summary);
  const sortKeyAt = summary.indexOf('sortKey');
  const relatedAt = related.length > 0 ? summary.length : -1;
  const sortAt = summary.length + Number(relatedAt >= 0);
  const named = (values: readonly unknown[]): Columns => {
    const columns: Record<string, unknown> = {};
    for (let index = 0; index < related.length; index++) columns[related[index]!] = values[index];
    return columns;
  };
  const relationshipsOf = (row: readonly unknown[]): readonly Columns[] =>
    relatedAt < 0 ? [] : (row[relatedAt] as readonly (readonly unknown[])[]).map(named);
  return {
    edgeOf: (row, parent) => edge(nodeOf(row), relationshipsOf(row), parent),
    positionOf: (row) => [
      ...(sort ? [row[sortAt] as string | number] : []),
      row[sortKeyAt] as string,
      ...(listing.each === undefined ? [] : [String(relationshipsOf(row)[0]!.id)]),
    ],
  };
}
