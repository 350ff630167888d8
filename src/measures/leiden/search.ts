import { strengths, type WeightedGraph } from '../graph.ts';
import { randomNumbers } from '../random.ts';
import type { Check } from '../stop.ts';
import { inRandomOrder } from './order.ts';

/** Gains below this are rounding. */
export const EPSILON = 1e-12;

/** One level of the search: a graph whose nodes stand for groups of nodes, and their strengths. */
export interface Level extends WeightedGraph {
  readonly strength: Float64Array;
}

/** Neighbours and weights of a level, in memory that levels use by turns. */
interface Rows {
  neighbours: Int32Array<ArrayBuffer>;
  weights: Float64Array<ArrayBuffer>;
}

/**
 * One search for communities: what strengths are weighed by, its random numbers, and memory that all its rounds and levels
 * use, for as many nodes as the graph has. A function may use any of it, and leaves `weightTo` all zero.
 */
export class Search {
  /** The graph with its nodes in a random order, the first level. */
  readonly graph: Level;
  /** The number that each of its nodes has in the graph that was given. */
  readonly nodes: Int32Array<ArrayBuffer>;
  /** Sum of all strengths. */
  readonly total: number;
  /** What the strengths of two groups are multiplied by, for the weight expected between them. */
  readonly perStrength: number;
  readonly random: () => number;
  readonly check: Check;

  /** The weight from one node to each group, and the groups to which there is any. */
  readonly weightTo: Float64Array;
  readonly groups: Int32Array;
  readonly gains: Float64Array;
  /** Strength and number of the nodes of each group. */
  readonly sums: Float64Array;
  readonly members: Int32Array;
  /** Groups without a node. */
  readonly empty: Int32Array;
  readonly queue: Int32Array;
  readonly isQueued: Uint8Array;
  readonly isAlone: Uint8Array;
  readonly communities: Float64Array;
  readonly outward: Float64Array;
  readonly numbers: Int32Array;
  readonly #rows: [Rows, Rows];

  constructor(graph: WeightedGraph, resolution: number, seed: number, check: Check) {
    const { size } = graph;
    this.random = randomNumbers(seed);
    const ordered = inRandomOrder(graph, this.random);
    this.graph = { ...ordered.graph, strength: strengths(ordered.graph) };
    this.nodes = ordered.nodes;
    this.total = this.graph.strength.reduce((sum, strength) => sum + strength, 0);
    this.perStrength = this.total === 0 ? 0 : resolution / this.total;
    this.check = check;
    const [numbers, reals] = [() => new Int32Array(size), () => new Float64Array(size)];
    [this.weightTo, this.gains, this.sums, this.communities, this.outward] = [
      reals(),
      reals(),
      reals(),
      reals(),
      reals(),
    ];
    [this.groups, this.members, this.empty, this.queue, this.numbers] = [
      numbers(),
      numbers(),
      numbers(),
      numbers(),
      numbers(),
    ];
    [this.isQueued, this.isAlone] = [new Uint8Array(size), new Uint8Array(size)];
    const rows = (): Rows => ({ neighbours: new Int32Array(0), weights: new Float64Array(0) });
    this.#rows = [rows(), rows()];
  }

  /** Rows for the level after one of so many neighbours: those that it does not use itself. */
  rows(length: number): Rows {
    this.#rows.reverse();
    const [rows] = this.#rows;
    if (rows.neighbours.length < length) {
      [rows.neighbours, rows.weights] = [new Int32Array(length), new Float64Array(length)];
    }
    return rows;
  }
}

/** Groups, whose numbers are below `bound`, by numbers from 0 without gaps. */
export function numbered(
  groups: Int32Array,
  bound: number,
  { numbers: known }: Search,
): { readonly numbers: Int32Array<ArrayBuffer>; readonly count: number } {
  known.fill(-1, 0, bound);
  const numbers = new Int32Array(groups.length);
  let count = 0;
  for (let node = 0; node < groups.length; node++) {
    const group = groups[node]!;
    let number = known[group]!;
    if (number === -1) {
      number = count++;
      known[group] = number;
    }
    numbers[node] = number;
  }
  return { numbers, count };
}
