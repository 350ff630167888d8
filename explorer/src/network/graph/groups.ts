import type { Network, NetworkNode } from './network.ts';

/** By what nodes are coloured. */
export const COLOUR_BY = ['kind', 'community', 'region', 'measure', 'none'] as const;
export type ColourBy = (typeof COLOUR_BY)[number];

/** Colours for groups that have one of their own; the others share one more. */
export const COLOURS = 9;
/** The slot of the colour of all other groups. */
export const OTHER = COLOURS;
/** Steps of the scale of a measure, whose slots come after those of groups. */
export const STEPS = 5;
/** Slots of colours in all. */
export const SLOTS = COLOURS + 1 + STEPS;

/** Nodes with the same value. */
export interface Group {
  /** The value: a kind, the number of a community, a région; empty where it is not known. */
  readonly value: string;
  readonly slot: number;
  readonly count: number;
}

/** The groups of a network's nodes, and the group of each. */
export interface Grouping {
  readonly groups: readonly Group[];
  readonly of: Int32Array;
}

/** The slots of kinds: a kind has the same colour in every picture. */
const KIND_SLOTS: Readonly<Record<string, number>> = {
  ...{ POLE: 5, CLUSTER: 8, COMPANY: 3, RESEARCH: 0, TRAINING: 6, PUBLIC_BODY: 1, ASSOCIATION: 7, PROJECT: 2 },
};

/** The kind of a node: of an organisation its own, of others their type. */
export const kindOf = ({ type, kind }: NetworkNode): string =>
  type === 'Organisation' ? (kind ?? 'UNKNOWN') : type.toUpperCase();

/** The colours of communities by what is in them, so that a community keeps its colour when the network changes. */
export class CommunityColours {
  readonly #slots = new Map<string, number>();

  /** The slot of each community: that of most of its nodes before, where no larger community has it. */
  slots(network: Network, sizes: readonly (readonly [value: string, count: number])[]): Map<string, number> {
    const votes = new Map<string, Map<number, number>>();
    for (const { id, community } of network.nodes) {
      const slot = this.#slots.get(id);
      if (community === null || slot === undefined || slot === OTHER) continue;
      const of = votes.get(String(community)) ?? new Map<number, number>();
      of.set(slot, (of.get(slot) ?? 0) + 1);
      votes.set(String(community), of);
    }
    const taken = new Set<number>();
    const slots = new Map<string, number>();
    for (const [value] of sizes) {
      const best = [...(votes.get(value) ?? [])].sort((a, b) => b[1] - a[1]).find(([slot]) => !taken.has(slot));
      if (!best) continue;
      slots.set(value, best[0]);
      taken.add(best[0]);
    }
    for (const [value] of sizes) {
      if (slots.has(value) || value === '') continue;
      const free = Array.from({ length: COLOURS }, (_, slot) => slot).find((slot) => !taken.has(slot)) ?? OTHER;
      slots.set(value, free);
      taken.add(free);
    }
    for (const { id, community } of network.nodes) {
      if (community !== null) this.#slots.set(id, slots.get(String(community)) ?? OTHER);
    }
    return slots;
  }
}

/** The groups of a network by an attribute, the largest first; nodes without a value come last. */
export function groupingOf(
  network: Network,
  by: ColourBy,
  measure: string,
  colours: CommunityColours = new CommunityColours(),
): Grouping {
  if (by === 'measure') return stepsOf(network, measure);
  const values = network.nodes.map((node) => {
    if (by === 'kind') return kindOf(node);
    if (by === 'community') return node.community === null ? '' : String(node.community);
    return by === 'region' ? (node.region ?? '') : '';
  });
  const counts = new Map<string, number>();
  // A node that is a community counts for its members.
  for (const [node, value] of values.entries()) {
    counts.set(value, (counts.get(value) ?? 0) + (network.nodes[node]!.values.members ?? 1));
  }
  const sizes = [...counts].sort(
    (a, b) => Number(a[0] === '') - Number(b[0] === '') || b[1] - a[1] || compare(a[0], b[0]),
  );
  const slots = by === 'community' ? colours.slots(network, sizes) : null;
  const slotOf = (value: string, place: number): number => {
    if (value === '') return OTHER;
    if (slots) return slots.get(value) ?? OTHER;
    return by === 'kind' ? (KIND_SLOTS[value] ?? OTHER) : Math.min(place, OTHER);
  };
  const groups = sizes.map(([value, count], place) => ({ value, count, slot: slotOf(value, place) }));
  const numbers = new Map(groups.map(({ value }, number) => [value, number]));
  return { groups, of: Int32Array.from(values, (value) => numbers.get(value)!) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The least values of up to so many classes with about as many nodes each; equal values are in one class. */
function classBounds(sorted: readonly number[], most: number): number[] {
  const different = [...new Set(sorted)];
  if (different.length <= most) return different;
  const bounds: number[] = [];
  for (let start = 0; start < sorted.length && bounds.length < most; ) {
    bounds.push(sorted[start]!);
    const last = sorted[start + Math.ceil((sorted.length - start) / (most - bounds.length + 1)) - 1]!;
    while (start < sorted.length && sorted[start]! <= last) start++;
  }
  return bounds;
}

/** Nodes in up to five classes of a measure with about as many nodes each, the highest first. */
function stepsOf(network: Network, measure: string): Grouping {
  const values = network.nodes.map((_, number) => measureOf(network, number, measure) ?? Number.NaN);
  const bounds = classBounds(
    values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b),
    STEPS,
  );
  const classOf = (value: number): number => bounds.findLastIndex((bound) => value >= bound);
  const counts = new Array<number>(bounds.length).fill(0);
  for (const value of values) if (!Number.isNaN(value)) counts[classOf(value)]!++;
  const last = bounds.length - 1;
  const groups: Group[] = bounds.map((bound, step) => ({
    value: `${bound}`,
    count: counts[step]!,
    // Few classes are as far apart in colour as many.
    slot: OTHER + 1 + Math.round((step * (STEPS - 1)) / Math.max(1, last)),
  }));
  groups.reverse();
  const unknown = values.filter(Number.isNaN).length;
  if (unknown > 0) groups.push({ value: '', count: unknown, slot: OTHER });
  return {
    groups,
    of: Int32Array.from(values, (value) => (Number.isNaN(value) ? groups.length - 1 : last - classOf(value))),
  };
}

/** The value of a measure of a node; `degree` is counted where the network has no such column. */
export function measureOf(network: Network, node: number, measure: string): number | null {
  const value = network.nodes[node]!.values[measure];
  if (value === undefined && measure === 'degree') return network.degree(node);
  return value ?? null;
}
