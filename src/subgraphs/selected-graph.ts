import type { Key } from '../domain/key.ts';
import type { NodeType } from '../domain/vocabulary.ts';
import type { WeightedGraph } from '../measures/graph.ts';
import type { SnapshotType } from '../store/snapshot.ts';
import type { SourceCount } from './counted-sources.ts';
import type { Days } from './selection.ts';

/** What the weight of an edge is. */
export const EDGE_WEIGHTS = ['STRENGTH', 'PROJECTS', 'NONE'] as const;
export type EdgeWeight = (typeof EDGE_WEIGHTS)[number];

/** A node of a selected graph, as it was in the snapshot. */
export interface SelectedNode {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  /** Kind of an organisation; null for other types. */
  readonly kind: string | null;
}

/** Pairs of nodes that a relationship joins, in columns: each pair once, by its first and then its second node. */
export interface Pairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Sum of the strengths of its partnerships; other relationships count 1 each. */
  readonly strength: Float64Array;
  /** Number of common projects, over all dates. */
  readonly projects: Int32Array;
  /** Where its relationships begin among all: those of pair `p` from `start[p]` to `start[p + 1]`. */
  readonly start: Int32Array;
}

/** The relationships of a selected graph, in columns, in the order of their pairs. */
export interface SelectedRelationships {
  readonly type: Uint8Array;
  readonly kind: readonly (string | null)[];
  readonly since: readonly (string | null)[];
  readonly until: readonly (string | null)[];
  /** Strength of a partnership, and its common projects over all dates; another relationship counts 1, and has none. */
  readonly strength: Float64Array;
  readonly projects: Int32Array;
  /** First and last day, as the snapshot numbers them. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Whether it leads from the first node of its pair to the second. */
  readonly isForward: Uint8Array;
}

/** What a selected graph is made of. */
export type SelectedParts = Pick<
  SelectedGraph,
  'key' | 'selection' | 'version' | 'types' | 'days' | 'nodes' | 'sources' | 'pairs' | 'relationships'
>;

const shared = <Items>(Make: new (buffer: SharedArrayBuffer) => Items, bytes: number, length: number): Items =>
  new Make(new SharedArrayBuffer(bytes * length));

/**
 * A part of the graph at one version: its nodes by dense numbers in the order of names, its pairs, its relationships. It
 * does not change any more. Its neighbours are in shared memory, which workers read.
 */
export class SelectedGraph {
  readonly key: Key;
  /** The key of its selection, at any version. */
  readonly selection: Key;
  readonly version: string;
  readonly types: readonly SnapshotType[];
  /** The days for which it was selected; null: any. */
  readonly days: Days | null;
  readonly nodes: readonly SelectedNode[];
  /** What its nodes and relationships name as their sources, those of most facts first. */
  readonly sources: readonly SourceCount[];
  readonly pairs: Pairs;
  readonly relationships: SelectedRelationships;
  readonly #offsets: Int32Array;
  readonly #neighbours: Int32Array;
  /** The pair of each entry of the neighbours. */
  readonly #pairAt: Int32Array;
  readonly #weighted = new Map<EdgeWeight, WeightedGraph>();
  #numbers: ReadonlyMap<string, number> | null = null;

  constructor({ key, selection, version, types, days, nodes, sources, pairs, relationships }: SelectedParts) {
    this.key = key;
    this.selection = selection;
    this.version = version;
    this.types = types;
    this.days = days;
    this.nodes = nodes;
    this.sources = sources;
    this.pairs = pairs;
    this.relationships = relationships;
    const { from, to } = pairs;
    const offsets = shared(Int32Array, 4, nodes.length + 1);
    for (let pair = 0; pair < from.length; pair++) {
      offsets[from[pair]! + 1]!++;
      offsets[to[pair]! + 1]!++;
    }
    for (let node = 0; node < nodes.length; node++) offsets[node + 1]! += offsets[node]!;
    const neighbours = shared(Int32Array, 4, 2 * from.length);
    const pairAt = new Int32Array(2 * from.length);
    const next = offsets.slice();
    // Pairs are in order, so that all rows are: first the neighbours before a node, then those after it.
    for (let pair = 0; pair < from.length; pair++) {
      const [first, second] = [from[pair]!, to[pair]!];
      neighbours[next[first]!] = second;
      pairAt[next[first]!++] = pair;
      neighbours[next[second]!] = first;
      pairAt[next[second]!++] = pair;
    }
    this.#offsets = offsets;
    this.#neighbours = neighbours;
    this.#pairAt = pairAt;
  }

  get pairCount(): number {
    return this.pairs.from.length;
  }

  get relationshipCount(): number {
    return this.relationships.type.length;
  }

  degree(node: number): number {
    return this.#offsets[node + 1]! - this.#offsets[node]!;
  }

  /** The number of a node; -1 for one that is not selected. */
  find(id: string): number {
    this.#numbers ??= new Map(this.nodes.map((node, number) => [node.id, number]));
    return this.#numbers.get(id) ?? -1;
  }

  /** The number of a pair by its nodes, the first before the second; -1 where there is none. */
  findPair(from: string, to: string): number {
    const [first, second] = [this.find(from), this.find(to)];
    if (first < 0 || second < 0) return -1;
    for (let at = this.#offsets[first]!; at < this.#offsets[first + 1]!; at++) {
      if (this.#neighbours[at] === second) return this.#pairAt[at]!;
    }
    return -1;
  }

  /** The pair of a relationship. */
  pairOf(relationship: number): number {
    const { start } = this.pairs;
    let [low, high] = [0, this.pairCount];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (start[middle + 1]! > relationship) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The weight of a pair. */
  weight(pair: number, by: EdgeWeight): number {
    if (by === 'NONE') return 1;
    return by === 'STRENGTH' ? this.pairs.strength[pair]! : Math.max(1, this.pairs.projects[pair]!);
  }

  /** The graph as algorithms read it. */
  weighted(by: EdgeWeight): WeightedGraph {
    const known = this.#weighted.get(by);
    if (known) return known;
    const weights = shared(Float64Array, 8, this.#neighbours.length);
    if (by === 'NONE') weights.fill(1);
    else for (let at = 0; at < weights.length; at++) weights[at] = this.weight(this.#pairAt[at]!, by);
    const graph = { size: this.nodes.length, offsets: this.#offsets, neighbours: this.#neighbours, weights };
    this.#weighted.set(by, graph);
    return graph;
  }

  /** About how many bytes it takes, with the weights that are asked for most. */
  get bytes(): number {
    return 120 * this.nodes.length + 60 * this.pairCount + 50 * this.relationshipCount;
  }
}
