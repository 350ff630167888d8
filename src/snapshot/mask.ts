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

  /** The neighbours of a node along the relationships followed, each once, in no order. Empty for an unknown node. */
  neighbours(id: string): Set<string> {
    const { nodes } = this.#snapshot;
    const node = nodes.find(id);
    const found = new Set<string>();
    if (node < 0) return found;
    const days = this.#days;
    for (const { type, kinds } of this.#types) {
      const { edges } = type;
      for (const [, adjacency] of type.lists()) {
        for (const edge of adjacency.list(node)) {
          if (kinds !== null && !kinds.has(edges.kind.items[edge]!)) continue;
          if (days !== null && !edges.isValid(edge, days.first, days.last)) continue;
          found.add(nodes.id(adjacency.neighbour(edge, node)));
        }
      }
    }
    return found;
  }

  /** How many relationships of the types followed a node has, of any kind and at any date. */
  degree(id: string): number {
    const node = this.#snapshot.nodes.find(id);
    return node < 0 ? 0 : this.#types.reduce((sum, { type }) => sum + type.degree(node), 0);
  }

  summary(id: string): NodeSummary | null {
    const node = this.#snapshot.nodes.find(id);
    return node < 0 ? null : this.#snapshot.nodes.summary(node);
  }
}
