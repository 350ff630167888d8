import { COMMUNITY_BOUNDS, type Look, radiiOf, SHOWN, shapeOf, widthsOf } from '../draw/look.ts';
import { type ColourBy, CommunityColours, type Grouping, groupingOf, measureOf } from './groups.ts';
import type { Network } from './network.ts';
import { type Change, changesOf, strengthIn } from './periods.ts';

/** What of a network is shown, and how. */
export interface PictureOptions {
  readonly colour: ColourBy;
  readonly size: string;
  readonly measure: string;
  /** Values of groups that are left out. */
  readonly off: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  readonly year: number | null;
  readonly versus: number | null;
}

/** A network as it is shown: the picture, the legend and the table read the same. */
export interface Picture {
  readonly network: Network;
  readonly grouping: Grouping;
  readonly look: Look;
  readonly changes: readonly Change[];
  /** The year that is chosen, and the one that it is compared with. */
  readonly year: number | null;
  readonly versus: number | null;
  /** Nodes and edges that are shown, by number. */
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  /** Nodes that were hidden, and that the legend leaves out; edges that are not of the year. */
  readonly left: { readonly hidden: number; readonly off: number; readonly otherYears: number };
}

const EDGE_SHOWN = { both: SHOWN.yes, came: SHOWN.came, went: SHOWN.went, neither: SHOWN.no } as const;

/** In which of two years an edge is there, as bits, and how a node is shown that has edges in these years. */
const YEARS_OF = { both: 3, went: 1, came: 2, neither: 0 } as const;
const NODE_SHOWN = [SHOWN.no, SHOWN.went, SHOWN.came, SHOWN.yes] as const;

const colours = new CommunityColours();
const groupings = new WeakMap<Network, Map<string, Grouping>>();

/** The groups of a network, computed once for each attribute. */
function grouping(network: Network, by: ColourBy, measure: string): Grouping {
  const known = groupings.get(network) ?? new Map<string, Grouping>();
  groupings.set(network, known);
  const key = by === 'measure' ? `measure ${measure}` : by;
  let found = known.get(key);
  if (!found) {
    found = groupingOf(network, by, measure, colours);
    known.set(key, found);
  }
  return found;
}

/** Radii by a measure; communities by their number of members. */
function sizesOf(network: Network, size: string): Float32Array {
  const isOfCommunities = network.nodes[0]?.type === 'Community';
  if (isOfCommunities) {
    return radiiOf(
      network.nodes.map(({ values }) => values.members ?? 0),
      COMMUNITY_BOUNDS,
    );
  }
  if (size === 'same')
    return network.nodes.length < 300
      ? new Float32Array(network.nodes.length).fill(6)
      : radiiOf(network.nodes.map(() => 0.1));
  return radiiOf(network.nodes.map((_, at) => measureOf(network, at, size)));
}

/** A network as options show it. */
export function pictureOf(network: Network, options: PictureOptions): Picture {
  const { colour, size, measure, off, hidden, year, versus } = options;
  const isOfCommunities = network.nodes[0]?.type === 'Community';
  const groups = grouping(network, isOfCommunities ? 'community' : colour, measure);
  const changes = changesOf(network, year, versus);
  const left = { hidden: 0, off: 0, otherYears: 0 };
  const nodes = new Uint8Array(network.nodes.length);
  for (const [node, { id }] of network.nodes.entries()) {
    if (hidden.has(id)) left.hidden++;
    else if (off.has(groups.groups[groups.of[node]!]!.value)) left.off++;
    else nodes[node] = year === null ? SHOWN.yes : SHOWN.faded;
  }
  const edges = new Uint8Array(network.edges.length);
  const shownEdges: number[] = [];
  // In which of two years a node has an edge: bits of the first and of the second.
  const present = new Uint8Array(network.nodes.length);
  for (const [edge, { from, to }] of network.edges.entries()) {
    if (nodes[from] === SHOWN.no || nodes[to] === SHOWN.no) continue;
    if (changes[edge] === 'neither') {
      left.otherYears++;
      continue;
    }
    edges[edge] = EDGE_SHOWN[changes[edge]!];
    const years = YEARS_OF[changes[edge]!];
    present[from]! |= years;
    present[to]! |= years;
    shownEdges.push(edge);
  }
  for (let node = 0; node < nodes.length; node++) if (present[node]! > 0) nodes[node] = NODE_SHOWN[present[node]!]!;
  const shownNodes: number[] = [];
  for (let node = 0; node < nodes.length; node++) if (nodes[node] !== SHOWN.no) shownNodes.push(node);
  const { radius, shape, labels, ...all } = fixed(network, size);
  const width = year === null ? all.width : widthsOf(network, (edge) => strengthIn(edge, year, versus));
  const slot = Uint8Array.from(groups.of, (group) => groups.groups[group]!.slot);
  const look = { radius, slot, shape, nodes, edges, width, labels };
  return { network, grouping: groups, look, changes, year, versus, nodes: shownNodes, edges: shownEdges, left };
}

/** Of a picture of two years what there is in one of them: all nodes where they are, those without an edge then faded. */
export function inOneYear(picture: Picture, which: 'first' | 'second'): Picture {
  const absent = which === 'first' ? SHOWN.came : SHOWN.went;
  const { network, look, nodes, edges } = picture;
  const year = which === 'first' ? picture.year : picture.versus;
  return {
    ...{ ...picture, year, versus: null },
    look: {
      ...look,
      nodes: look.nodes.map((shown) => (shown === absent ? SHOWN.faded : shown)),
      edges: look.edges.map((shown) => (shown === absent ? SHOWN.no : shown)),
      width: widthsOf(network, (edge) => strengthIn(edge, year)),
    },
    nodes: nodes.filter((node) => look.nodes[node] !== absent && look.nodes[node] !== SHOWN.faded),
    edges: edges.filter((edge) => look.edges[edge] !== absent),
  };
}

type Fixed = Pick<Look, 'radius' | 'width' | 'shape' | 'labels'>;
const looks = new WeakMap<Network, Map<string, Fixed>>();

/** What does not change from year to year. */
function fixed(network: Network, size: string): Fixed {
  const known = looks.get(network) ?? new Map<string, Fixed>();
  looks.set(network, known);
  let found = known.get(size);
  if (!found) {
    found = {
      radius: sizesOf(network, size),
      width: widthsOf(network, ({ weight }) => weight),
      shape: Uint8Array.from(network.nodes, ({ type }) => shapeOf(type)),
      labels: network.nodes.map(({ name }) => name),
    };
    known.set(size, found);
  }
  return found;
}
