import { numberedPage } from '../src/loaders/numbered-page.ts';
import type { PageArguments } from '../src/loaders/window.ts';
import {
  type Brokers,
  EXACT_UP_TO,
  RANKING_MEASURES,
  type Ranking,
  type RankingMeasure,
} from '../src/subgraphs/measures.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { PageInfo, pageArguments } from './connection.ts';
import { Node } from './node.ts';
import { existingNode } from './path.ts';
import { Subgraph } from './subgraph.ts';
import { checkedResolution, communityArguments, EdgeWeight, MEASURE_COST } from './subgraph-parameters.ts';

const MEANINGS: Readonly<Record<RankingMeasure, string>> = {
  PAGE_RANK: 'PageRank, weighted, damping 0.85 (Brin and Page 1998). The values sum to 1.',
  DEGREE: 'Number of neighbours.',
  WEIGHTED_DEGREE: 'Sum of the weights of its edges.',
  CORE: 'Core number: the largest k for which it belongs to a part in which every node has k neighbours (Seidman 1983).',
  HARMONIC: 'Harmonic closeness: sum of 1 / distance to every other node, in steps (Marchiori and Latora 2000).',
  BETWEENNESS:
    'Betweenness: share of the shortest paths between other nodes that lead through it, in steps (Freeman 1977, Brandes 2001), from 0 to 1.',
  CONSTRAINT:
    "Burt's constraint, weighted (Burt 1992): low where it alone joins others. Lowest first; nodes without neighbours are left out.",
};

export const RankingMeasureEnum = builder.enumType('RankingMeasure', {
  description: 'Measures by which nodes are ranked. docs/measures.md has definitions and limits.',
  values: Object.fromEntries(
    RANKING_MEASURES.map((measure) => [measure, { description: MEANINGS[measure] }]),
  ) as Record<RankingMeasure, { description: string }>,
});

/** A node with its place in a ranking. */
interface RankedNode {
  readonly graph: SelectedGraph;
  readonly ranking: Ranking;
  readonly node: number;
  readonly brokers?: Brokers;
}

/** A ranking of the nodes of a subgraph. */
interface FoundRanking {
  readonly graph: SelectedGraph;
  readonly ranking: Ranking;
  readonly list: readonly unknown[];
  readonly page: PageArguments;
  readonly brokers?: Brokers;
}

function rankedPage({ graph, ranking, list, page, brokers }: FoundRanking) {
  const { order } = ranking;
  const found = numberedPage(
    {
      ...{ length: order.length, list, types: ['string'] },
      position: (place) => [graph.nodes[order[place]!]!.id],
      find: ([id]) => order.indexOf(graph.find(String(id))),
    },
    page,
  );
  return {
    ...found,
    edges: found.edges.map(({ item, cursor }) => ({
      ...{ graph, ranking, cursor, node: order[item]! },
      ...(brokers && { brokers }),
    })),
  };
}

type RankedEdge = RankedNode & { readonly cursor: string };

const edgeOfRanking = (name: string, describe: string, value: string) => {
  const ref = builder.objectRef<RankedEdge>(name);
  ref.implement({
    description: `An edge of ${describe}.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'Cursor of this entry. Send it as after or before to continue from here.',
      }),
      node: t.field({
        type: Node,
        description: 'The ranked node.',
        resolve: ({ graph, node }, _, context) => existingNode(graph.nodes[node]!.id, context),
      }),
      rank: t.int({
        description: 'One more than the number of nodes with a better value: equal values have equal ranks.',
        resolve: ({ ranking, node }) => ranking.ranks[node]!,
      }),
      value: t.float({ description: value, resolve: ({ ranking, node }) => ranking.values[node]! }),
      error: t.float({
        nullable: true,
        description: 'Standard error of the value, where it was estimated from a sample. Null where it is exact.',
        resolve: ({ ranking, node }) => ranking.errors?.[node] ?? null,
      }),
    }),
  });
  return ref;
};

const RankingEdge = edgeOfRanking('RankingEdge', 'a ranking', 'Value of the measure.');
const BrokersEdge = edgeOfRanking(
  'BrokersEdge',
  'a list of brokers',
  'Share of the shortest paths between nodes of different communities, of all pairs of other nodes, that lead through it.',
);

builder.objectFields(BrokersEdge, (t) => ({
  constraint: t.float({
    nullable: true,
    description: "Burt's constraint: low where it alone joins others. Null without neighbours.",
    resolve: ({ brokers, node }) => {
      const value = brokers!.constraints[node]!;
      return Number.isNaN(value) ? null : value;
    },
  }),
  community: t.int({
    description: 'Number of its community.',
    resolve: ({ brokers, node }) => brokers!.communities.membership[node]!,
  }),
  communityCount: t.int({
    description: 'Number of communities that its neighbours belong to.',
    resolve: ({ brokers, node, graph }, _, { subgraphs }) =>
      subgraphs.measures(graph).communitiesAround(node, brokers!.communities),
  }),
}));

const connectionOfRanking = (name: string, describe: string, edge: typeof RankingEdge) =>
  builder.objectRef<FoundRanking>(name).implement({
    description: `A page of ${describe}.`,
    fields: (t) => ({
      edges: t.field({ type: [edge], description: 'Edges of the page.', resolve: (found) => rankedPage(found).edges }),
      nodes: t.field({
        type: [Node],
        description: 'Nodes of the page, without their edges.',
        resolve: (found, _, context) =>
          rankedPage(found).edges.map(({ graph, node }) => existingNode(graph.nodes[node]!.id, context)) as never,
      }),
      pageInfo: t.field({ type: PageInfo, description: 'Position of the page in the list.', resolve: rankedPage }),
      totalCount: t.int({
        description: 'Number of entries in the whole list.',
        resolve: ({ ranking }) => ranking.order.length,
      }),
      isExact: t.boolean({
        description: 'Whether values are exact. False where they are estimated from a sample of nodes.',
        resolve: ({ ranking }) => ranking.errors === null,
      }),
      sampleSize: t.int({
        nullable: true,
        description: 'Number of nodes from which shortest paths were searched. Null for measures without paths.',
        resolve: ({ ranking }) => ranking.sources,
      }),
    }),
  });

const RankingConnection = connectionOfRanking('RankingConnection', 'a ranking, best first', RankingEdge);
const BrokersConnection = connectionOfRanking(
  'BrokersConnection',
  'a list of brokers, highest value first',
  BrokersEdge,
);

builder.objectFields(Subgraph, (t) => ({
  ranking: t.field({
    type: RankingConnection,
    description: `Its nodes by a measure, best first; equal values by name. HARMONIC and BETWEENNESS are exact up to ${EXACT_UP_TO.HARMONIC.toLocaleString('en')} and ${EXACT_UP_TO.BETWEENNESS.toLocaleString('en')} nodes times edges; beyond, they are estimated from a random sample of nodes, always the same one, and each value has its standard error.`,
    extensions: MEASURE_COST,
    args: {
      measure: t.arg({ type: RankingMeasureEnum, required: true, description: 'The measure.' }),
      weights: t.arg({
        type: EdgeWeight,
        required: true,
        defaultValue: 'STRENGTH',
        description: 'Weights of the edges, for PAGE_RANK, WEIGHTED_DEGREE and CONSTRAINT.',
      }),
      ...pageArguments(t.arg),
    },
    resolve: async ({ selected, request }, { measure, weights, ...page }, { subgraphs }) => {
      const graph = await selected();
      const ranking = await subgraphs.measures(graph).ranking(measure, weights);
      return { graph, ranking, page, list: ['ranking', request, measure, weights] };
    },
  }),
  brokers: t.field({
    type: BrokersConnection,
    description: `The nodes that join its communities, by the share of the shortest paths between nodes of different communities that lead through them. Exact up to ${EXACT_UP_TO.BETWEENNESS.toLocaleString('en')} nodes times edges; beyond, estimated from a random sample of nodes.`,
    extensions: MEASURE_COST,
    args: { ...communityArguments, ...pageArguments(t.arg) },
    resolve: async ({ selected, request }, { resolution, weights, seed, ...page }, { subgraphs }) => {
      const parameters = checkedResolution({ resolution, weights, seed });
      const graph = await selected();
      const brokers = await subgraphs.measures(graph).brokers(parameters);
      return { graph, brokers, ranking: brokers, page, list: ['brokers', request, parameters] };
    },
  }),
}));
