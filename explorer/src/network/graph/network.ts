import { type Placed, placeAmong } from './place.ts';

/** A fact that joins two nodes. */
export interface NetworkRelationship {
  readonly type: string;
  /** Kind of a partnership; null for others. */
  readonly kind: string | null;
  readonly since: string | null;
  readonly until: string | null;
  /** What it adds to the weight of its edge, and to its common projects. */
  readonly strength: number;
  readonly projects: number;
}

/** A node as the picture and the table show it. */
export interface NetworkNode {
  readonly id: string;
  readonly name: string;
  /** Organisation, Pole, Cluster, Project, or Community. */
  readonly type: string;
  /** Kind of an organisation; null for others. */
  readonly kind: string | null;
  readonly region: string | null;
  readonly community: number | null;
  /** Measures by name: degree, page_rank. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Two nodes by their numbers, with all that joins them. */
export interface NetworkEdge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly projects: number;
  readonly relationships: readonly NetworkRelationship[];
}

/** A graph that can be drawn: nodes by number, edges by number, the strongest first. It does not change. */
export class Network {
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
  /** Where node `n` is, in units of its own. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #offsets: Int32Array;
  readonly #edgeAt: Int32Array;

  constructor(
    nodes: readonly NetworkNode[],
    edges: readonly NetworkEdge[],
    positions: (node: number) => [number, number],
  ) {
    this.nodes = nodes;
    this.edges = edges.toSorted((a, b) => b.weight - a.weight);
    this.x = new Float64Array(nodes.length);
    this.y = new Float64Array(nodes.length);
    for (let node = 0; node < nodes.length; node++) {
      const [x, y] = positions(node);
      this.x[node] = x;
      this.y[node] = y;
    }
    this.#numbers = new Map(nodes.map(({ id }, number) => [id, number]));
    this.#offsets = new Int32Array(nodes.length + 1);
    for (const { from, to } of this.edges) {
      this.#offsets[from + 1]!++;
      this.#offsets[to + 1]!++;
    }
    for (let node = 0; node < nodes.length; node++) this.#offsets[node + 1]! += this.#offsets[node]!;
    const next = this.#offsets.slice();
    this.#edgeAt = new Int32Array(2 * this.edges.length);
    for (const [edge, { from, to }] of this.edges.entries()) {
      this.#edgeAt[next[from]!++] = edge;
      this.#edgeAt[next[to]!++] = edge;
    }
  }

  /** The same with nodes where another network has them, and the others beside their neighbours. */
  placedAs(before: Network): Network {
    const known = new Map<number, Placed>();
    for (const [number, { id }] of this.nodes.entries()) {
      const one = before.find(id);
      if (one >= 0) known.set(number, { x: before.x[one]!, y: before.y[one]! });
    }
    if (known.size === 0) return this;
    const placed = placeAmong(this.nodes.length, this.edges, known);
    return new Network(this.nodes, this.edges, (node) => [placed[node]!.x, placed[node]!.y]);
  }

  /** The number of a node; -1 for one that is not in it. */
  find(id: string): number {
    return this.#numbers.get(id) ?? -1;
  }

  /** The edges of a node, the strongest first. */
  edgesOf(node: number): Int32Array {
    return this.#edgeAt.subarray(this.#offsets[node]!, this.#offsets[node + 1]!);
  }

  degree(node: number): number {
    return this.#offsets[node + 1]! - this.#offsets[node]!;
  }

  /** The node at the other end of an edge. */
  across(edge: number, node: number): number {
    const { from, to } = this.edges[edge]!;
    return from === node ? to : from;
  }

  /** The number of the edge between two nodes; -1 where there is none. */
  findEdge(one: number, other: number): number {
    if (one < 0 || other < 0) return -1;
    const [fewer, target] = this.degree(one) < this.degree(other) ? [one, other] : [other, one];
    for (const edge of this.edgesOf(fewer)) if (this.across(edge, fewer) === target) return edge;
    return -1;
  }
}

/** The name of an edge in an address: the identifiers of its ends. */
export const edgeName = ({ nodes, edges }: Network, edge: number): string =>
  `${nodes[edges[edge]!.from]!.id}~${nodes[edges[edge]!.to]!.id}`;

/** The number of the edge of such a name; -1 where there is none. */
export function edgeNamed(network: Network, name: string): number {
  const [from = '', to = ''] = name.split('~');
  return network.findEdge(network.find(from), network.find(to));
}
