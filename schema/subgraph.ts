import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import type { FoundSubgraph } from './found-subgraph.ts';
import {
  edgesOf,
  nodesOf,
  relationshipsOf,
  SubgraphEdgesConnection,
  SubgraphNodesConnection,
  SubgraphRelationshipsConnection,
} from './subgraph-lists.ts';

/** What a field costs that looks at every node or edge of a part. */
export const SUBGRAPH_COST = { cost: { weight: 100 } };
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
      extensions: SUBGRAPH_COST,
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
      resolve: nodesOf,
    }),
    edges: t.field({
      type: SubgraphEdgesConnection,
      description:
        'The pairs of its nodes that a relationship connects, by the names of the first and the second node.',
      args: pageArguments(t.arg),
      resolve: edgesOf,
    }),
    relationships: t.field({
      type: SubgraphRelationshipsConnection,
      description:
        'The relationships among its nodes, with their periods and sources, by the names of the two nodes, then by identifier; those of a neighbourhood by identifier.',
      args: pageArguments(t.arg),
      resolve: relationshipsOf,
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
  }),
});
