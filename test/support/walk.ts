import { expect } from 'vitest';
import { createGraph } from '../../schema/graph.ts';
import type { GraphEngine } from '../../src/graph/engine.ts';
import { type Connection, createLoaders, type Loaders } from '../../src/loaders/loaders.ts';
import type { PageArguments } from '../../src/paging/arguments.ts';
import type { ListEdge, ListRequest } from '../../src/store/list.ts';

/** Which way a list is read, and in pages of which sizes, one after the other. */
export interface Way {
  readonly direction: 'forward' | 'backward';
  readonly sizes: readonly number[];
}

/** No list of a fixture is as long, whatever the sizes of its pages. */
const MOST_PAGES = 500;

/** The loaders of one request. */
export function loadersOf(engine: GraphEngine): Loaders {
  return createLoaders(createGraph(engine), new AbortController().signal);
}

/** A list of a parent, or one without when the parent is empty. */
export function connectionOf(
  loaders: Loaders,
  request: ListRequest,
  page: PageArguments,
  parent: string,
): Connection<ListEdge> {
  return parent === '' ? loaders.root(request, page) : loaders.connection(request, page, parent);
}

/** Reads a list to its end, page by page, and holds each page to what it says of itself. */
export async function walk(
  loaders: Loaders,
  request: ListRequest,
  parent: string,
  { direction, sizes }: Way,
): Promise<ListEdge[]> {
  const read: ListEdge[] = [];
  const isForward = direction === 'forward';
  let cursor: string | undefined;
  for (let page = 0; ; page++) {
    // A cursor that does not move would be followed for ever.
    expect(page).toBeLessThan(MOST_PAGES);
    const size = sizes[page % sizes.length]!;
    const asked = isForward ? { first: size, after: cursor } : { last: size, before: cursor };
    const { edges, hasNextPage, hasPreviousPage } = await connectionOf(loaders, request, asked, parent).page();
    const [goesOn, cameFrom] = isForward ? [hasNextPage, hasPreviousPage] : [hasPreviousPage, hasNextPage];
    expect(cameFrom).toBe(cursor !== undefined);
    // A page before the last is full, and the last is not empty unless the list is.
    expect(edges.length).toBeLessThanOrEqual(size);
    if (goesOn) expect(edges).toHaveLength(size);
    else if (page > 0) expect(edges.length).toBeGreaterThan(0);
    const plain = edges.map(({ cursor: _, ...edge }) => edge);
    if (isForward) read.push(...plain);
    else read.unshift(...plain);
    if (!goesOn) return read;
    cursor = isForward ? edges.at(-1)!.cursor : edges[0]!.cursor;
  }
}
