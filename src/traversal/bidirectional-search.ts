import type { Slices } from '../scheduling/slices.ts';
import type { FrontierReader } from './frontier.ts';

/** To count a node's relationships takes as long as to read this many of them. */
const COST_OF_COUNTING = 4;
/** Nodes that are counted first: a statement costs about as much by itself. */
const COUNTED_FIRST = 32;

/** What is known around one end: the distance of each node met, and the neighbours of each node gone through. */
class Side {
  readonly distances: Map<string, number>;
  readonly neighbours = new Map<string, readonly string[]>();
  /** The nodes met last, all at one distance, whose neighbours are not read yet. */
  frontier: readonly string[];
  /** Of how many of the frontier the relationships are counted, and how many these are. */
  counted = 0;
  #relationships = 0;
  radius = 0;

  constructor(end: string) {
    this.distances = new Map([[end, 0]]);
    this.frontier = [end];
  }

  /** What it costs at least to read the neighbours of the frontier, and to know that cost. */
  get leastCost(): number {
    return this.#relationships + COST_OF_COUNTING * (this.frontier.length - this.counted);
  }

  get isCounted(): boolean {
    return this.counted === this.frontier.length;
  }

  /** Goes on to nodes that are one step further. */
  advance(frontier: readonly string[]): void {
    this.frontier = frontier;
    this.counted = 0;
    this.#relationships = 0;
  }

  /** Those of the frontier that are counted next: ever more, so that it takes few statements. */
  get countedNext(): readonly string[] {
    return this.frontier.slice(this.counted, Math.max(COUNTED_FIRST, 2 * this.counted));
  }

  /** Counts some more of the frontier. */
  async count(reader: FrontierReader): Promise<void> {
    const some = this.countedNext;
    const degrees = await reader.degrees(some);
    for (const id of some) this.#relationships += degrees.get(id) ?? 0;
    this.counted += some.length;
  }
}

/**
 * A search from both ends that goes on step by step: whenever asked, it reads the neighbours of the whole frontier at the
 * side where they are fewer. All paths no longer than `reach` run through what it has read.
 */
export class BidirectionalSearch {
  readonly #reader: FrontierReader;
  readonly #slices: Slices;
  readonly #ends: ReadonlySet<string>;
  readonly #from: Side;
  readonly #to: Side;
  #isMet = false;

  constructor(reader: FrontierReader, slices: Slices, from: string, to: string) {
    this.#reader = reader;
    this.#slices = slices;
    this.#ends = new Set([from, to]);
    this.#from = new Side(from);
    this.#to = new Side(to);
  }

  /** Paths of this length or less are all known. Infinite when there is nothing left to read that could be on one. */
  get reach(): number {
    const [from, to] = [this.#from.frontier, this.#to.frontier];
    // Where both sides go on through one same node only, a path passes there once, and what is before and after is read.
    const isWhole =
      Math.min(from.length, to.length) === 0 || (from.length === 1 && to.length === 1 && from[0] === to[0]);
    return isWhole ? Number.POSITIVE_INFINITY : this.#from.radius + this.#to.radius;
  }

  /** Whether there is a path within reach. */
  get isMet(): boolean {
    return this.#isMet;
  }

  /** Reaches one step further; false when that would take more nodes than `most` in all. */
  async widen(most: number): Promise<boolean> {
    const side = await this.#cheaper();
    if (this.#reader.expanded + side.frontier.length > most) return false;
    const other = side === this.#from ? this.#to : this.#from;
    const found = await this.#reader.neighbours(side.frontier);
    const distance = ++side.radius;
    const next: string[] = [];
    await this.#slices.each(found, ([id, neighbours]) => {
      side.neighbours.set(id, neighbours);
      for (const neighbour of neighbours) {
        if (side.distances.has(neighbour)) continue;
        side.distances.set(neighbour, distance);
        next.push(neighbour);
      }
    });
    const passable = await this.#reader.passable(next, this.#ends);
    if (passable.length < next.length) {
      const kept = new Set(passable);
      for (const id of next) if (!kept.has(id)) side.distances.delete(id);
    }
    this.#isMet ||= passable.some((id) => other.distances.has(id));
    // A path ends at the other end: nothing behind it is on one.
    side.advance(passable.filter((id) => !this.#ends.has(id)));
    return true;
  }

  /** The side whose frontier is cheaper to read; it is counted only as far as that could change the choice. */
  async #cheaper(): Promise<Side> {
    // Where nothing is known of either side, one statement asks for both.
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
   * The steps that a path within `length`, itself within reach, may take: each node that may lie on one, and its
   * neighbours among these.
   */
  async steps(length: number): Promise<Map<string, Set<string>>> {
    const [from, to] = [this.#from, this.#to];
    const mayLieOn = (id: string): boolean => {
      const [before, after] = [from.distances.get(id), to.distances.get(id)];
      // Met from neither side: the walk does not pass there.
      if (before === undefined && after === undefined) return false;
      // Not met from one side: further from it than that side has read.
      return (before ?? from.radius + 1) + (after ?? to.radius + 1) <= length;
    };
    const steps = new Map<string, Set<string>>();
    const join = (a: string, b: string): void => {
      const known = steps.get(a);
      if (known) known.add(b);
      else steps.set(a, new Set([b]));
    };
    for (const side of [from, to]) {
      await this.#slices.each(side.neighbours, ([id, neighbours]) => {
        if (!mayLieOn(id)) return;
        for (const neighbour of neighbours) {
          if (!mayLieOn(neighbour)) continue;
          join(id, neighbour);
          join(neighbour, id);
        }
      });
    }
    return steps;
  }
}
