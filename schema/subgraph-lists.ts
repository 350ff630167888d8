import type { PageArguments } from '../src/paging/arguments.ts';
import { type ComputedOrder, pageOfComputed } from '../src/paging/computed-page.ts';
import { type NumberedList, numberedPage } from '../src/paging/numbered-page.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import type { NearLink, NearNode } from '../src/traversal/neighbourhood.ts';
import { builder } from './builder.ts';
import { type ComputedConnection, computedConnectionOf } from './computed-connection.ts';
import type { RequestContext } from './context.ts';
import type { FoundSubgraph } from './found-subgraph.ts';
import { type Identified, Node } from './node.ts';
import { existingNode, existingRelationship } from './path.ts';
import { Relationship } from './relationship.ts';

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
  find: ([from, to, index]) => {
    const pair = graph.findPair(String(from), String(to));
    if (pair < 0 || !Number.isInteger(index) || Number(index) < 0) return -1;
    const relationship = graph.pairs.start[pair]! + Number(index);
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
    return existingRelationship(await loaders.relationshipFrom(item.link), item.link.from);
  }
  const { graph, number } = item;
  const pair = graph.pairOf(number);
  const [from, to] = idsOf({ graph, pair });
  const all = await loaders.between(subgraph.conditions, subgraph.days).load({ from, to });
  return existingRelationship(all[number - graph.pairs.start[pair]!] ?? null, from);
}

export const SubgraphNodesConnection = computedConnectionOf<{ readonly id: string }, Identified>(
  'SubgraphNodes',
  Node,
  'nodes of a part of the graph',
  ({ id }, context) => existingNode(id, context),
);

export const SubgraphRelationshipsConnection = computedConnectionOf<RelationshipIn, RelationshipRecord>(
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

export const SubgraphEdgesConnection = computedConnectionOf<PairIn, PairIn>(
  'SubgraphEdges',
  NodePair,
  'connected pairs of nodes of a part of the graph',
  (pair) => pair,
);

/** A page of a list of numbers, with what each number stands for. */
function pageOfNumbered<Item>(list: NumberedList, page: PageArguments, itemOf: (number: number) => Item) {
  const found = numberedPage(list, page);
  return { ...found, edges: found.edges.map(({ item, cursor }) => ({ item: itemOf(item), cursor })) };
}

/** The nodes of a part of the graph. */
export async function nodesOf(
  { part, selected, request }: FoundSubgraph,
  page: PageArguments,
): Promise<ComputedConnection<{ readonly id: string }>> {
  if (part) {
    const { nodes } = part;
    return { page: async () => pageOfComputed(nodes, nearOrder(request), page), total: async () => nodes.length };
  }
  const graph = await selected();
  return {
    page: async () => pageOfNumbered(selectedNodes(graph, request), page, (node) => graph.nodes[node]!),
    total: async () => graph.nodes.length,
  };
}

/** The connected pairs of nodes of a part of the graph. */
export async function edgesOf(
  { selected, request }: FoundSubgraph,
  page: PageArguments,
): Promise<ComputedConnection<PairIn>> {
  const graph = await selected();
  return {
    page: async () => pageOfNumbered(selectedPairs(graph, request), page, (pair) => ({ graph, pair })),
    total: async () => graph.pairCount,
  };
}

/** The relationships of a part of the graph. */
export async function relationshipsOf(
  subgraph: FoundSubgraph,
  page: PageArguments,
): Promise<ComputedConnection<RelationshipIn>> {
  const { part, request, selected } = subgraph;
  if (part) {
    return {
      page: async () => {
        const found = pageOfComputed(await part.links(), linkOrder(request), page);
        const edges = found.edges.map(({ item: link, cursor }) => ({ item: { subgraph, link }, cursor }));
        return { ...found, edges };
      },
      total: async () => (await part.links()).length,
    };
  }
  const graph = await selected();
  return {
    page: async () =>
      pageOfNumbered(selectedRelationships(graph, request), page, (number) => ({ subgraph, graph, number })),
    total: async () => graph.relationshipCount,
  };
}
