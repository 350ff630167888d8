import { NODE_TYPES, type NodeType } from '../domain/vocabulary.ts';
import type { GraphEngine, RunOptions } from '../graph/engine.ts';
import { idsOfType } from '../store/node.ts';
import { type NodeWithEdges, nodesWithOutgoing } from '../store/snapshot.ts';

/** Nodes that are read at once: few enough to be garbage while they are young. */
const PAGE = 500;
/** Types whose nodes no traversal meets. */
const LEFT_OUT: readonly NodeType[] = ['Source', 'Indicator', 'Claim'];

/** Whether a snapshot holds the nodes of a type. */
export const isInSnapshot = (type: NodeType | null): boolean => type !== null && !LEFT_OUT.includes(type);

/**
 * All nodes that a snapshot holds, with the relationships that begin at them, in pages. The next page is on its way while
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
    const pageFrom = (start: number): Promise<NodeWithEdges[]> => {
      const page = engine.read(nodesWithOutgoing[type], { ids: ids.slice(start, start + PAGE) }, options);
      // It may fail while nobody waits for it yet; the reader hears of it when it does.
      page.catch(() => {});
      return page;
    };
    let coming = pageFrom(0);
    for (let start = 0; start < ids.length; start += PAGE) {
      const page = await coming;
      if (start + PAGE < ids.length) coming = pageFrom(start + PAGE);
      yield page;
    }
  }
}
