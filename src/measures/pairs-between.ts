import type { NodeValues } from './assortativity.ts';
import type { WeightedGraph } from './graph.ts';

/** Groups of which every node has one. */
export const groupsOf = (membership: Int32Array): NodeValues => ({
  offsets: Int32Array.from({ length: membership.length + 1 }, (_, node) => node),
  values: membership,
  count: membership.reduce((most, group) => Math.max(most, group), -1) + 1,
});

/** How many groups the neighbours of a node belong to. */
export function groupsAround({ offsets, neighbours }: WeightedGraph, node: number, groups: NodeValues): number {
  const found = new Set<number>();
  for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
    const neighbour = neighbours[at]!;
    for (let index = groups.offsets[neighbour]!; index < groups.offsets[neighbour + 1]!; index++) {
      found.add(groups.values[index]!);
    }
  }
  return found.size;
}

/** Which pairs of nodes lie between groups: both have a group, and they have none in common. A node may be in several. */
export class PairsBetween {
  /** For how many nodes each counts that makes such a pair with the source that was begun; 0 where it makes none. */
  readonly counts: Float64Array;
  readonly #all: Float64Array;
  readonly #groups: NodeValues;
  /** The members of all groups: those of group `g` from `starts[g]` to `starts[g + 1]`. */
  readonly #members: Int32Array;
  readonly #starts: Int32Array;

  /** `counts`: for how many nodes each stands. */
  constructor(groups: NodeValues, counts: Float64Array) {
    this.#groups = groups;
    this.#all = counts;
    const { offsets, values, count } = groups;
    this.#starts = new Int32Array(count + 1);
    for (const value of values) this.#starts[value + 1]!++;
    for (let group = 0; group < count; group++) this.#starts[group + 1]! += this.#starts[group]!;
    this.#members = new Int32Array(values.length);
    const next = this.#starts.slice();
    this.counts = Float64Array.from(counts);
    for (let node = 0; node < counts.length; node++) {
      for (let at = offsets[node]!; at < offsets[node + 1]!; at++) this.#members[next[values[at]!]!++] = node;
      if (offsets[node] === offsets[node + 1]) this.counts[node] = 0;
    }
  }

  /** Makes `counts` those of a source; false for one without a group, which is in no pair. */
  begin(source: number): boolean {
    this.#set(source, false);
    return this.#groups.offsets[source] !== this.#groups.offsets[source + 1];
  }

  /** Ends a source that was begun. */
  end(source: number): void {
    this.#set(source, true);
  }

  #set(source: number, isCounted: boolean): void {
    const { offsets, values } = this.#groups;
    for (let at = offsets[source]!; at < offsets[source + 1]!; at++) {
      const group = values[at]!;
      for (let index = this.#starts[group]!; index < this.#starts[group + 1]!; index++) {
        const member = this.#members[index]!;
        this.counts[member] = isCounted ? this.#all[member]! : 0;
      }
    }
  }
}
