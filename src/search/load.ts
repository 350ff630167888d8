import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { idsOfType } from '../store/node.ts';
import { SEARCHABLE_TYPES, type SearchableNode, searchableNode, searchableNodesById } from '../store/search.ts';

/** Nodes of a page: few enough to be garbage while they are young, or the heap would grow to several times the index. */
const PAGE = 1_000;

/** How far a load has come, in nodes. */
export interface LoadProgress {
  read: number;
  total: number;
}

/**
 * Every searchable node of a graph, in no order. The next page is on its way while one is taken in. What is written
 * meanwhile may be missing or old: whoever follows the change log from before the load reads it again.
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
    // It may fail while nobody waits for it yet; whoever does hears of it then.
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
