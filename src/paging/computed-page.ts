import { type PageArguments, readPageArguments } from './arguments.ts';
import { decodeCursor, listTag, type Position, withCursor } from './cursor.ts';

/** A page of a list that is no statement's: its entries, each with its cursor. */
export interface ComputedPage<Item> {
  readonly edges: readonly { readonly item: Item; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** How a list is ordered and named: its cursors carry both. */
export interface ComputedOrder<Item> {
  /** What tells the list from any other: its name and arguments. */
  readonly list: readonly unknown[];
  /** The unique keys by which the list is sorted, all ascending. */
  readonly position: (item: Item) => Position;
  readonly types: readonly ('string' | 'number')[];
}

/** Negative when the first position comes before the second. */
export function comparePositions(a: Position, b: Position): number {
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) return a[index]! < b[index]! ? -1 : 1;
  }
  return 0;
}

/** What a page of such a list begins after, and in which direction. */
export interface ComputedWindow {
  readonly backward: boolean;
  readonly size: number;
  readonly after: Position | null;
}

/** Reads the arguments of a page. Throws a PageArgumentsError or a CursorError that names the argument. */
export function computedWindow<Item>(order: ComputedOrder<Item>, page: PageArguments): ComputedWindow {
  const { backward, size, cursor } = readPageArguments(page);
  return { backward, size, after: cursor === null ? null : decodeCursor(cursor, listTag(order.list), order.types) };
}

/** A page from the entries that follow its cursor in reading order, one more than the page holds if there are more. */
export function computedPage<Item>(
  order: ComputedOrder<Item>,
  { backward, size, after }: ComputedWindow,
  following: readonly Item[],
): ComputedPage<Item> {
  const tag = listTag(order.list);
  const edges = following.slice(0, size).map((item) => withCursor({ item }, tag, order.position(item)));
  const goesOn = following.length > size;
  // A client that gives a cursor has seen the entry that it marks: there is something on that side.
  const cameFrom = after !== null;
  return backward
    ? { edges: edges.reverse(), hasNextPage: cameFrom, hasPreviousPage: goesOn }
    : { edges, hasNextPage: goesOn, hasPreviousPage: cameFrom };
}

/** A page of a list that is in memory as a whole, sorted. */
export function pageOfComputed<Item>(
  items: readonly Item[],
  order: ComputedOrder<Item>,
  page: PageArguments,
): ComputedPage<Item> {
  const window = computedWindow(order, page);
  const { backward, size, after } = window;
  const inOrder = backward ? items.toReversed() : items;
  const begin =
    after === null
      ? 0
      : inOrder.findIndex((item) => comparePositions(order.position(item), after) * (backward ? -1 : 1) > 0);
  return computedPage(order, window, begin < 0 ? [] : inOrder.slice(begin, begin + size + 1));
}
