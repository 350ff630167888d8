import { bySize } from './components.ts';
import { strengths, type WeightedGraph } from './graph.ts';
import { randomNumbers, shuffle } from './random.ts';
import { type Check, CLOCK_INTERVAL, NEVER } from './stop.ts';

/** How far the refinement strays from the best choice, in units of weight: as in the paper and in igraph. */
const RANDOMNESS = 0.01;
/** Gains below this are rounding. */
const EPSILON = 1e-12;
/** Rounds after which it ends in any case; graphs of a million edges settle after a dozen. */
const MAX_ROUNDS = 100;
/** Rounds in a row without a gain after which it ends: each refines by chance, so that one alone may miss a better part. */
const IDLE_ROUNDS = 1;

/** Communities of a graph. */
export interface Communities {
  /** The community of each node: numbers from 0, the largest first. */
  readonly membership: Int32Array;
  /** How much more weight lies within communities than expected by chance, from -1 to 1 (Newman and Girvan, 2004). */
  readonly modularity: number;
}

/** One level of the search: a graph whose nodes stand for groups of nodes, and their strengths. */
interface Level extends WeightedGraph {
  readonly strength: Float64Array;
}

/** What the search weighs the strengths of two groups by. */
interface Scale {
  readonly perStrength: number;
  readonly random: () => number;
  readonly check: Check;
}

/**
 * Communities by the Leiden algorithm (Traag, Waltman and van Eck, "From Louvain to Leiden", 2019) with modularity; a
 * larger resolution gives smaller communities. Every community is connected; a node without edges is one of its own. The
 * same for the same graph and seed.
 */
export function leiden(graph: WeightedGraph, { resolution = 1, seed = 1 } = {}, check: Check = NEVER): Communities {
  const level: Level = { ...graph, strength: strengths(graph) };
  const total = level.strength.reduce((sum, strength) => sum + strength, 0);
  const scale = { perStrength: total === 0 ? 0 : resolution / total, random: randomNumbers(seed), check };
  let membership: Int32Array = Int32Array.from({ length: graph.size }, (_, node) => node);
  let best = modularity(level, membership, resolution);
  for (let [round, idle] = [0, 0]; round < MAX_ROUNDS && idle < IDLE_ROUNDS; round++) {
    const next = improved(level, membership, scale);
    const quality = modularity(level, next, resolution);
    idle = quality <= best + EPSILON ? idle + 1 : 0;
    if (idle === 0) [membership, best] = [next, quality];
  }
  const { numbers, count } = numbered(membership);
  const sizes = new Array<number>(count).fill(0);
  for (const community of numbers) sizes[community]!++;
  return { membership: bySize(numbers, sizes), modularity: best };
}

/** The modularity of a partition. */
export function modularity(graph: WeightedGraph, membership: Int32Array, resolution = 1): number {
  const strength = 'strength' in graph ? (graph as Level).strength : strengths(graph);
  const total = strength.reduce((sum, each) => sum + each, 0);
  if (total === 0) return 0;
  const sums = new Float64Array(graph.size);
  let within = 0;
  for (let node = 0; node < graph.size; node++) {
    const community = membership[node]!;
    sums[community]! += strength[node]!;
    for (let index = graph.offsets[node]!; index < graph.offsets[node + 1]!; index++) {
      if (membership[graph.neighbours[index]!] === community) within += graph.weights[index]!;
    }
  }
  return within / total - resolution * sums.reduce((sum, each) => sum + (each / total) ** 2, 0);
}

/** One round: nodes move, communities are refined, and what was refined moves as one, until nothing does. */
function improved(graph: Level, start: Int32Array, scale: Scale): Int32Array {
  let level = graph;
  let membership = start.slice();
  /** The node of the level that stands for each node of the graph. */
  let place: Int32Array | null = null;
  for (;;) {
    const count = moved(level, membership, scale);
    if (count === level.size) break;
    const refined = refinedWithin(level, membership, scale);
    const groups = numbered(refined);
    if (groups.count === level.size) break;
    place = place === null ? groups.numbers : place.map((node) => groups.numbers[node]!);
    const next = new Int32Array(groups.count);
    for (let node = 0; node < level.size; node++) next[groups.numbers[node]!] = membership[node]!;
    // Of the communities, too, the numbers are below the number of nodes of the new level.
    membership = numbered(next, level.size).numbers;
    level = aggregated(level, groups.numbers, groups.count);
  }
  const { numbers } = numbered(membership);
  return place === null ? numbers : place.map((node) => numbers[node]!);
}

/** Groups, whose numbers are below `bound`, by numbers from 0 without gaps. */
function numbered(groups: Int32Array, bound = groups.length): { numbers: Int32Array<ArrayBuffer>; count: number } {
  const known = new Int32Array(bound).fill(-1);
  let count = 0;
  const numbers = new Int32Array(groups.length);
  for (let node = 0; node < groups.length; node++) {
    const group = groups[node]!;
    if (known[group] === -1) known[group] = count++;
    numbers[node] = known[group]!;
  }
  return { numbers, count };
}

/** The weights from one node to the groups around it. */
class WeightsTo {
  readonly weight: Float64Array;
  readonly groups: Int32Array;
  count = 0;

  constructor(size: number) {
    this.weight = new Float64Array(size);
    this.groups = new Int32Array(size);
  }

  add(group: number, weight: number): void {
    if (this.weight[group] === 0) this.groups[this.count++] = group;
    this.weight[group]! += weight;
  }

  clear(): void {
    for (let index = 0; index < this.count; index++) this.weight[this.groups[index]!] = 0;
    this.count = 0;
  }
}

/** Moves nodes to the neighbouring community that gains most, in place, until no move gains. Returns the number of communities. */
function moved(level: Level, membership: Int32Array, { perStrength, random, check }: Scale): number {
  const { size, offsets, neighbours, weights, strength } = level;
  const sums = new Float64Array(size);
  const members = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    sums[membership[node]!]! += strength[node]!;
    members[membership[node]!]!++;
  }
  const empty: number[] = [];
  for (let community = size - 1; community >= 0; community--) if (members[community] === 0) empty.push(community);
  const queue = Int32Array.from({ length: size }, (_, node) => node);
  shuffle(queue, random);
  const isQueued = new Uint8Array(size).fill(1);
  const to = new WeightsTo(size);
  for (let [head, waiting] = [0, size]; waiting > 0; waiting--) {
    if (waiting % CLOCK_INTERVAL === 0) check();
    const node = queue[head]!;
    isQueued[node] = 0;
    const from = membership[node]!;
    for (let index = offsets[node]!; index < offsets[node + 1]!; index++) {
      to.add(membership[neighbours[index]!]!, weights[index]!);
    }
    sums[from]! -= strength[node]!;
    const cost = perStrength * strength[node]!;
    let best = from;
    let bestGain = to.weight[from]! - cost * sums[from]!;
    for (let index = 0; index < to.count; index++) {
      const community = to.groups[index]!;
      const gain = to.weight[community]! - cost * sums[community]!;
      if (gain > bestGain + EPSILON) [best, bestGain] = [community, gain];
    }
    // To be alone gains nothing and costs nothing.
    if (bestGain < -EPSILON && members[from]! > 1) best = empty.pop() ?? from;
    to.clear();
    sums[best]! += strength[node]!;
    head = head + 1 === size ? 0 : head + 1;
    if (best === from) continue;
    if (--members[from]! === 0) empty.push(from);
    members[best]!++;
    membership[node] = best;
    for (let index = offsets[node]!; index < offsets[node + 1]!; index++) {
      const neighbour = neighbours[index]!;
      if (isQueued[neighbour] || membership[neighbour] === best) continue;
      isQueued[neighbour] = 1;
      queue[(head + waiting - 1) % size] = neighbour;
      waiting++;
    }
  }
  return size - empty.length;
}

/** Splits each community into groups that are well connected within it; a group's number is that of one of its nodes. */
function refinedWithin(level: Level, membership: Int32Array, { perStrength, random, check }: Scale): Int32Array {
  const { size, offsets, neighbours, weights, strength } = level;
  const communities = new Float64Array(size);
  /** Weight from each group to the rest of its community. */
  const outward = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    const community = membership[node]!;
    const end = offsets[node + 1]!;
    let sum = 0;
    for (let index = offsets[node]!; index < end; index++) {
      if (membership[neighbours[index]!] === community) sum += weights[index]!;
    }
    communities[community]! += strength[node]!;
    outward[node] = sum;
  }
  const refined = Int32Array.from({ length: size }, (_, node) => node);
  const sums = strength.slice();
  const isAlone = new Uint8Array(size).fill(1);
  const isWellConnected = (group: number, community: number): boolean =>
    outward[group]! >= perStrength * sums[group]! * (communities[community]! - sums[group]!) - EPSILON;
  const order = Int32Array.from({ length: size }, (_, node) => node);
  shuffle(order, random);
  const to = new WeightsTo(size);
  const gains = new Float64Array(size);
  for (let turn = 0; turn < size; turn++) {
    if (turn % CLOCK_INTERVAL === 0) check();
    const node = order[turn]!;
    const community = membership[node]!;
    if (!isAlone[node] || !isWellConnected(node, community)) continue;
    const end = offsets[node + 1]!;
    for (let index = offsets[node]!; index < end; index++) {
      const neighbour = neighbours[index]!;
      if (membership[neighbour] === community) to.add(refined[neighbour]!, weights[index]!);
    }
    const cost = perStrength * strength[node]!;
    const { count, groups, weight: weightTo } = to;
    let most = 0;
    for (let index = 0; index < count; index++) {
      const group = groups[index]!;
      const gain = weightTo[group]! - cost * sums[group]!;
      const possible = gain >= 0 && isWellConnected(group, community) ? gain : -1;
      gains[index] = possible;
      if (possible > most) most = possible;
    }
    const chosen = choice(to, gains, most, random);
    if (chosen >= 0) {
      const [group, weight] = [to.groups[chosen]!, to.weight[to.groups[chosen]!]!];
      refined[node] = group;
      sums[group]! += strength[node]!;
      sums[node] = 0;
      // What lay between the two lies within the group now, counted at both ends.
      outward[group]! += outward[node]! - 2 * weight;
      isAlone[group] = 0;
      isAlone[node] = 0;
    }
    to.clear();
  }
  return refined;
}

/** One of the groups with a gain, the likelier the more it gains; -1 where to stay alone is as good as any. */
function choice(to: WeightsTo, gains: Float64Array, most: number, random: () => number): number {
  let sum = Math.exp(-most / RANDOMNESS);
  for (let index = 0; index < to.count; index++) {
    if (gains[index]! >= 0) sum += Math.exp((gains[index]! - most) / RANDOMNESS);
  }
  let rest = random() * sum - Math.exp(-most / RANDOMNESS);
  if (rest < 0) return -1;
  for (let index = 0; index < to.count; index++) {
    if (gains[index]! < 0) continue;
    rest -= Math.exp((gains[index]! - most) / RANDOMNESS);
    if (rest < 0) return index;
  }
  return -1;
}

/** The graph of the groups: between two of them the sum of the weights, within one nothing but its strength. */
function aggregated({ size, offsets, neighbours, weights, strength }: Level, groups: Int32Array, count: number): Level {
  const first = new Int32Array(count + 1);
  for (let node = 0; node < size; node++) first[groups[node]! + 1]!++;
  for (let group = 0; group < count; group++) first[group + 1]! += first[group]!;
  const members = new Int32Array(size);
  const next = first.slice();
  for (let node = 0; node < size; node++) members[next[groups[node]!]!++] = node;
  const sums = new Float64Array(count);
  const rows = new Int32Array(count + 1);
  const ends = new Int32Array(neighbours.length);
  const totals = new Float64Array(neighbours.length);
  const to = new WeightsTo(count);
  let length = 0;
  for (let group = 0; group < count; group++) {
    for (let at = first[group]!; at < first[group + 1]!; at++) {
      const node = members[at]!;
      sums[group]! += strength[node]!;
      for (let index = offsets[node]!; index < offsets[node + 1]!; index++) {
        const other = groups[neighbours[index]!]!;
        if (other !== group) to.add(other, weights[index]!);
      }
    }
    for (let index = 0; index < to.count; index++) {
      ends[length] = to.groups[index]!;
      totals[length++] = to.weight[to.groups[index]!]!;
    }
    to.clear();
    rows[group + 1] = length;
  }
  return {
    size: count,
    offsets: rows,
    neighbours: ends.subarray(0, length),
    weights: totals.subarray(0, length),
    strength: sums,
  };
}
