import type { Path } from '../store/in-memory.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import type { DayNumbers } from './columns.ts';
import type { Snapshot } from './snapshot.ts';

const OPPOSITE = { out: 'in', in: 'out', both: 'both' } as const;

/** One step of a path: along edges of some types, in a direction, valid on some days where days are given. */
interface Hop {
  readonly types: readonly SnapshotType[];
  readonly side: 'out' | 'in' | 'both';
  readonly days: DayNumbers | null;
}

/** Calls `visit` with each node to which a hop leads, once for each edge. */
function eachEnd(snapshot: Snapshot, node: number, { types, side, days }: Hop, visit: (end: number) => void): void {
  for (const type of types) {
    snapshot.type(type).each(node, side === 'both' ? 'out' : side, days, (_, neighbour) => visit(neighbour));
  }
}

/** The nodes from which paths lead to some nodes: found all at once, or looked at one by one. */
export class Leading {
  readonly #snapshot: Snapshot;
  /** The first hop of the paths, and where they are after it. */
  readonly #hop: Hop;
  readonly #reached: ReadonlySet<number>;
  /** How many edges are looked at to find all. */
  readonly cost: number;
  #all: Int32Array | null = null;

  constructor(snapshot: Snapshot, hop: Hop, reached: ReadonlySet<number>) {
    this.#snapshot = snapshot;
    this.#hop = hop;
    this.#reached = reached;
    const at = hop.side === 'in' ? 'out' : 'in';
    const adjacencies = hop.types.map((type) => snapshot.type(type).at(at));
    let cost = 0;
    for (const node of reached) for (const adjacency of adjacencies) cost += adjacency.degree(node);
    this.cost = cost;
  }

  /** All of them, each once, in no order. */
  get all(): Int32Array {
    if (this.#all !== null) return this.#all;
    const back: Hop = { ...this.#hop, side: OPPOSITE[this.#hop.side] };
    const isFound = new Uint8Array(this.#snapshot.nodes.size);
    const found: number[] = [];
    const take = (node: number): void => {
      if (isFound[node] === 1) return;
      isFound[node] = 1;
      found.push(node);
    };
    for (const node of this.#reached) eachEnd(this.#snapshot, node, back, take);
    this.#all = Int32Array.from(found);
    return this.#all;
  }

  /** Whether a node is one of them. */
  has(node: number): boolean {
    let isOne = false;
    eachEnd(this.#snapshot, node, this.#hop, (end) => {
      isOne ||= this.#reached.has(end);
    });
    return isOne;
  }
}

/** Paths of one form through a snapshot, at a date where there is one. To be used before the next await. */
export class Paths {
  readonly #snapshot: Snapshot;
  readonly #path: Path;
  readonly #days: DayNumbers | null;
  readonly #main: Hop;
  readonly #first: Hop | null;
  /** What a node of the hierarchy leads up to, itself included. */
  readonly #above = new Map<number, readonly number[]>();

  constructor(snapshot: Snapshot, path: Path, days: DayNumbers | null) {
    this.#snapshot = snapshot;
    this.#path = path;
    this.#days = days;
    const { from, types, side } = path;
    this.#main = { types, side, days };
    this.#first = from ? { types: [from.type], side: from.side, days: null } : null;
  }

  /** The nodes from which a path leads to one of some nodes. */
  leadingTo(ids: readonly string[]): Leading {
    const ends = ids.map((id) => this.#snapshot.nodes.find(id)).filter((number) => number >= 0);
    const below = this.#hierarchy(ends, 'in');
    if (this.#first === null) return new Leading(this.#snapshot, this.#main, below);
    const back: Hop = { ...this.#main, side: OPPOSITE[this.#main.side] };
    const reached = new Set<number>();
    for (const node of below) eachEnd(this.#snapshot, node, back, (before) => void reached.add(before));
    return new Leading(this.#snapshot, this.#first, reached);
  }

  /** The nodes to which paths lead from a node, each once. */
  ends(node: number): Set<number> {
    const found = new Set<number>();
    const takeFrom = (first: number): void =>
      eachEnd(this.#snapshot, first, this.#main, (next) => {
        for (const end of this.#aboveOf(next)) found.add(end);
      });
    if (this.#first === null) takeFrom(node);
    else eachEnd(this.#snapshot, node, this.#first, takeFrom);
    return found;
  }

  #aboveOf(node: number): readonly number[] {
    const known = this.#above.get(node) ?? [...this.#hierarchy([node], 'out')];
    this.#above.set(node, known);
    return known;
  }

  /** Some nodes, and those up or down the hierarchy from them. */
  #hierarchy(nodes: readonly number[], side: 'out' | 'in'): Set<number> {
    const { through } = this.#path;
    const found = new Set(nodes);
    if (!through) return found;
    const hop: Hop = { types: [through.type], side, days: through.isDated ? this.#days : null };
    let frontier = nodes;
    for (let depth = 0; depth < through.depth && frontier.length > 0; depth++) {
      const next: number[] = [];
      const take = (node: number): void => {
        if (found.has(node)) return;
        found.add(node);
        next.push(node);
      };
      for (const from of frontier) eachEnd(this.#snapshot, from, hop, take);
      frontier = next;
    }
    return found;
  }
}
