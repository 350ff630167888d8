import type { FrontierReader } from './frontier.ts';

/** What is known around one end: the distance of each node met, and the neighbours of each node gone through. */
class Side {
  readonly distances: Map<string, number>;
  readonly neighbours = new Map<string, readonly string[]>();
  /** The nodes met last, all at one distance, whose neighbours are not read yet. */
  frontier: readonly string[];
  /** Relationships of the frontier in all; null while they are not counted. */
  cost: number | null = null;
  radius = 0;

  constructor(end: string) {
    this.distances = new Map([[end, 0]]);
    this.frontier = [end];
  }

  /** No node has less than one relationship, or it would not have been met. */
  get leastCost(): number {
    return this.cost ?? this.frontier.length;
  }
}

/**
 * A search from both ends that goes on step by step: whenever asked, it reads the neighbours of the whole frontier at the
 * side where they are fewer. All paths no longer than `reach` run through what it has read.
 */
export class Meeting {
  readonly #reader: FrontierReader;
  readonly #ends: ReadonlySet<string>;
  readonly #from: Side;
  readonly #to: Side;
  #isMet = false;

  constructor(reader: FrontierReader, from: string, to: string) {
    this.#reader = reader;
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
    for (const [id, neighbours] of found) {
      side.neighbours.set(id, neighbours);
      for (const neighbour of neighbours) {
        if (side.distances.has(neighbour)) continue;
        side.distances.set(neighbour, distance);
        next.push(neighbour);
      }
    }
    const passable = await this.#reader.passable(next, this.#ends);
    if (passable.length < next.length) {
      const kept = new Set(passable);
      for (const id of next) if (!kept.has(id)) side.distances.delete(id);
    }
    this.#isMet ||= passable.some((id) => other.distances.has(id));
    // A path ends at the other end: nothing behind it is on one.
    side.frontier = passable.filter((id) => !this.#ends.has(id));
    side.cost = null;
    return true;
  }

  /** The side whose frontier has fewer relationships; they are counted only where that could change the choice. */
  async #cheaper(): Promise<Side> {
    if (this.#from.radius + this.#to.radius === 0) await this.#reader.degrees([...this.#ends]);
    for (;;) {
      const side = this.#to.leastCost < this.#from.leastCost ? this.#to : this.#from;
      if (side.cost !== null) return side;
      const degrees = await this.#reader.degrees(side.frontier);
      side.cost = side.frontier.reduce((sum, id) => sum + Math.max(1, degrees.get(id) ?? 0), 0);
    }
  }

  /**
   * The steps that a path within `length`, itself within reach, may take: each node that may lie on one, and its
   * neighbours among these.
   */
  steps(length: number): Map<string, Set<string>> {
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
      for (const [id, neighbours] of side.neighbours) {
        if (!mayLieOn(id)) continue;
        for (const neighbour of neighbours) {
          if (!mayLieOn(neighbour)) continue;
          join(id, neighbour);
          join(neighbour, id);
        }
      }
    }
    return steps;
  }
}
