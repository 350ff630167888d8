import type { Addition } from '../changes/addition.ts';
import type { Slices } from '../scheduling/slices.ts';
import {
  edgeRowOf,
  type NodeRow,
  type NodeWithEdges,
  nodeRowOf,
  SNAPSHOT_TYPES,
  type SnapshotType,
} from '../store/snapshot.ts';
import { Dictionary } from './columns.ts';
import { EdgeEdits } from './edge-edits.ts';
import { EdgeType } from './edge-type.ts';
import { isInSnapshot } from './load.ts';
import { NodeOrder } from './node-order.ts';
import { Nodes, sortKeyOfRow } from './nodes.ts';
import { type Part, type Parts, PartsOf } from './parts.ts';

/**
 * The structure of the graph in memory: nodes and relationships by dense numbers, in columns, every list of neighbours in
 * the order of names. It is filled once by `load`, then updated by `replace`. What a caller reads from it between two
 * awaits is of one version.
 */
export class Snapshot {
  readonly dictionary = new Dictionary();
  readonly kinds = new Dictionary();
  readonly nodes = new Nodes(this.dictionary);
  readonly order = new NodeOrder(this.nodes);
  readonly #types: Readonly<Record<SnapshotType, EdgeType>> = Object.fromEntries(
    SNAPSHOT_TYPES.map((type) => [type, new EdgeType(type, this)]),
  ) as Record<SnapshotType, EdgeType>;

  type(type: SnapshotType): EdgeType {
    return this.#types[type];
  }

  /** Bytes that it takes: of the columns exactly, of the texts as an estimate. */
  get bytes(): number {
    return SNAPSHOT_TYPES.reduce(
      (sum, type) => sum + this.#types[type].bytes,
      this.nodes.bytes + 4 * this.order.all.length,
    );
  }

  get edgeCount(): number {
    return SNAPSHOT_TYPES.reduce((sum, type) => sum + this.#types[type].count, 0);
  }

  /** The part of its entries that a new load would save, from 0 to 1. */
  get garbage(): number {
    const garbage = SNAPSHOT_TYPES.reduce((sum, type) => sum + this.#types[type].garbage, 0);
    return garbage / (2 * this.edgeCount + 1);
  }

  /** Fills an empty snapshot from rows of nodes with the relationships that begin at them. */
  async load(pages: AsyncIterable<readonly NodeWithEdges[]>, slices: Slices): Promise<void> {
    const numbers: number[] = [];
    const keys: string[] = [];
    for await (const page of pages) {
      await slices.each(page, ({ node, edges }) => {
        const number = this.nodes.set(node);
        numbers.push(number);
        keys.push(sortKeyOfRow(node));
        for (const [index, type] of SNAPSHOT_TYPES.entries()) {
          const { edges: columns } = this.#types[type];
          for (const row of edges[index]!) columns.add(number, this.nodes.number(row[0]), row);
        }
      });
    }
    await this.order.reset({ numbers, keys }, slices);
    for (const type of SNAPSHOT_TYPES) await this.#build(type, slices);
  }

  /** All that it consists of, to be written before it changes. */
  parts(): Parts {
    const all = new Map<string, Part>();
    const parts = new PartsOf(all);
    this.dictionary.save(parts, 'dictionary');
    this.kinds.save(parts, 'kinds');
    this.nodes.save(parts.of('nodes'));
    this.order.save(parts.of('nodes'));
    for (const type of SNAPSHOT_TYPES) this.#types[type].save(parts.of(type), this.nodes.size);
    return all;
  }

  /** A snapshot of the parts of another, which it takes for its own, in slices. Throws where one is missing. */
  static async of(saved: Parts, slices: Slices): Promise<Snapshot> {
    const snapshot = new Snapshot();
    const parts = new PartsOf(new Map(saved));
    snapshot.dictionary.restore(parts, 'dictionary');
    snapshot.kinds.restore(parts, 'kinds');
    await snapshot.nodes.restore(parts.of('nodes'), slices);
    snapshot.order.restore(parts.of('nodes'));
    for (const type of SNAPSHOT_TYPES) snapshot.type(type).restore(parts.of(type));
    return snapshot;
  }

  /**
   * Builds the lists of a type. Relationships of nodes that were made while the graph was read, and are not there yet, are left
   * out: they come with their nodes.
   */
  async #build(type: SnapshotType, slices: Slices): Promise<void> {
    const edgeType = this.#types[type];
    if (this.nodes.size > this.order.all.length) {
      const { from, to } = edgeType.edges;
      await slices.each(edgeType.existing, (edge) => {
        const isWhole = this.nodes.exists(from.items[edge]!) && this.nodes.exists(to.items[edge]!);
        if (!isWhole) edgeType.remove(edge);
      });
    }
    const existing = edgeType.existing;
    for (const [, adjacency] of edgeType.lists()) {
      await adjacency.build(existing, this.order.all, this.nodes.size, slices);
    }
  }

  /**
   * Brings nodes to what the graph says of them now: `outgoing` and `incoming` hold a row for each of `ids` that exists,
   * with its relationships at that end. Synchronous, so that no reader sees half of it.
   */
  replace(ids: readonly string[], outgoing: readonly NodeWithEdges[], incoming: readonly NodeWithEdges[]): void {
    const changed = new Set(ids.map((id) => this.nodes.number(id)));
    const byNumber = (rows: readonly NodeWithEdges[]) =>
      new Map(rows.map((row) => [this.nodes.number(row.node[0] as string), row]));
    const [out, into] = [byNumber(outgoing), byNumber(incoming)];
    const moved = this.#set(changed, new Map([...out].map(([number, { node }]) => [number, node])));
    for (const [index, type] of SNAPSHOT_TYPES.entries()) {
      const edits = new EdgeEdits(this.#types[type]);
      for (const number of changed) {
        edits.bring(number, [
          ...(out.get(number)?.edges[index] ?? []).map((row) => [number, this.nodes.number(row[0]), row] as const),
          ...(into.get(number)?.edges[index] ?? []).map((row) => [this.nodes.number(row[0]), number, row] as const),
        ]);
      }
      edits.apply(this.nodes.position.items, moved);
    }
  }

  /** Adds what changes have added, in their order. Synchronous, so that no reader sees half of it. */
  add(additions: readonly Addition[]): void {
    const nodes = additions.flatMap((addition) => addition.nodes).filter(({ type }) => isInSnapshot(type));
    const rows = new Map(nodes.map((node) => [this.nodes.number(node.id), nodeRowOf(node)]));
    const moved = this.#set(new Set(rows.keys()), rows);
    for (const { id, ...counts } of additions.flatMap((addition) => addition.counts)) {
      this.nodes.setCounts(this.nodes.number(id), counts);
    }
    const added = Map.groupBy(
      additions.flatMap(({ relationships }) => relationships),
      ({ type }) => type,
    );
    for (const type of SNAPSHOT_TYPES) {
      const relationships = added.get(type) ?? [];
      if (relationships.length === 0 && moved.size === 0) continue;
      const edits = new EdgeEdits(this.#types[type]);
      for (const each of relationships) {
        edits.add([this.nodes.number(each.from), this.nodes.number(each.to), edgeRowOf(each)]);
      }
      edits.apply(this.nodes.position.items, moved);
    }
  }

  /**
   * Writes the columns of nodes, and removes those without a row. Returns those that stand in lists by another place in the order
   * than before: relationships that were read a moment ago may have brought a node before its own row does.
   */
  #set(changed: ReadonlySet<number>, rows: ReadonlyMap<number, NodeRow>): ReadonlySet<number> {
    const renamed = new Set<number>();
    const moved = new Set<number>();
    const placed = { numbers: [] as number[], keys: [] as string[] };
    for (const number of changed) {
      const row = rows.get(number);
      const before = this.nodes.exists(number) ? this.nodes.sortKey(number) : null;
      const key = row ? sortKeyOfRow(row) : null;
      if (row) this.nodes.set(row);
      else this.nodes.remove(number);
      if (key === before) continue;
      renamed.add(number);
      if (key === null) continue;
      if (this.#isListed(number)) moved.add(number);
      placed.numbers.push(number);
      placed.keys.push(key);
    }
    if (renamed.size > 0) this.order.replace(renamed, placed);
    return moved;
  }

  /** Whether a node stands in any list. */
  #isListed(number: number): boolean {
    return SNAPSHOT_TYPES.some((type) => this.#types[type].degree(number) > 0);
  }
}
