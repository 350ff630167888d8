import { powerLaw, type Random } from './random.ts';
import type { Size } from './size.ts';

/** The first and the last year of what is dated. */
export const [FIRST_YEAR, LAST_YEAR] = [2005, 2025];

/** Roles of members, by their numbers. */
export const ROLES = ['MEMBER', 'FOUNDER', 'BOARD', 'FUNDER', 'ASSOCIATE'] as const;
const RARE_ROLES = ROLES.slice(1);

/** Memberships column by column, the members of each network together. */
export interface Memberships {
  readonly member: Int32Array;
  readonly network: Int32Array;
  /** Numbers of ROLES. */
  readonly role: Uint8Array;
  /** Dates for `dateText`. */
  readonly since: Int32Array;
  readonly until: Int32Array;
}

/** What a membership needs to know of its network. */
interface Years {
  readonly since: number;
  readonly until: number | null;
}

/** A date as sources write it, from a number of a membership: a year, a month or a day; empty for 0. */
export function dateText(date: number): string {
  if (date === 0) return '';
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  return [String(year), ...[month, day].flatMap((part) => (part === 0 ? [] : [String(part).padStart(2, '0')]))].join(
    '-',
  );
}

/** A year, a month or a day as one number, whose last digits are 0 for what is not known. */
function dateIn(random: Random, year: number): number {
  const month = random.between(1, 12);
  if (random.chance(0.7)) return 10_000 * year;
  return 10_000 * year + 100 * month + (random.chance(0.7) ? 0 : random.between(1, 28));
}

/** How many members each network has. */
function sizesOf(random: Random, size: Size, networks: readonly Years[]): number[] {
  const weights = powerLaw(random, networks.length, 0.7, 5);
  // A pole is larger than a cluster; the first one is the largest by far.
  const sum = weights.reduce((total, weight, place) => total + (place < size.poles ? 3 * weight : weight), 0);
  const rest = size.memberships - size.largest;
  const targets = networks.map((_, network) => {
    if (network === 0) return size.largest;
    const share = (network < size.poles ? 3 : 1) * (weights[network]! / sum);
    return Math.max(3, Math.min(size.largest / 2, Math.round(rest * share)));
  });
  // What rounding and bounds have left over goes to the clusters, one each.
  const missing = size.memberships - targets.reduce((total, members) => total + members, 0);
  for (let turn = 0; turn < missing; turn++) targets[size.poles + (turn % size.clusters)]!++;
  return targets;
}

/** Makes the members of all networks. */
export function makeMemberships(
  random: Random,
  size: Size,
  networks: readonly Years[],
  draw: () => number,
): Memberships {
  const targets = sizesOf(random, size, networks);
  const count = targets.reduce((total, members) => total + members, 0);
  const made = {
    member: new Int32Array(count),
    network: new Int32Array(count),
    role: new Uint8Array(count),
    since: new Int32Array(count),
    until: new Int32Array(count),
  };
  let at = 0;
  networks.forEach(({ since: begun, until: ended }, network) => {
    const members = new Set<number>();
    while (members.size < targets[network]!)
      members.add(random.chance(0.5) ? draw() : random.below(size.organisations));
    for (const member of members) {
      const last = (ended ?? LAST_YEAR) - 1;
      const begins = random.chance(0.7) ? random.between(begun + 1, last) : null;
      const ends = begins !== null && begins < last && random.chance(0.15) ? random.between(begins + 1, last) : null;
      made.member[at] = member;
      made.network[at] = network;
      made.role[at] = random.chance(0.9) ? 0 : ROLES.indexOf(random.of(RARE_ROLES));
      if (begins !== null) made.since[at] = dateIn(random, begins);
      if (ends !== null) made.until[at] = dateIn(random, ends);
      at++;
    }
  });
  return made;
}
