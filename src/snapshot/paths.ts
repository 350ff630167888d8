import type { Path } from '../store/in-memory.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import type { DayNumbers } from './columns.ts';
import type { Snapshot } from './snapshot.ts';

const OPPOSITE = { out: 'in', in: 'out', both: 'both' } as const;

/** Paths of one form through a snapshot, at a date where there is one. To be used before the next await. */
export class Paths {
  readonly #snapshot: Snapshot;
  readonly #path: Path;
  readonly #days: DayNumbers | null;
  /** What a node of the hierarchy leads up to, itself included. */
  readonly #above = new Map<number, readonly number[]>();

  constructor(snapshot: Snapshot, path: Path, days: DayNumbers | null) {
    this.#snapshot = snapshot;
    this.#path = path;
    this.#days = days;
  }

  /** The nodes from which a path leads to one of some nodes, each once, in no order. */
  leadingTo(ids: readonly string[]): Int32Array {
    const { from, types, side } = this.#path;
    const ends = ids.map((id) => this.#snapshot.nodes.find(id)).filter((number) => number >= 0);
    const isFound = new Uint8Array(this.#snapshot.nodes.size);
    const found: number[] = [];
    for (const last of this.#hierarchy(ends, 'in')) {
      for (const first of this.#steps(last, types, OPPOSITE[side], this.#days)) {
        const nodes = from ? this.#steps(first, [from.type], OPPOSITE[from.side], null) : [first];
        for (const node of nodes) {
          if (isFound[node] === 1) continue;
          isFound[node] = 1;
          found.push(node);
        }
      }
    }
    return Int32Array.from(found);
  }

  /** The nodes to which paths lead from a node, each once. */
  ends(node: number): Set<number> {
    const { from, types, side } = this.#path;
    const found = new Set<number>();
    for (const first of from ? this.#steps(node, [from.type], from.side, null) : [node]) {
      for (const next of this.#steps(first, types, side, this.#days)) {
        for (const end of this.#aboveOf(next)) found.add(end);
      }
    }
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
    const days = through.isDated ? this.#days : null;
    let frontier = nodes;
    for (let depth = 0; depth < through.depth && frontier.length > 0; depth++) {
      const next: number[] = [];
      for (const from of frontier) {
        for (const node of this.#steps(from, [through.type], side, days)) {
          if (found.has(node)) continue;
          found.add(node);
          next.push(node);
        }
      }
      frontier = next;
    }
    return found;
  }

  *#steps(
    from: number,
    types: readonly SnapshotType[],
    side: 'out' | 'in' | 'both',
    days: DayNumbers | null,
  ): Generator<number> {
    for (const each of types) {
      yield* this.#snapshot.type(each).neighbours(from, side === 'both' ? 'out' : side, days);
    }
  }
}
