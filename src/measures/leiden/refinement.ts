import { CLOCK_INTERVAL } from '../stop.ts';
import { fillFromRandom } from './order.ts';
import { EPSILON, type Level, type Search } from './search.ts';

/** How far the refinement strays from the best choice, in units of weight: as in the paper and in igraph. */
const RANDOMNESS = 0.01;
/** Choices that are worse by this have no chance that a number could hold. */
const HOPELESS = 40 * RANDOMNESS;

/**
 * Splits each community into groups that are well connected within it; a group's number is that of one of its nodes. Each
 * node that is alone joins a group at random, the likelier the more it gains.
 */
export function refinedWithin(level: Level, membership: Int32Array, search: Search): Int32Array<ArrayBuffer> {
  const { size, offsets, neighbours, weights, strength } = level;
  const { perStrength, random, check, weightTo, groups, sums, isAlone, communities, outward, queue: order } = search;
  communities.fill(0, 0, size);
  const refined = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    const community = membership[node]!;
    communities[community] = communities[community]! + strength[node]!;
    const end = offsets[node + 1]!;
    // Weight from each group to the rest of its community.
    let sum = 0;
    for (let index = offsets[node]!; index < end; index++) {
      if (membership[neighbours[index]!] === community) sum += weights[index]!;
    }
    outward[node] = sum;
    refined[node] = node;
    sums[node] = strength[node]!;
  }
  isAlone.fill(1, 0, size);
  fillFromRandom(order, size, random);
  for (let turn = 0; turn < size; turn++) {
    if (turn % CLOCK_INTERVAL === 0) check();
    const node = order[turn]!;
    if (isAlone[node] === 0) continue;
    const community = membership[node]!;
    const all = communities[community]!;
    const own = strength[node]!;
    const cost = perStrength * own;
    if (outward[node]! < cost * (all - own) - EPSILON) continue;
    const end = offsets[node + 1]!;
    let count = 0;
    for (let index = offsets[node]!; index < end; index++) {
      const neighbour = neighbours[index]!;
      if (membership[neighbour] !== community) continue;
      const group = refined[neighbour]!;
      const before = weightTo[group]!;
      if (before === 0) groups[count++] = group;
      weightTo[group] = before + weights[index]!;
    }
    const chosen = chosenOf(count, cost, all, search);
    if (chosen >= 0) {
      refined[node] = chosen;
      sums[chosen] = sums[chosen]! + own;
      sums[node] = 0;
      // What lay between the two lies within the group now, counted at both ends.
      outward[chosen] = outward[chosen]! + outward[node]! - 2 * weightTo[chosen]!;
      isAlone[chosen] = 0;
      isAlone[node] = 0;
    }
    for (let index = 0; index < count; index++) weightTo[groups[index]!] = 0;
  }
  return refined;
}

/** One of the first groups that is well connected within its community of strength `all`; -1 where to stay alone is as good. */
function chosenOf(count: number, cost: number, all: number, search: Search): number {
  const { perStrength, random, weightTo, groups, gains, sums, outward } = search;
  let most = 0;
  for (let index = 0; index < count; index++) {
    const group = groups[index]!;
    const sum = sums[group]!;
    const gain = weightTo[group]! - cost * sum;
    const isPossible = gain >= 0 && outward[group]! >= perStrength * sum * (all - sum) - EPSILON;
    gains[index] = isPossible ? gain : -1;
    if (isPossible && gain > most) most = gain;
  }
  const alone = most > HOPELESS ? 0 : Math.exp(-most / RANDOMNESS);
  let total = alone;
  for (let index = 0; index < count; index++) {
    const gain = gains[index]!;
    const chance = gain < 0 || gain < most - HOPELESS ? 0 : Math.exp((gain - most) / RANDOMNESS);
    gains[index] = chance;
    total += chance;
  }
  let rest = random() * total - alone;
  if (rest < 0) return -1;
  for (let index = 0; index < count; index++) {
    rest -= gains[index]!;
    if (rest < 0) return groups[index]!;
  }
  return -1;
}
