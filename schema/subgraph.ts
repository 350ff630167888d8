import { components } from '../src/measures/components.ts';
import { degreeDistribution } from '../src/measures/degree.ts';
import { type ComputedOrder, pageOfComputed } from '../src/paging/computed-page.ts';
import { type NumberedList, numberedPage } from '../src/paging/numbered-page.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import type { TraversalConditions } from '../src/store/traversal.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import type { Days, Selection } from '../src/subgraphs/selection.ts';
import type { NearLink, NearNode, Neighbourhood } from '../src/traversal/neighbourhood.ts';
import { builder } from './builder.ts';
import { type ComputedConnection, computedConnectionOf } from './computed-connection.ts';
import { pageArguments } from './connection.ts';
import type { RequestContext } from './context.ts';
import { badInput } from './errors.ts';
import { type Identified, Node } from './node.ts';
import { existingNode, existingRelationship } from './path.ts';
import { Relationship } from './relationship.ts';

/** A part of the graph, and what tells it from any other: its lists' cursors are good for it alone. */
export interface FoundSubgraph {
  readonly request: unknown;
  /** What a traversal has found; null for a part that conditions select. */
  readonly part: Neighbourhood | null;
  /** The conditions by which the graph in memory selects the same part. */
  readonly selection: Selection;
  readonly conditions: TraversalConditions;
  readonly days: Days | null;
  /** The same part from the graph in memory, which measures read. */
  readonly selected: () => Promise<SelectedGraph>;
  /** What the same conditions select in other days. */
  readonly during: (days: Days) => FoundSubgraph;
}

const nearOrder = (request: unknown): ComputedOrder<NearNode> => ({
  list: ['subgraph nodes', request],
  position: ({ distance, nearerNeighbours, id }) => [distance, -nearerNeighbours, id],
  types: ['number', 'number', 'string'],
});

const linkOrder = (request: unknown): ComputedOrder<NearLink> => ({
  list: ['subgraph relationships', request],
  position: ({ id }) => [id],
  types: ['string'],
});

/** Nodes by the keys that order them. */
const selectedNodes = (graph: SelectedGraph, request: unknown): NumberedList => ({
  length: graph.nodes.length,
  list: ['subgraph nodes', request],
  types: ['string'],
  position: (node) => [graph.nodes[node]!.id],
  find: ([id]) => graph.find(String(id)),
});

/** A pair of nodes of a selected graph. */
interface PairIn {
  readonly graph: SelectedGraph;
  readonly pair: number;
}

const idsOf = ({ graph, pair }: PairIn): readonly [from: string, to: string] => [
  graph.nodes[graph.pairs.from[pair]!]!.id,
  graph.nodes[graph.pairs.to[pair]!]!.id,
];

const selectedPairs = (graph: SelectedGraph, request: unknown): NumberedList => ({
  length: graph.pairCount,
  list: ['subgraph edges', request],
  types: ['string', 'string'],
  position: (pair) => idsOf({ graph, pair }),
  find: ([from, to]) => graph.findPair(String(from), String(to)),
});

/** Relationships by their pair, and by their place among those of the pair. */
const selectedRelationships = (graph: SelectedGraph, request: unknown): NumberedList => ({
  length: graph.relationshipCount,
  list: ['subgraph relationships', request],
  types: ['string', 'string', 'number'],
  position: (relationship) => {
    const pair = graph.pairOf(relationship);
    return [...idsOf({ graph, pair }), relationship - graph.pairs.start[pair]!];
  },
  find: ([from, to, place]) => {
    const pair = graph.findPair(String(from), String(to));
    if (pair < 0 || !Number.isInteger(place) || Number(place) < 0) return -1;
    const relationship = graph.pairs.start[pair]! + Number(place);
    return relationship < graph.pairs.start[pair + 1]! ? relationship : -1;
  },
});

/** A relationship on a page: one that a traversal has read, or one by its number in a selected graph. */
type RelationshipIn =
  | { readonly subgraph: FoundSubgraph; readonly link: NearLink }
  | { readonly subgraph: FoundSubgraph; readonly graph: SelectedGraph; readonly number: number };

async function relationshipOf(item: RelationshipIn, { loaders }: RequestContext): Promise<RelationshipRecord> {
  const { subgraph } = item;
  if ('link' in item) {
    return existingRelationship(await loaders.links(subgraph.conditions).load(item.link), item.link.from);
  }
  const { graph, number } = item;
  const pair = graph.pairOf(number);
  const [from, to] = idsOf({ graph, pair });
  const all = await loaders.between(subgraph.conditions, subgraph.days).load({ from, to });
  return existingRelationship(all[number - graph.pairs.start[pair]!] ?? null, from);
}

const SubgraphNodesConnection = computedConnectionOf<{ readonly id: string }, Identified>(
  'SubgraphNodes',
  Node,
  'nodes of a part of the graph',
  ({ id }, context) => existingNode(id, context),
);

const SubgraphRelationshipsConnection = computedConnectionOf<RelationshipIn, RelationshipRecord>(
  'SubgraphRelationships',
  Relationship,
  'relationships of a part of the graph',
  relationshipOf,
);

const NodePair = builder.objectRef<PairIn>('NodePair').implement({
  description: 'Two nodes of a part of the graph that at least one of its relationships connects.',
  fields: (t) => ({
    from: t.field({
      type: Node,
      description: 'The first of the two by name.',
      resolve: (pair, _, context) => existingNode(idsOf(pair)[0], context),
    }),
    to: t.field({
      type: Node,
      description: 'The second of the two by name.',
      resolve: (pair, _, context) => existingNode(idsOf(pair)[1], context),
    }),
    strength: t.float({
      description:
        'Sum of the strengths of their partnerships, over all dates (Newman 2001). Every relationship of another type counts 1.',
      resolve: ({ graph, pair }) => graph.pairs.strength[pair]!,
    }),
    projectCount: t.int({
      description: 'Number of projects they have in common, over all dates.',
      resolve: ({ graph, pair }) => graph.pairs.projects[pair]!,
    }),
    relationshipCount: t.int({
      description: 'Number of relationships between them.',
      resolve: ({ graph, pair }) => graph.pairs.start[pair + 1]! - graph.pairs.start[pair]!,
    }),
  }),
});

const SubgraphEdgesConnection = computedConnectionOf<PairIn, PairIn>(
  'SubgraphEdges',
  NodePair,
  'connected pairs of nodes of a part of the graph',
  (pair) => pair,
);

const DegreeCount = builder.objectRef<{ readonly degree: number; readonly count: number }>('DegreeCount').implement({
  description: 'Number of nodes with the same number of neighbours.',
  fields: (t) => ({
    degree: t.exposeInt('degree', { description: 'Number of neighbours.' }),
    count: t.exposeInt('count', { description: 'Number of nodes that have as many.' }),
  }),
});

/** A component of a part of the graph. */
interface Components {
  readonly sizes: readonly number[];
}

const MAX_SIZES = 100;

const SubgraphComponents = builder.objectRef<Components>('SubgraphComponents').implement({
  description: 'Connected components: parts in which a path joins every two nodes, and none leads out.',
  fields: (t) => ({
    count: t.int({ description: 'Number of components.', resolve: ({ sizes }) => sizes.length }),
    largestSize: t.int({
      description: 'Number of nodes of the largest one. 0 without nodes.',
      resolve: ({ sizes }) => sizes[0] ?? 0,
    }),
    sizes: t.intList({
      maximum: MAX_SIZES,
      description: 'Number of nodes of each component, largest first.',
      resolve: ({ sizes }) => sizes.slice(0, MAX_SIZES),
    }),
  }),
});

/** What a field costs that looks at every node or edge of a part. */
const COST = { cost: { weight: 100 } };
/** Different degrees in one answer, at most. */
const MAX_DEGREES = 1_000;

export const Subgraph = builder.objectRef<FoundSubgraph>('Subgraph').implement({
  description:
    'A part of the graph: nodes, and every matching relationship among them. Its edges are the pairs of nodes that a relationship connects, in either direction: measures see each pair once.',
  fields: (t) => ({
    nodeCount: t.int({
      description: 'Number of nodes.',
      resolve: async ({ part, selected }) => (part ?? (await selected())).nodes.length,
    }),
    relationshipCount: t.int({
      description: 'Number of relationships among its nodes.',
      resolve: async ({ part, selected }) =>
        part ? (await part.links()).length : (await selected()).relationshipCount,
    }),
    edgeCount: t.int({
      description: 'Number of pairs of nodes that a relationship connects.',
      resolve: async ({ selected }) => (await selected()).pairCount,
    }),
    isolatedCount: t.int({
      description: 'Number of nodes without a neighbour.',
      extensions: COST,
      resolve: async ({ selected }) => {
        const graph = await selected();
        return graph.nodes.reduce((count, _, node) => count + (graph.degree(node) === 0 ? 1 : 0), 0);
      },
    }),
    truncated: t.boolean({
      description: 'True when the limit of a neighbourhood left out further nodes.',
      resolve: ({ part }) => part?.truncated ?? false,
    }),
    nodes: t.field({
      type: SubgraphNodesConnection,
      description:
        'Its nodes, by name; those of a neighbourhood nearest first, then those connected to more nodes of the level before, then by identifier.',
      args: pageArguments(t.arg),
      resolve: async ({ part, selected, request }, page): Promise<ComputedConnection<{ readonly id: string }>> => {
        if (part) {
          const { nodes } = part;
          return { page: async () => pageOfComputed(nodes, nearOrder(request), page), total: async () => nodes.length };
        }
        const graph = await selected();
        return {
          page: async () => {
            const found = numberedPage(selectedNodes(graph, request), page);
            return { ...found, edges: found.edges.map(({ item, cursor }) => ({ item: graph.nodes[item]!, cursor })) };
          },
          total: async () => graph.nodes.length,
        };
      },
    }),
    edges: t.field({
      type: SubgraphEdgesConnection,
      description:
        'The pairs of its nodes that a relationship connects, by the names of the first and the second node.',
      args: pageArguments(t.arg),
      resolve: async ({ selected, request }, page): Promise<ComputedConnection<PairIn>> => {
        const graph = await selected();
        return {
          page: async () => {
            const found = numberedPage(selectedPairs(graph, request), page);
            return {
              ...found,
              edges: found.edges.map(({ item: pair, cursor }) => ({ item: { graph, pair }, cursor })),
            };
          },
          total: async () => graph.pairCount,
        };
      },
    }),
    relationships: t.field({
      type: SubgraphRelationshipsConnection,
      description:
        'The relationships among its nodes, with their periods and sources, by the names of the two nodes, then by identifier; those of a neighbourhood by identifier.',
      args: pageArguments(t.arg),
      resolve: async (subgraph, page): Promise<ComputedConnection<RelationshipIn>> => {
        const { part, request, selected } = subgraph;
        if (part) {
          return {
            page: async () => {
              const found = pageOfComputed(await part.links(), linkOrder(request), page);
              return {
                ...found,
                edges: found.edges.map(({ item: link, cursor }) => ({ item: { subgraph, link }, cursor })),
              };
            },
            total: async () => (await part.links()).length,
          };
        }
        const graph = await selected();
        return {
          page: async () => {
            const found = numberedPage(selectedRelationships(graph, request), page);
            return {
              ...found,
              edges: found.edges.map(({ item: number, cursor }) => ({ item: { subgraph, graph, number }, cursor })),
            };
          },
          total: async () => graph.relationshipCount,
        };
      },
    }),
    density: t.float({
      description:
        'Share of its pairs of nodes that a relationship connects, in either direction: 2m / (n (n - 1)), from 0 to 1. 0 with fewer than two nodes.',
      resolve: async ({ part, selected }) => {
        if (part) return part.density();
        const { nodes, pairCount } = await selected();
        return nodes.length < 2 ? 0 : (2 * pairCount) / (nodes.length * (nodes.length - 1));
      },
    }),
    degreeDistribution: t.field({
      type: [DegreeCount],
      description: 'How many nodes have how many neighbours, fewest neighbours first.',
      extensions: COST,
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: 200,
          description: `Number of different degrees. Maximum: ${MAX_DEGREES.toLocaleString('en')}.`,
        }),
      },
      resolve: async ({ selected }, { first }) => {
        if (first < 0 || first > MAX_DEGREES) throw badInput(`first: ${first} is not between 0 and ${MAX_DEGREES}.`);
        return degreeDistribution((await selected()).weighted('NONE')).slice(0, first);
      },
    }),
    components: t.field({
      type: SubgraphComponents,
      description: 'Its connected components.',
      extensions: COST,
      resolve: async ({ selected }) => {
        const sizes: number[] = [];
        for (const component of components((await selected()).weighted('NONE'))) {
          sizes[component] = (sizes[component] ?? 0) + 1;
        }
        return { sizes };
      },
    }),
  }),
});
