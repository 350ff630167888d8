import type { NodeValues } from './assortativity.ts';

/** A value that nodes of a group have more often than others. */
export interface TellingValue {
  readonly value: number;
  /** Nodes of the group that have it. */
  readonly count: number;
  /** The share of the group's nodes that have it, divided by the share of all nodes. */
  readonly lift: number;
}

/** The share of a group that must have a value, and the least number: what one member has by chance tells nothing. */
const [LEAST_SHARE, LEAST_COUNT] = [0.05, 2];

/**
 * The values that tell each group most: by lift, then by count, then by number; those only that 5 % of the group have, two
 * nodes at the least, and more often than all nodes do.
 */
export function tellingValues(
  groups: Int32Array,
  groupCount: number,
  { offsets, values, count }: NodeValues,
  first: number,
): readonly (readonly TellingValue[])[] {
  const sizes = new Int32Array(groupCount);
  const everywhere = new Int32Array(count);
  const within = Array.from({ length: groupCount }, () => new Map<number, number>());
  for (let node = 0; node < groups.length; node++) {
    const group = groups[node]!;
    sizes[group]!++;
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const value = values[at]!;
      everywhere[value]!++;
      within[group]!.set(value, (within[group]!.get(value) ?? 0) + 1);
    }
  }
  return within.map((counts, group) => {
    const least = Math.max(LEAST_COUNT, LEAST_SHARE * sizes[group]!);
    return [...counts]
      .filter(([, number]) => number >= least)
      .map(([value, number]) => ({
        value,
        count: number,
        lift: number / sizes[group]! / (everywhere[value]! / groups.length),
      }))
      .filter(({ lift }) => lift > 1)
      .sort((a, b) => b.lift - a.lift || b.count - a.count || a.value - b.value)
      .slice(0, first);
  });
}
