import { numberedPage } from '../src/loaders/numbered-page.ts';
import type { PageArguments } from '../src/loaders/window.ts';
import type { Positions } from '../src/measures/force-atlas.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { PageInfo, pageArguments } from './connection.ts';
import { Node } from './node.ts';
import { existingNode } from './path.ts';
import { Subgraph } from './subgraph.ts';
import { MEASURE_COST } from './subgraph-parameters.ts';

interface Placed {
  readonly graph: SelectedGraph;
  readonly positions: Positions;
  readonly node: number;
  readonly cursor: string;
}

interface FoundPositions {
  readonly graph: SelectedGraph;
  readonly positions: Positions;
  readonly list: readonly unknown[];
  readonly page: PageArguments;
}

function placedPage({ graph, positions, list, page }: FoundPositions) {
  const found = numberedPage(
    {
      ...{ length: graph.nodes.length, list, types: ['string'] },
      position: (node) => [graph.nodes[node]!.id],
      find: ([id]) => graph.find(String(id)),
    },
    page,
  );
  return { ...found, edges: found.edges.map(({ item: node, cursor }): Placed => ({ graph, positions, node, cursor })) };
}

const PositionsEdge = builder.objectRef<Placed>('PositionsEdge').implement({
  description: 'A node and where it is drawn.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', {
      description: 'Cursor of this entry. Send it as after or before to continue from here.',
    }),
    node: t.field({
      type: Node,
      description: 'The node.',
      resolve: ({ graph, node }, _, context) => existingNode(graph.nodes[node]!.id, context),
    }),
    x: t.float({ description: 'Position to the right.', resolve: ({ positions, node }) => positions[2 * node]! }),
    y: t.float({ description: 'Position downward.', resolve: ({ positions, node }) => positions[2 * node + 1]! }),
  }),
});

const PositionsConnection = builder.objectRef<FoundPositions>('PositionsConnection').implement({
  description: 'A page of nodes and where they are drawn.',
  fields: (t) => ({
    edges: t.field({
      type: [PositionsEdge],
      description: 'Edges of the page.',
      resolve: (found) => placedPage(found).edges,
    }),
    nodes: t.field({
      type: [Node],
      description: 'Nodes of the page, without their positions.',
      resolve: (found, _, context) =>
        placedPage(found).edges.map(({ graph, node }) => existingNode(graph.nodes[node]!.id, context)) as never,
    }),
    pageInfo: t.field({ type: PageInfo, description: 'Position of the page in the list.', resolve: placedPage }),
    totalCount: t.int({ description: 'Number of nodes.', resolve: ({ graph }) => graph.nodes.length }),
  }),
});

builder.objectField(Subgraph, 'positions', (t) =>
  t.field({
    type: PositionsConnection,
    description:
      'Where its nodes are drawn, by name: ForceAtlas2 with Barnes-Hut (Jacomy et al. 2014), edges attracting by strength. Joined nodes are near each other; distances and directions have no other meaning.',
    extensions: MEASURE_COST,
    args: {
      seed: t.arg.int({
        required: true,
        defaultValue: 1,
        description: 'Start of the random numbers: the same graph and seed give the same positions.',
      }),
      ...pageArguments(t.arg),
    },
    resolve: async ({ selected, request }, { seed, ...page }, { subgraphs }) => {
      const graph = await selected();
      const positions = await subgraphs.measures(graph).positions(seed);
      return { graph, positions, page, list: ['positions', request, seed] };
    },
  }),
);
