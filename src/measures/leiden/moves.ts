import { CLOCK_INTERVAL } from '../stop.ts';
import { fillFromRandom } from './order.ts';
import { EPSILON, type Level, type Search } from './search.ts';

/** How many communities moves have left, and by how much modularity has grown. */
export interface Moved {
  readonly count: number;
  readonly gain: number;
}

/**
 * Moves nodes to the neighbouring community that gains most, in place, until no move gains: first all nodes, whose numbers
 * are their random order, then those around what has moved (the fast local move of the paper).
 */
export function moved(level: Level, membership: Int32Array, search: Search): Moved {
  const { size, offsets, neighbours, weights, strength } = level;
  const { perStrength, check, weightTo, groups, sums, members, empty, queue, isQueued } = search;
  sums.fill(0, 0, size);
  members.fill(0, 0, size);
  for (let node = 0; node < size; node++) {
    const community = membership[node]!;
    sums[community] = sums[community]! + strength[node]!;
    members[community] = members[community]! + 1;
  }
  let emptyCount = 0;
  for (let community = size - 1; community >= 0; community--) {
    if (members[community] === 0) empty[emptyCount++] = community;
  }
  fillFromRandom(queue, size, search.random);
  isQueued.fill(1, 0, size);
  let [head, tail, waiting] = [0, 0, size];
  let gained = 0;
  while (waiting > 0) {
    if (waiting % CLOCK_INTERVAL === 0) check();
    const node = queue[head]!;
    head = head + 1 === size ? 0 : head + 1;
    waiting--;
    isQueued[node] = 0;
    const from = membership[node]!;
    const first = offsets[node]!;
    const end = offsets[node + 1]!;
    let count = 0;
    for (let index = first; index < end; index++) {
      const community = membership[neighbours[index]!]!;
      const before = weightTo[community]!;
      if (before === 0) groups[count++] = community;
      weightTo[community] = before + weights[index]!;
    }
    const own = strength[node]!;
    const cost = perStrength * own;
    const staying = weightTo[from]! - cost * (sums[from]! - own);
    let best = from;
    let most = staying;
    for (let index = 0; index < count; index++) {
      const community = groups[index]!;
      const gain = weightTo[community]! - cost * sums[community]!;
      weightTo[community] = 0;
      if (gain > most + EPSILON && community !== from) {
        best = community;
        most = gain;
      }
    }
    // To be alone gains nothing and costs nothing.
    if (most < -EPSILON && members[from]! > 1) {
      best = empty[--emptyCount]!;
      most = 0;
    }
    if (best === from) continue;
    gained += most - staying;
    sums[from] = sums[from]! - own;
    sums[best] = sums[best]! + own;
    members[from] = members[from]! - 1;
    members[best] = members[best]! + 1;
    if (members[from] === 0) empty[emptyCount++] = from;
    membership[node] = best;
    for (let index = first; index < end; index++) {
      const neighbour = neighbours[index]!;
      if (isQueued[neighbour] !== 0 || membership[neighbour] === best) continue;
      isQueued[neighbour] = 1;
      queue[tail] = neighbour;
      tail = tail + 1 === size ? 0 : tail + 1;
      waiting++;
    }
  }
  return { count: size - emptyCount, gain: search.total === 0 ? 0 : (2 * gained) / search.total };
}
