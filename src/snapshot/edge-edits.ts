import type { EdgeRow } from '../store/snapshot.ts';
import type { Adjacency, Side } from './adjacency.ts';
import type { EdgeType } from './edge-type.ts';

/** An edge as the graph has it. */
export type EdgeToBe = readonly [from: number, to: number, row: EdgeRow];

/** Numbers of nodes stay below this: two of them make one exact number. */
const MAX_NODES = 2 ** 26;

/** Changes of the edges of one type, gathered first so that each list is written once. */
export class EdgeEdits {
  readonly #type: EdgeType;
  readonly #removed = new Set<number>();
  /** New edges by the nodes at their ends. */
  readonly #added = new Map<number, number[]>();

  constructor(type: EdgeType) {
    this.#type = type;
  }

  /** Brings the edges at a node to those that the graph has: what is there already stays. */
  bring(node: number, rows: readonly EdgeToBe[]): void {
    const { edges } = this.#type;
    const open = Map.groupBy(rows, ([from, to]) => from * MAX_NODES + to);
    for (const edge of this.#edgesAt(node)) {
      const [from, to] = [edges.from.items[edge]!, edges.to.items[edge]!];
      const parallel = open.get(from * MAX_NODES + to) ?? [];
      const at = parallel.findIndex(([, , row]) => edges.equals(edge, from, to, row));
      if (at >= 0) parallel.splice(at, 1);
      else this.#removed.add(edge);
    }
    for (const edge of [...open.values()].flat()) this.add(edge);
  }

  /** Adds an edge that the type does not have yet. */
  add([from, to, row]: EdgeToBe): void {
    const edge = this.#type.edges.add(from, to, row);
    for (const end of [from, to]) {
      const list = this.#added.get(end);
      if (list) list.push(edge);
      else this.#added.set(end, [edge]);
    }
  }

  /** Edges that a node has by now. */
  #edgesAt(node: number): Set<number> {
    const found = new Set<number>();
    for (const [, adjacency] of this.#type.lists()) for (const edge of adjacency.list(node)) found.add(edge);
    for (const edge of this.#added.get(node) ?? []) found.add(edge);
    return found.difference(this.#removed);
  }

  /** Writes the lists that change: those of the edges' ends, and those in which a node stands that has moved in the order. */
  apply(positions: Float64Array, moved: ReadonlySet<number>): void {
    const { edges } = this.#type;
    for (const edge of this.#removed) this.#type.remove(edge);
    const nodes = new Set(this.#added.keys());
    for (const edge of this.#removed) nodes.add(edges.from.items[edge]!).add(edges.to.items[edge]!);
    for (const node of moved) {
      for (const [, adjacency] of this.#type.lists()) {
        for (const edge of adjacency.list(node)) nodes.add(adjacency.neighbour(edge, node));
      }
    }
    const changes = [...nodes].map(
      (node) => [node, (this.#added.get(node) ?? []).filter((edge) => !this.#removed.has(edge))] as const,
    );
    const isMoved = moved.size > 0;
    for (const [side, adjacency] of this.#type.lists()) this.#write(side, adjacency, changes, { positions, isMoved });
  }

  #write(
    side: Side,
    adjacency: Adjacency,
    changes: readonly (readonly [node: number, added: readonly number[]])[],
    { positions, isMoved }: { readonly positions: Float64Array; readonly isMoved: boolean },
  ): void {
    const { from, to } = this.#type.edges;
    for (const [node, added] of changes) {
      const own = added.filter((edge) => side === 'both' || (side === 'out' ? from : to).items[edge] === node);
      if (own.length === 0 && adjacency.degree(node) === 0) continue;
      adjacency.change(node, { removed: this.#removed, added: own, isMoved }, positions);
    }
  }
}
