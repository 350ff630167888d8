import type { PageArguments } from './arguments.ts';
import { type ComputedPage, computedPage, computedWindow } from './computed-page.ts';
import { CursorError, type Position } from './cursor.ts';

/** A list by numbers from 0, in order, and what its cursors say. */
export interface NumberedList {
  readonly length: number;
  /** What identifies the list: its name and arguments. */
  readonly list: readonly unknown[];
  readonly types: readonly ('string' | 'number')[];
  readonly position: (number: number) => Position;
  /** The number of the entry at a position; -1 where there is none any more. */
  readonly find: (position: Position) => number;
}

/** A page of a list by the numbers of its entries. Throws a PageArgumentsError or a CursorError. */
export function numberedPage(list: NumberedList, page: PageArguments): ComputedPage<number> {
  const order = { list: list.list, position: list.position, types: list.types };
  const window = computedWindow(order, page);
  const { after, backward, size } = window;
  const at = after === null ? null : list.find(after);
  if (at === -1) throw new CursorError('The entry of this cursor is gone: start the list again, without a cursor.');
  const step = backward ? -1 : 1;
  const start = at === null ? (backward ? list.length - 1 : 0) : at + step;
  const following: number[] = [];
  for (let number = start; number >= 0 && number < list.length && following.length <= size; number += step) {
    following.push(number);
  }
  return computedPage(order, window, following);
}
