import { firstDay, lastDay } from '../domain/partial-date.ts';
import type { EdgesInMemory } from '../store/ask.ts';
import type { NodeSummary } from '../store/node-summary.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import type { TraversalConditions } from '../store/traversal.ts';
import { type DayNumbers, dayNumber } from './columns.ts';
import type { EdgeType } from './edge-type.ts';
import type { Snapshot } from './snapshot.ts';

/** The relationships of a snapshot that a traversal follows. */
export class EdgeMask implements EdgesInMemory {
  readonly #snapshot: Snapshot;
  readonly #types: readonly { readonly type: EdgeType; readonly kinds: ReadonlySet<number> | null }[];
  readonly #days: DayNumbers | null;

  constructor(snapshot: Snapshot, { types, partnershipKinds, asOf }: TraversalConditions) {
    this.#snapshot = snapshot;
    this.#types = types.map((type) => ({
      type: snapshot.type(type as SnapshotType),
      kinds:
        type === 'PARTNERS_WITH' && partnershipKinds !== null
          ? new Set(partnershipKinds.map((kind) => snapshot.kinds.find(kind)))
          : null,
    }));
    this.#days = asOf && { first: dayNumber(firstDay(asOf)), last: dayNumber(lastDay(asOf)) };
  }

  get numbering(): object {
    return this.#snapshot;
  }

  find(id: string): number {
    return this.#snapshot.nodes.find(id);
  }

  id(node: number): string {
    return this.#snapshot.nodes.id(node);
  }

  /** The neighbours of a node along the relationships followed, each once, in no order. */
  neighbours(node: number): number[] {
    const found: number[] = [];
    const days = this.#days;
    let lists = 0;
    for (const { type, kinds } of this.#types) {
      const { edges } = type;
      for (const [, adjacency] of type.lists()) {
        const before = found.length;
        adjacency.each(node, (edge, neighbour) => {
          if (kinds !== null && !kinds.has(edges.kind.items[edge]!)) return;
          if (days !== null && !edges.isValid(edge, days.first, days.last)) return;
          // Parallel edges stand together.
          if (found.length === before || found.at(-1) !== neighbour) found.push(neighbour);
        });
        if (found.length > before) lists++;
      }
    }
    return lists < 2 ? found : [...new Set(found)];
  }

  /** How many relationships of the types followed a node has, of any kind and at any date. */
  degree(node: number): number {
    return this.#types.reduce((sum, { type }) => sum + type.degree(node), 0);
  }

  summary(node: number): NodeSummary {
    return this.#snapshot.nodes.summary(node);
  }
}
