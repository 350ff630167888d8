import { type HeldOrder, pageOfHeld } from '../src/loaders/held-page.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import type { NearLink, NearNode, Neighbourhood } from '../src/traversal/neighbourhood.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { type HeldConnection, heldConnectionOf } from './held-connection.ts';
import { type Identified, Node } from './node.ts';
import { existingNode, existingRelationship } from './path.ts';
import { Relationship } from './relationship.ts';

/** A part of the graph, and what tells it from any other: its lists' cursors are good for it alone. */
export interface FoundSubgraph {
  readonly part: Neighbourhood;
  readonly request: unknown;
}

const nodeOrder = ({ request }: FoundSubgraph): HeldOrder<NearNode> => ({
  list: ['subgraph nodes', request],
  position: ({ distance, nearerNeighbours, id }) => [distance, -nearerNeighbours, id],
  types: ['number', 'number', 'string'],
});

const linkOrder = ({ request }: FoundSubgraph): HeldOrder<NearLink> => ({
  list: ['subgraph relationships', request],
  position: ({ id }) => [id],
  types: ['string'],
});

interface LinkIn {
  readonly subgraph: FoundSubgraph;
  readonly link: NearLink;
}

const SubgraphNodesConnection = heldConnectionOf<NearNode, Identified>(
  'SubgraphNodes',
  Node,
  'nodes of a part of the graph',
  ({ id }, context) => existingNode(id, context),
);

const SubgraphRelationshipsConnection = heldConnectionOf<LinkIn, RelationshipRecord>(
  'SubgraphRelationships',
  Relationship,
  'relationships of a part of the graph',
  async ({ subgraph: { part }, link }, { loaders }) =>
    existingRelationship(await loaders.links(part.walk).load(link), link.from),
);

export const Subgraph = builder.objectRef<FoundSubgraph>('Subgraph').implement({
  description: 'A part of the graph: nodes, and every matching relationship among them.',
  fields: (t) => ({
    nodeCount: t.int({ description: 'Number of nodes.', resolve: ({ part }) => part.nodes.length }),
    relationshipCount: t.int({
      description: 'Number of relationships among its nodes.',
      resolve: async ({ part }) => (await part.links()).length,
    }),
    truncated: t.boolean({
      description: 'True when the limit left out further nodes.',
      resolve: ({ part }) => part.truncated,
    }),
    nodes: t.field({
      type: SubgraphNodesConnection,
      description:
        'Its nodes: nearest first, then those connected to more nodes of the level before, then by identifier.',
      args: pageArguments(t.arg),
      resolve: (subgraph, page): HeldConnection<NearNode> => ({
        page: async () => pageOfHeld(subgraph.part.nodes, nodeOrder(subgraph), page),
        total: async () => subgraph.part.nodes.length,
      }),
    }),
    relationships: t.field({
      type: SubgraphRelationshipsConnection,
      description: 'The relationships among its nodes, with their periods and sources, by identifier.',
      args: pageArguments(t.arg),
      resolve: (subgraph, page): HeldConnection<LinkIn> => ({
        page: async () => {
          const found = pageOfHeld(await subgraph.part.links(), linkOrder(subgraph), page);
          const edges = found.edges.map(({ item, cursor }) => ({ item: { subgraph, link: item }, cursor }));
          return { ...found, edges };
        },
        total: async () => (await subgraph.part.links()).length,
      }),
    }),
    density: t.float({
      description:
        'Share of its pairs of nodes that a relationship connects, in either direction: 2m / (n (n - 1)), from 0 to 1. 0 with fewer than two nodes.',
      resolve: ({ part }) => part.density(),
    }),
  }),
});
