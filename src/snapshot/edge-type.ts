import type { SnapshotType } from '../store/snapshot.ts';
import { Adjacency, type Side } from './adjacency.ts';
import type { DayNumbers, Dictionaries } from './columns.ts';
import { Edges } from './edges.ts';
import type { PartsOf } from './parts.ts';

/** Partnerships have no direction: one list holds both ends. */
const UNDIRECTED: SnapshotType = 'PARTNERS_WITH';

/** The relationships of one type: their columns, and their lists at each node. */
export class EdgeType {
  readonly edges: Edges;
  readonly #removed = new Set<number>();
  readonly #adjacency: Partial<Record<Side, Adjacency>>;
  readonly #lists: readonly (readonly [side: Side, adjacency: Adjacency])[];

  constructor(type: SnapshotType, dictionaries: Dictionaries) {
    const isUndirected = type === UNDIRECTED;
    const edges = new Edges(dictionaries, isUndirected);
    this.edges = edges;
    const sides: readonly Side[] = isUndirected ? ['both'] : ['out', 'in'];
    this.#lists = sides.map((side) => [side, new Adjacency(edges, side)]);
    this.#adjacency = Object.fromEntries(this.#lists);
  }

  /** The lists of one side; of an undirected type both sides are one. */
  at(side: 'out' | 'in'): Adjacency {
    return this.#adjacency[side] ?? this.#adjacency.both!;
  }

  /** Calls `visit` with each edge that begins, or ends, at a node, and with its other end: those valid on some days, where days are given. */
  each(
    node: number,
    side: 'out' | 'in',
    days: DayNumbers | null,
    visit: (edge: number, neighbour: number) => void,
  ): void {
    const { edges } = this;
    this.at(side).each(node, (edge, neighbour) => {
      if (days === null || edges.isValid(edge, days.first, days.last)) visit(edge, neighbour);
    });
  }

  /** The neighbours of a node along these edges, one for each. */
  neighbours(node: number, side: 'out' | 'in', days: DayNumbers | null): number[] {
    const found: number[] = [];
    this.each(node, side, days, (_, neighbour) => void found.push(neighbour));
    return found;
  }

  /** The lists in which an edge stands, each with the node whose list it is. */
  lists(): readonly (readonly [side: Side, adjacency: Adjacency])[] {
    return this.#lists;
  }

  /** How many edges begin or end at a node. */
  degree(node: number): number {
    return this.lists().reduce((sum, [, adjacency]) => sum + adjacency.degree(node), 0);
  }

  get isUndirected(): boolean {
    return this.#adjacency.both !== undefined;
  }

  /** Notes that an edge is gone: no list may hold it any more. */
  remove(edge: number): void {
    this.#removed.add(edge);
  }

  get existing(): Int32Array {
    const all = new Int32Array(this.edges.size - this.#removed.size);
    let length = 0;
    for (let edge = 0; edge < this.edges.size; edge++) if (!this.#removed.has(edge)) all[length++] = edge;
    return all;
  }

  save(parts: PartsOf, nodes: number): void {
    this.edges.save(parts);
    parts.set('removed', Int32Array.from(this.#removed));
    for (const [side, adjacency] of this.lists()) adjacency.save(parts.of(side), nodes);
  }

  restore(parts: PartsOf): void {
    this.edges.restore(parts);
    for (const edge of parts.get<Int32Array>('removed')) this.#removed.add(edge);
    for (const [side, adjacency] of this.lists()) adjacency.restore(parts.of(side));
  }

  get count(): number {
    return this.edges.size - this.#removed.size;
  }

  /** Entries that a new build would save: of removed edges, and of lists beside the rows. */
  get garbage(): number {
    return this.lists().reduce((sum, [, adjacency]) => sum + adjacency.changedEntries, this.#removed.size);
  }

  get bytes(): number {
    return this.lists().reduce((sum, [, adjacency]) => sum + adjacency.bytes, this.edges.bytes);
  }
}
