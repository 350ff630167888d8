import { firstDay, lastDay, type PartialDate } from '../domain/partial-date.ts';
import type { Position } from '../graph/page.ts';
import type { Parameters } from '../graph/statement.ts';
import { CARD_WIDTH, type Card, cardOf } from './card.ts';
import type { Condition, Direction, Listing, SortKey } from './compose.ts';

/** A list that someone asks for: which one, what of it, in which order. */
export interface ListRequest<Edge extends ListEdge = ListEdge> {
  readonly listing: Listing;
  readonly conditions: readonly Condition[];
  readonly parameters: Parameters;
  /** Names of the parameters whose identifiers may be of records merged into others: they stand for these. */
  readonly references?: readonly string[];
  readonly sort: SortKey | null;
  readonly direction: Direction;
  /**
   * The same list before a filter gave it a start, with the same parameters, and how many nodes that start is likely to
   * lead to: where that is a good part of all, the next ones in order are found sooner by looking at the next nodes.
   */
  readonly unstarted?: {
    readonly listing: Listing;
    readonly conditions: readonly Condition[];
    readonly expected: number;
  };
  /** An edge from a packed row: its card, and the relationship's own columns. */
  readonly edge: (node: Card, columns: readonly unknown[]) => Edge;
}

/** One entry of any list. */
export interface ListEdge {
  readonly node: Card;
}

/** What every relationship that is a fact tells beside its own fields. */
export interface FactEdge extends ListEdge {
  readonly relationshipId: string;
  readonly since: PartialDate | null;
  readonly until: PartialDate | null;
  readonly attestedOn: readonly PartialDate[];
  readonly sources: readonly string[];
}

/** The columns of a fact, in the order in which `factOf` reads them; a listing's own columns follow. */
export const FACT_COLUMNS = 'r.id, r.since, r.until, r.attestedOn, r.sources';
const FACT_WIDTH = 5;

/** The common fields of a fact, and the columns that are the listing's own. */
export function factOf(node: Card, columns: readonly unknown[]): [FactEdge, own: readonly never[]] {
  const [relationshipId, since, until, attestedOn, sources] = columns as never[];
  const fact: FactEdge = {
    node,
    relationshipId: relationshipId!,
    since: since ?? null,
    until: until ?? null,
    attestedOn: attestedOn ?? [],
    sources: sources ?? [],
  };
  return [fact, columns.slice(FACT_WIDTH) as never[]];
}

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
  text: 'r.validFrom <= $asOfLast AND r.validTo >= $asOfFirst',
};
/** The node itself holds at some day of the date asked. */
export const NODE_HOLDS: Condition = {
  name: 'node as of',
  text: 'b.validFrom <= $asOfLast AND b.validTo >= $asOfFirst',
};
/** The node is of one of these types. */
export const NODE_TYPE: Condition = { name: 'type', text: 'b.type IN $types' };
/** The node is of one of these kinds (levels, schemes). */
export const NODE_KIND: Condition = { name: 'kind', text: 'b.kind IN $kinds' };

/** A list of nodes with no relationship to tell of: the edge is the node. */
export const nodeEdge = (node: Card): ListEdge => ({ node });

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

/** Types of the values in a position of the list, in the order of its keys. */
export function positionTypes({ listing, sort }: ListRequest): ('string' | 'number')[] {
  const unique: 'string'[] = listing.columns === '' ? ['string'] : ['string', 'string'];
  return sort ? [sort.type, ...unique] : unique;
}

/** A packed row as an edge, with its position in the list. */
export function unpack<Edge extends ListEdge>(
  request: ListRequest<Edge>,
  row: readonly unknown[],
): { readonly edge: Edge; readonly position: Position } {
  const node = cardOf(row);
  const columns = row.slice(CARD_WIDTH);
  const position: (string | number)[] = [];
  if (request.sort) position.push(columns.pop() as string | number);
  position.push(node.sortKey);
  if (request.listing.columns !== '') position.push(columns[0] as string);
  return { edge: request.edge(node, columns), position };
}
