import { RELATIONSHIP_SHAPES } from '../domain/relationship.ts';
import { insertSorted } from '../scheduling/insert-sorted.ts';
import type { PageShape } from '../store/listing.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import type { EdgeType } from './edge-type.ts';
import { CHUNK, type Entry, type ListQuery, SnapshotList, type Way } from './list.ts';
import type { Snapshot } from './snapshot.ts';

/** Where the entries of a page are to be read. */
export interface PageStarts {
  /** Identifiers of the nodes at which they begin. */
  readonly starts: readonly string[];
  /** How many entries of the page begin at them, at the least. */
  readonly least: number;
  /** By how many relationships all of the type are more than those of these nodes. */
  readonly saved: number;
}

/**
 * All relationships of a type, each an entry with the node at which it begins. The snapshot does not have their
 * identifiers, which order those that begin at one node: a statement reads the pages.
 */
export class EdgeList extends SnapshotList {
  readonly #type: EdgeType;
  /** The nodes at which they may begin, in the order of names. */
  readonly #nodes: Int32Array;

  constructor(snapshot: Snapshot, query: ListQuery & { readonly type: SnapshotType }) {
    const type = snapshot.type(query.type);
    super(snapshot, query, type.edges);
    this.#type = type;
    this.#nodes = snapshot.order.ofTypes(RELATIONSHIP_SHAPES[query.type].from.types);
  }

  /** Where the entries of a page begin. */
  *starts(shape: PageShape): Generator<void, PageStarts> {
    const { starts, least } = yield* shape.sort ? this.#sorted(shape) : this.#byName(shape);
    const adjacency = this.#type.at('out');
    return {
      starts: [...starts].map((node) => this.snapshot.nodes.id(node)),
      least,
      saved: [...starts].reduce((rest, node) => rest - adjacency.degree(node), this.#type.count),
    };
  }

  /** After a sort key, those that begin at the node of the position are among them: others may follow it. */
  protected override *entries(_: string, way: Way = 1, after: string | null = null): Generator<Entry | null> {
    const all = this.#nodes;
    const from = this.#type.edges.from.items;
    const adjacency = this.#type.at('out');
    let looked = 0;
    for (let at = this.startOf(all, way, after, true); at >= 0 && at < all.length; at += way) {
      if (++looked % CHUNK === 0) yield null;
      const node = all[at]!;
      if (!this.meetsNode(node)) continue;
      for (const edge of adjacency.list(node)) {
        // A list of an undirected type holds those that end here, too.
        if (from[edge] === node && this.meetsEdge(edge)) yield { node, edges: [edge], value: '' };
      }
    }
  }

  *#byName({ nameDirection, continued }: PageShape): Generator<void, Found> {
    const { after0, limit } = this.parameters as { after0: string; limit: number };
    const after = continued ? after0 : null;
    const starts = new Set<number>();
    let least = 0;
    for (const entry of this.entries('', nameDirection === 'ASC' ? 1 : -1, after)) {
      if (least >= limit) break;
      if (entry === null) {
        yield;
        continue;
      }
      starts.add(entry.node);
      if (after === null || this.snapshot.nodes.sortKey(entry.node) !== after) least++;
    }
    return { starts, least };
  }

  *#sorted(shape: PageShape): Generator<void, Found> {
    const limit = this.parameters.limit as number;
    const { compare, fromPosition, sortValueOf } = this.order(shape.sort!, shape);
    const starts = new Set<number>();
    const first: Entry[] = [];
    for (const entry of this.entries('')) {
      if (entry === null) {
        yield;
        continue;
      }
      entry.value = sortValueOf(entry);
      if (first.length === limit && (limit === 0 || compare(first[limit - 1]!, entry) <= 0)) continue;
      const side = fromPosition(entry);
      // Equal to the position: its identifier says on which side of it.
      if (side === 0) starts.add(entry.node);
      else if (side > 0) insertSorted(first, entry, compare, limit);
    }
    for (const { node } of first) starts.add(node);
    return { starts, least: first.length };
  }
}

/** The nodes at which a page's entries begin, and how many entries of the page do so at the least. */
interface Found {
  readonly starts: ReadonlySet<number>;
  readonly least: number;
}
