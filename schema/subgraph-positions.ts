import type { Positions } from '../src/measures/force-atlas.ts';
import type { PageArguments } from '../src/paging/arguments.ts';
import type { Position } from '../src/paging/cursor.ts';
import { numberedPage } from '../src/paging/numbered-page.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { type ConnectionSource, connectionType } from './connection-type.ts';
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

function positionsOf(
  graph: SelectedGraph,
  positions: Positions,
  list: readonly unknown[],
  page: PageArguments,
): ConnectionSource<Placed> {
  const numbered = {
    ...{ length: graph.nodes.length, list, types: ['string'] as const },
    position: (node: number) => [graph.nodes[node]!.id],
    find: ([id]: Position) => graph.find(String(id)),
  };
  return {
    page: async () => {
      const found = numberedPage(numbered, page);
      return { ...found, edges: found.edges.map(({ item: node, cursor }) => ({ graph, positions, node, cursor })) };
    },
    total: async () => graph.nodes.length,
  };
}

const PositionsConnection = connectionType<Placed, ConnectionSource<Placed>>('Positions', {
  describe: 'nodes and where they are drawn',
  node: Node as never,
  nodeOf: ({ graph, node }, context) => existingNode(graph.nodes[node]!.id, context),
  edgeFields: (t) => ({
    x: t.float({ description: 'Position to the right.', resolve: ({ positions, node }) => positions[2 * node]! }),
    y: t.float({ description: 'Position downward.', resolve: ({ positions, node }) => positions[2 * node + 1]! }),
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
      return positionsOf(graph, positions, ['positions', request, seed], page);
    },
  }),
);
