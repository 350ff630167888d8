import { Network, type NetworkEdge, type NetworkNode, type NetworkRelationship } from './network.ts';
import { type Placed, placeAmong } from './place.ts';

/** A node of a file of the format NODE_LINK_JSON: what is not known is absent. */
interface FileNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly kind?: string;
  readonly region?: string;
  readonly community?: number;
  readonly x?: number;
  readonly y?: number;
  readonly [measure: string]: unknown;
}

/** A source of what a file has. */
export interface FileSource {
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  readonly url?: string;
  readonly licence?: string;
  readonly facts: number;
}

/** A file of the format NODE_LINK_JSON (docs/exports.md). */
export interface NodeLinkFile {
  readonly graph: { readonly title: string; readonly date: string; readonly sources: readonly FileSource[] };
  readonly nodes: readonly FileNode[];
  readonly edges: readonly {
    readonly source: string;
    readonly target: string;
    readonly weight: number;
    readonly projects: number;
    readonly relationships: readonly Partial<NetworkRelationship>[];
  }[];
}

const OWN = new Set(['id', 'name', 'type', 'kind', 'region', 'community', 'x', 'y']);

function nodeOf(node: FileNode): NetworkNode {
  const { id, name, type, kind = null, region = null, community = null } = node;
  const values = Object.fromEntries(Object.entries(node).filter(([key]) => !OWN.has(key))) as Record<string, number>;
  return { id, name, type, kind, region, community, values };
}

/**
 * The network of a file. Where nodes were added to a part whose positions are known, `base` is the file of that part: its
 * nodes stay where they were, and the others are placed beside their neighbours.
 */
export function networkOf(file: NodeLinkFile, base: NodeLinkFile = file): Network {
  const numbers = new Map(file.nodes.map(({ id }, number) => [id, number]));
  // Other relationships than partnerships have no strength of their own: they count 1.
  const relationship = (given: Partial<NetworkRelationship>): NetworkRelationship => {
    const { type = '', kind = null, since = null, until = null, strength = 1, projects = 0 } = given;
    return { type, kind, since, until, strength, projects };
  };
  const edges = file.edges.map(
    ({ source, target, weight, projects, relationships }): NetworkEdge => ({
      ...{ from: numbers.get(source)!, to: numbers.get(target)!, weight, projects },
      relationships: relationships.map(relationship),
    }),
  );
  const known = new Map<number, Placed>();
  for (const { id, x, y } of base.nodes) {
    const number = numbers.get(id);
    if (number !== undefined && x !== undefined && y !== undefined) known.set(number, { x, y });
  }
  const placed = placeAmong(file.nodes.length, edges, known);
  return new Network(file.nodes.map(nodeOf), edges, (node) => [placed[node]!.x, placed[node]!.y]);
}
