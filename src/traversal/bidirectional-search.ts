import type { Slices } from '../scheduling/slices.ts';
import type { FrontierReader } from './frontier.ts';

/** Counting the relationships of a node takes as long as reading this many of them. */
const COST_OF_COUNTING = 4;
/** Nodes that are counted first: about as many as a statement costs. */
const COUNTED_FIRST = 32;

/** One side of the search: the distance of each node found, and the neighbours of each expanded node. */
class Side {
  readonly distances: Map<number, number>;
  readonly neighbours = new Map<number, readonly number[]>();
  /** The nodes found last, all at one distance, whose neighbours are not read yet. */
  frontier: readonly number[];
  /** Number of nodes of the frontier whose relationships are counted, and number of these relationships. */
  counted = 0;
  #relationships = 0;
  radius = 0;

  constructor(end: number) {
    this.distances = new Map([[end, 0]]);
    this.frontier = [end];
  }

  /** The minimum cost of reading the neighbours of the frontier, with that of counting the rest. */
  get leastCost(): number {
    return this.#relationships + COST_OF_COUNTING * (this.frontier.length - this.counted);
  }

  get isCounted(): boolean {
    return this.counted === this.frontier.length;
  }

  /** Moves the frontier one step further. */
  advance(frontier: readonly number[]): void {
    this.frontier = frontier;
    this.counted = 0;
    this.#relationships = 0;
  }

  /** The nodes of the frontier that are counted next: twice as many each time, so that few statements suffice. */
  get countedNext(): readonly number[] {
    return this.frontier.slice(this.counted, Math.max(COUNTED_FIRST, 2 * this.counted));
  }

  /** Counts more of the frontier. */
  async count(reader: FrontierReader): Promise<void> {
    const some = this.countedNext;
    for (const degree of await reader.degrees(some)) this.#relationships += degree;
    this.counted += some.length;
  }
}

/**
 * A search from both ends, step by step: each step reads the neighbours of the frontier on the side that has fewer. All
 * paths of at most `reach` steps are within what it has read.
 */
export class BidirectionalSearch {
  readonly #reader: FrontierReader;
  readonly #slices: Slices;
  readonly #ends: ReadonlySet<number>;
  readonly #from: Side;
  readonly #to: Side;
  #isMet = false;

  constructor(reader: FrontierReader, slices: Slices, from: number, to: number) {
    this.#reader = reader;
    this.#slices = slices;
    this.#ends = new Set([from, to]);
    this.#from = new Side(from);
    this.#to = new Side(to);
  }

  /** All paths of this length or less are known. Infinite if nothing unread can be on a path. */
  get reach(): number {
    const [from, to] = [this.#from.frontier, this.#to.frontier];
    // If both sides continue through the same single node, a path passes it once, and both parts of it are read.
    const isComplete =
      Math.min(from.length, to.length) === 0 || (from.length === 1 && to.length === 1 && from[0] === to[0]);
    return isComplete ? Number.POSITIVE_INFINITY : this.#from.radius + this.#to.radius;
  }

  /** Whether there is a path within reach. */
  get isMet(): boolean {
    return this.#isMet;
  }

  /** Expands one more step; false if that would expand more than `most` nodes in total. */
  async widen(most: number): Promise<boolean> {
    const side = await this.#cheaper();
    if (this.#reader.expanded + side.frontier.length > most) return false;
    const other = side === this.#from ? this.#to : this.#from;
    const found = await this.#reader.neighbours(side.frontier);
    const distance = ++side.radius;
    const next: number[] = [];
    await this.#slices.each(found.entries(), ([index, neighbours]) => {
      side.neighbours.set(side.frontier[index]!, neighbours);
      for (const neighbour of neighbours) {
        if (side.distances.has(neighbour)) continue;
        side.distances.set(neighbour, distance);
        next.push(neighbour);
      }
    });
    const passable = await this.#reader.passable(next, this.#ends);
    if (passable.length < next.length) {
      const remaining = new Set(passable);
      for (const node of next) if (!remaining.has(node)) side.distances.delete(node);
    }
    this.#isMet ||= passable.some((node) => other.distances.has(node));
    // A path ends at the other end: nodes behind it are on no path.
    side.advance(passable.filter((node) => !this.#ends.has(node)));
    return true;
  }

  /** The side whose frontier is cheaper to read. Counts only as far as that can change the choice. */
  async #cheaper(): Promise<Side> {
    // If nothing is known of either side, one statement counts both.
    if (this.#from.counted + this.#to.counted === 0) {
      await this.#reader.degrees([...this.#from.countedNext, ...this.#to.countedNext]);
    }
    for (;;) {
      const side = this.#to.leastCost < this.#from.leastCost ? this.#to : this.#from;
      if (side.isCounted) return side;
      await side.count(this.#reader);
    }
  }

  /**
   * The possible steps of paths within `length`, which must be within reach: each node that may be on one, and its
   * neighbours among these.
   */
  async steps(length: number): Promise<Map<number, Set<number>>> {
    const [from, to] = [this.#from, this.#to];
    const mayLieOn = (node: number): boolean => {
      const [before, after] = [from.distances.get(node), to.distances.get(node)];
      // Found from neither side: the traversal does not pass it.
      if (before === undefined && after === undefined) return false;
      // Not found from one side: it is further from it than that side has read.
      return (before ?? from.radius + 1) + (after ?? to.radius + 1) <= length;
    };
    const steps = new Map<number, Set<number>>();
    const join = (a: number, b: number): void => {
      const known = steps.get(a);
      if (known) known.add(b);
      else steps.set(a, new Set([b]));
    };
    for (const side of [from, to]) {
      await this.#slices.each(side.neighbours, ([node, neighbours]) => {
        if (!mayLieOn(node)) return;
        for (const neighbour of neighbours) {
          if (!mayLieOn(neighbour)) continue;
          join(node, neighbour);
          join(neighbour, node);
        }
      });
    }
    return steps;
  }
}
