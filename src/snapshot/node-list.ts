import type { NodeType } from '../domain/vocabulary.ts';
import { CHUNK, type Entry, type ListQuery, SnapshotList, type Way } from './list.ts';
import type { Snapshot } from './snapshot.ts';

/** Nodes that a condition leads to are found and put in order if that costs less than looking at this part of all nodes of the types. */
const FEW = 0.25;
/** Comes after every character of a name. */
const LAST_CHARACTER = '\u{10FFFF}';
const NO_EDGES: readonly number[] = [];

/** All nodes of some types. */
export class NodeList extends SnapshotList {
  /** The nodes that are looked at, in the order of names. */
  readonly #nodes: Int32Array;

  constructor(snapshot: Snapshot, query: ListQuery & { readonly types: readonly NodeType[] }) {
    super(snapshot, query, null);
    const { types } = query;
    const { nodes, order } = snapshot;
    const whole = order.ofTypes(types);
    const prefix = this.nodeTests.prefix(this.test);
    const all =
      prefix === null
        ? whole
        : whole.subarray(order.before(whole, prefix), order.before(whole, prefix + LAST_CHARACTER));
    const candidates = this.nodeTests.candidates(this.test, FEW * all.length);
    const positions = nodes.position.items;
    this.#nodes =
      candidates === null
        ? all
        : candidates
            .filter((node) => types.includes(nodes.nodeType(node)))
            .sort((a, b) => positions[a]! - positions[b]!);
  }

  protected override *entries(_: string, way: Way = 1, after: string | null = null): Generator<Entry | null> {
    const all = this.#nodes;
    let looked = 0;
    for (let at = this.startOf(all, way, after, false); at >= 0 && at < all.length; at += way) {
      if (++looked % CHUNK === 0) yield null;
      const node = all[at]!;
      if (this.meetsNode(node)) yield { node, edges: NO_EDGES, value: '' };
    }
  }
}
