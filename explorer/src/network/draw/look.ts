import type { Network, NetworkEdge } from '../graph/network.ts';

/** Whether something is drawn: not at all, faded, as it is, or as what came or went between two years. */
export const SHOWN = { no: 0, faded: 1, yes: 2, came: 3, went: 4 } as const;

/** Forms of nodes by type. */
export const SHAPES = { circle: 0, square: 1, diamond: 2, triangle: 3 } as const;

/** How each node and edge of a network looks now. Columns by number. */
export interface Look {
  /** In pixels, at the scale at which the whole network is seen. */
  readonly radius: Float32Array;
  /** Slots of colours. */
  readonly slot: Uint8Array;
  readonly shape: Uint8Array;
  /** Values of SHOWN. */
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
  /** In pixels. */
  readonly width: Float32Array;
  readonly labels: readonly string[];
}

const SHAPE_OF_TYPE: Readonly<Record<string, number>> = {
  Pole: SHAPES.square,
  Cluster: SHAPES.diamond,
  Project: SHAPES.triangle,
};

/** The form of a type of nodes. */
export const shapeOf = (type: string): number => SHAPE_OF_TYPE[type] ?? SHAPES.circle;

/** Pixels of the smallest and the largest node, which are smaller where there are many. */
function radiusBounds(count: number): readonly [least: number, most: number] {
  if (count <= 60) return [6, 22];
  if (count <= 300) return [4, 18];
  return count <= 1_000 ? [2.6, 14] : [2, 11];
}

/** Radii whose areas grow with values that are not negative; unknown ones have the smallest. */
export function radiiOf(values: readonly (number | null)[], bounds = radiusBounds(values.length)): Float32Array {
  const [least, most] = bounds;
  const largest = values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0) || 1;
  return Float32Array.from(values, (value) => least + (most - least) * Math.sqrt((value ?? 0) / largest));
}

/** Pixels of the smallest and the largest community. */
export const COMMUNITY_BOUNDS = [3, 36] as const;

/** Pixels of edges, by strength; thinner where there are many. A strength has the same width in each year. */
export function widthsOf({ edges }: Network, strengthOf: (edge: NetworkEdge) => number): Float32Array {
  const strongest = edges[0]?.weight || 1;
  const most = edges.length < 400 ? 5 : edges.length < 3_000 ? 3 : 2;
  const least = edges.length < 400 ? 1 : 0.6;
  return Float32Array.from(edges, (edge) => least + (most - least) * Math.sqrt(strengthOf(edge) / strongest));
}
