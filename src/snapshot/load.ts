import { NODE_TYPES, type NodeType } from '../domain/vocabulary.ts';
import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { idsOfType } from '../store/node.ts';
import { type NodeWithEdges, nodesWithOutgoing } from '../store/snapshot.ts';

/**
 * Rows, of nodes and of relationships, that are read at once: the engine's are made into objects in one go, for which a question that
 * comes meanwhile waits. So many take a millisecond.
 */
const ROWS_AT_ONCE = 1_000;
/** Nodes that are read at once: of a type at first, and at the least and the most. */
const FIRST_NODES = 100;
const [LEAST_NODES, MOST_NODES] = [20, 500];
/** Pages that are on their way at a time: a database reads each in one thread, and the next one waits while one is taken in. */
const PAGES_AHEAD = 3;
/** Types whose nodes no traversal meets. */
const LEFT_OUT: readonly NodeType[] = ['Source', 'Indicator', 'Claim'];

/** Whether a snapshot holds the nodes of a type. */
export const isInSnapshot = (type: NodeType | null): boolean => type !== null && !LEFT_OUT.includes(type);

/**
 * All nodes that a snapshot holds, with the relationships that begin at them, in pages. The next ones are on their way while
 * one is taken in. What is written meanwhile may be missing or old: a follower of the change log from before the load
 * reads it again.
 */
export async function* readSnapshot(
  engine: GraphEngine,
  options: RunOptions,
): AsyncGenerator<readonly NodeWithEdges[]> {
  for (const type of NODE_TYPES.filter(isInSnapshot)) {
    const [row] = await engine.read(idsOfType[type], {}, options);
    const ids = row?.ids ?? [];
    let size = FIRST_NODES;
    let start = 0;
    const nextPage = (): Promise<NodeWithEdges[]> | null => {
      if (start >= ids.length) return null;
      const page = engine.read(nodesWithOutgoing[type], { ids: ids.slice(start, start + size) }, options);
      start += size;
      // It may fail while nobody waits for it yet; the reader hears of it when it does.
      page.catch(() => {});
      return page;
    };
    const coming: Promise<NodeWithEdges[]>[] = [];
    for (;;) {
      while (coming.length < PAGES_AHEAD) {
        const page = nextPage();
        if (page === null) break;
        coming.push(page);
      }
      const page = await coming.shift();
      if (!page) break;
      size = sizeAfter(page);
      yield page;
    }
  }
}

/** How many nodes are read next: as many as have the rows of one page, if they have as many relationships as those before. */
function sizeAfter(page: readonly NodeWithEdges[]): number {
  const rows = page.reduce((sum, { edges }) => edges.reduce((all, some) => all + some.length, sum + 1), 0);
  const nodes = Math.floor((ROWS_AT_ONCE * page.length) / Math.max(1, rows));
  return Math.max(LEAST_NODES, Math.min(MOST_NODES, nodes));
}
