import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { idsOfType } from '../store/node.ts';
import { SEARCHABLE_TYPES, type SearchableNode, searchableNode, searchableNodesById } from '../store/search.ts';

/** Nodes per page: few enough for young garbage collection; otherwise the heap grows to several times the index. */
const PAGE = 500;

/** The progress of a load, in nodes. */
export interface LoadProgress {
  read: number;
  total: number;
  /** When it began, on performance.now's clock. */
  readonly startedAt: number;
}

/**
 * Every searchable node of a graph, in no order. The next page is read while one is processed. Changes during the load
 * may be missing: a reader of the change log must start before the load and read the changed nodes again.
 */
export async function* searchableNodes(
  engine: GraphEngine,
  progress: LoadProgress,
  options: RunOptions,
): AsyncGenerator<SearchableNode> {
  const ids: string[] = [];
  for (const type of SEARCHABLE_TYPES) {
    for (const row of await engine.read(idsOfType[type], {}, options)) for (const id of row.ids) ids.push(id);
  }
  progress.total = ids.length;
  const pageFrom = (start: number): ReturnType<typeof engine.read<{ row: readonly unknown[] }>> => {
    const page = engine.read(
      searchableNodesById,
      { ids: ids.slice(start, start + PAGE), types: SEARCHABLE_TYPES },
      options,
    );
    // It may fail before it is awaited, which throws then.
    page.catch(() => {});
    return page;
  };
  let coming = pageFrom(0);
  for (let start = 0; start < ids.length; start += PAGE) {
    const page = await coming;
    if (start + PAGE < ids.length) coming = pageFrom(start + PAGE);
    for (const row of page) yield searchableNode(row);
    progress.read = Math.min(start + PAGE, ids.length);
  }
}
