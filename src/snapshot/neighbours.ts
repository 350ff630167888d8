import type { Listing, PageShape } from '../store/listing.ts';
import type { Adjacency } from './adjacency.ts';
import type { EdgeType } from './edge-type.ts';
import { type Entry, type ListQuery, SnapshotList, type Way } from './list.ts';
import type { Snapshot } from './snapshot.ts';

/** Where the facts of a page are to be read. */
export interface PageCandidates {
  /** The identifiers of the neighbours on the page, in order. */
  readonly candidates: readonly string[];
  /** By how many relationships the parent has more than these neighbours together: each is looked for among its own. */
  readonly saved: number;
}

const NONE: readonly number[] = [];

/** Lists of the neighbours of nodes. */
export class Neighbours extends SnapshotList {
  readonly #type: EdgeType;
  readonly #adjacency: Adjacency;

  constructor(snapshot: Snapshot, query: ListQuery & { readonly side: NonNullable<Listing['edges']> }) {
    const type = snapshot.type(query.side.type);
    super(snapshot, query, type.edges);
    this.#type = type;
    this.#adjacency = type.at(query.side.side);
  }

  /** The neighbours on a page, and what it saves to read these alone. */
  *candidates(parent: string, shape: PageShape): Generator<void, PageCandidates> {
    const entries = yield* this.page(parent, shape);
    const { nodes } = this.snapshot;
    const node = nodes.find(parent);
    const degree = node < 0 ? 0 : this.#adjacency.degree(node);
    return {
      candidates: entries.map((entry) => nodes.id(entry.node)),
      saved: entries.reduce((rest, entry) => rest - this.#type.degree(entry.node), degree),
    };
  }

  protected override *entries(id: string, way: Way = 1, after: string | null = null): Generator<Entry> {
    const node = this.snapshot.nodes.find(id);
    if (node < 0) return;
    const list = this.#adjacency.list(node);
    let at = after === null ? (way === 1 ? 0 : list.length - 1) : this.#following(list, node, after, way);
    while (at >= 0 && at < list.length) {
      const neighbour = this.#adjacency.neighbour(list[at]!, node);
      let end = at + way;
      // Parallel edges stand together.
      while (end >= 0 && end < list.length && this.#adjacency.neighbour(list[end]!, node) === neighbour) end += way;
      const first = way === 1 ? at : end + 1;
      const last = way === 1 ? end - 1 : at;
      at = end;
      if (!this.meetsNode(neighbour)) continue;
      const edges = this.#met(list, first, last);
      if (edges.length > 0) yield { node: neighbour, edges, value: '' };
    }
  }

  /** The relationships between two places of a list, both included, that meet the conditions. */
  #met(list: Int32Array, first: number, last: number): readonly number[] {
    // Most neighbours are joined by one, and an array that grows takes room for seventeen.
    if (first === last) return this.meetsEdge(list[first]!) ? [list[first]!] : NONE;
    const edges: number[] = [];
    for (let index = first; index <= last; index++) if (this.meetsEdge(list[index]!)) edges.push(list[index]!);
    return edges;
  }

  /** Where a list goes on after a sort key: the first entry beyond it, or backward the last one before it. */
  #following(list: Int32Array, node: number, after: string, way: Way): number {
    const { nodes } = this.snapshot;
    const bytes = Buffer.from(after);
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const compared = nodes.compareSortKey(this.#adjacency.neighbour(list[middle]!, node), bytes);
      if (compared < 0 || (compared === 0 && way === 1)) low = middle + 1;
      else high = middle;
    }
    return way === 1 ? low : low - 1;
  }
}
