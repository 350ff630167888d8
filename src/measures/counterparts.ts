/** Which group of another division a group resembles most. */
export interface Counterpart {
  /** The number of the other group. */
  readonly group: number;
  /** Number of nodes that belong to both. */
  readonly shared: number;
  /** Shared nodes divided by the nodes of either group (Jaccard 1901), above 0, at most 1. */
  readonly overlap: number;
}

/** A division of nodes into groups; groups from `groups` on are single nodes, which have no counterpart. */
export interface Division {
  /** The group of each node. */
  readonly membership: ArrayLike<number>;
  readonly groups: number;
}

function sizesOf({ membership, groups }: Division): Int32Array {
  const sizes = new Int32Array(groups);
  for (let node = 0; node < membership.length; node++) if (membership[node]! < groups) sizes[membership[node]!]!++;
  return sizes;
}

/**
 * The counterpart of each group in another division of the same or other nodes; null for a group without one. The pairs
 * that overlap most are joined first, and each group once, so that what is named after its counterpart has a name of its own.
 *
 * @param placeIn The number of a node of `one` in `other`, or -1.
 */
export function counterparts(
  one: Division,
  other: Division,
  placeIn: (node: number) => number,
): (Counterpart | null)[] {
  const shared = new Map<number, number>();
  for (let node = 0; node < one.membership.length; node++) {
    const group = one.membership[node]!;
    const place = group < one.groups ? placeIn(node) : -1;
    const counterpart = place < 0 ? other.groups : other.membership[place]!;
    if (counterpart >= other.groups) continue;
    const pair = group * other.groups + counterpart;
    shared.set(pair, (shared.get(pair) ?? 0) + 1);
  }
  const [sizes, otherSizes] = [sizesOf(one), sizesOf(other)];
  const pairs = [...shared].map(([pair, count]) => {
    const [from, group] = [Math.floor(pair / other.groups), pair % other.groups];
    return { from, group, shared: count, overlap: count / (sizes[from]! + otherSizes[group]! - count) };
  });
  pairs.sort((a, b) => b.overlap - a.overlap || b.shared - a.shared || a.from - b.from || a.group - b.group);
  const found: (Counterpart | null)[] = Array.from({ length: one.groups }, () => null);
  const taken = new Set<number>();
  for (const { from, ...counterpart } of pairs) {
    if (found[from] !== null || taken.has(counterpart.group)) continue;
    found[from] = counterpart;
    taken.add(counterpart.group);
  }
  return found;
}
