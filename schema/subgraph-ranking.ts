import type { FieldMap } from '@pothos/core';
import type { NodeValues } from '../src/measures/assortativity.ts';
import { groupsOf } from '../src/measures/pairs-between.ts';
import type { PageArguments } from '../src/paging/arguments.ts';
import type { Position } from '../src/paging/cursor.ts';
import { numberedPage } from '../src/paging/numbered-page.ts';
import {
  type BrokerGroups,
  type Brokers,
  EXACT_AT_MOST,
  EXACT_UP_TO,
  RANKING_MEASURES,
  type Ranking,
  type RankingMeasure,
} from '../src/subgraphs/measures.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { type ConnectionSource, connectionType, type EdgeBuilder } from './connection-type.ts';
import { Node } from './node.ts';
import { existingNode } from './path.ts';
import { Subgraph } from './subgraph.ts';
import { checkedResolution, communityArguments, EdgeWeight, MEASURE_COST } from './subgraph-parameters.ts';

const EXACT_DESCRIPTION = `Whether values must be exact where they would be estimated, up to ${EXACT_AT_MOST.toLocaleString('en')} nodes times edges. It may take minutes: a subscription to measureProgress with the same select keeps it going after this request has timed out; ask again when its list is empty.`;

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

/** A node with its rank. */
interface RankedNode {
  readonly graph: SelectedGraph;
  readonly ranking: Ranking;
  readonly node: number;
  readonly cursor: string;
}

/** The nodes of a subgraph, ranked. */
interface RankedNodes extends ConnectionSource<RankedNode> {
  readonly ranking: Ranking;
}

function rankedNodes(
  graph: SelectedGraph,
  ranking: Ranking,
  list: readonly unknown[],
  page: PageArguments,
): RankedNodes {
  const { order } = ranking;
  const numbered = {
    ...{ length: order.length, list, types: ['string'] as const },
    position: (index: number) => [graph.nodes[order[index]!]!.id],
    find: ([id]: Position) => order.indexOf(graph.find(String(id))),
  };
  return {
    ranking,
    page: async () => {
      const found = numberedPage(numbered, page);
      return {
        ...found,
        edges: found.edges.map(({ item, cursor }) => ({ graph, ranking, cursor, node: order[item]! })),
      };
    },
    total: async () => order.length,
  };
}

/** A connection of ranked nodes; `value` describes what they are ranked by. */
const rankingConnection = (
  name: string,
  describe: string,
  value: string,
  more: (t: EdgeBuilder<RankedNode>) => FieldMap = () => ({}),
) =>
  connectionType<RankedNode, RankedNodes>(name, {
    describe,
    node: Node as never,
    nodeOf: ({ graph, node }, context) => existingNode(graph.nodes[node]!.id, context),
    edgeFields: (t) => ({
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
      ...more(t),
    }),
    fields: (t) => ({
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

const RankingConnection = rankingConnection('Ranking', 'ranked nodes, best first', 'Value of the measure.');

/** Brokers of a subgraph, and its communities, found when they are asked for. */
interface FoundBrokers extends Brokers {
  communities(): Promise<NodeValues>;
}

const brokersOf = ({ ranking }: RankedNode): FoundBrokers => ranking as FoundBrokers;

const BrokerGroupsEnum = builder.enumType('BrokerGroups', {
  description: 'The groups of nodes between which brokers are.',
  values: {
    COMMUNITIES: { description: 'Its communities, by resolution, weights and seed.' },
    NETWORKS: {
      description:
        'The poles and clusters that nodes are members of on some day of the selection. A node may be in several, a network is in itself. Paths count between two nodes that both are in a network and have none in common.',
    },
  } as const satisfies Record<BrokerGroups, object>,
});

const BrokersConnection = rankingConnection(
  'Brokers',
  'brokers, highest value first',
  'Share of the shortest paths between nodes of different groups, of all pairs of other nodes, that lead through it.',
  (t) => ({
    constraint: t.float({
      nullable: true,
      description: "Burt's constraint: low where it alone joins others. Null without neighbours.",
      resolve: (edge) => {
        const value = brokersOf(edge).constraints[edge.node]!;
        return Number.isNaN(value) ? null : value;
      },
    }),
    community: t.int({
      description: 'Number of its community.',
      resolve: async (edge) => (await brokersOf(edge).communities()).values[edge.node]!,
    }),
    communityCount: t.int({
      description: 'Number of communities that its neighbours belong to.',
      resolve: async (edge, _, { subgraphs }) =>
        subgraphs.measures(edge.graph).groupsAround(edge.node, await brokersOf(edge).communities()),
    }),
    networkCount: t.int({
      description: 'Number of networks that its neighbours are members of, on some day of the selection.',
      resolve: async (edge, _, { subgraphs }) =>
        subgraphs.measures(edge.graph).groupsAround(edge.node, await subgraphs.attribute(edge.graph, 'NETWORK')),
    }),
  }),
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
      exact: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: EXACT_DESCRIPTION,
      }),
      ...pageArguments(t.arg),
    },
    resolve: async ({ selected, request }, { measure, weights, exact, ...page }, { subgraphs }) => {
      const graph = await selected();
      const ranking = await subgraphs.measures(graph).ranking(measure, weights, exact);
      return rankedNodes(graph, ranking, ['ranking', request, measure, weights, exact], page);
    },
  }),
  brokers: t.field({
    type: BrokersConnection,
    description: `The nodes that join its communities, or the networks of its nodes, by the share of the shortest paths between nodes of different groups that lead through them. Exact up to ${EXACT_UP_TO.BETWEENNESS.toLocaleString('en')} nodes times edges, of nodes that have a group; beyond, estimated from a random sample of these.`,
    extensions: MEASURE_COST,
    args: {
      between: t.arg({
        type: BrokerGroupsEnum,
        required: true,
        defaultValue: 'COMMUNITIES',
        description: 'The groups between which paths count.',
      }),
      ...communityArguments,
      exact: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: EXACT_DESCRIPTION,
      }),
      ...pageArguments(t.arg),
    },
    resolve: async ({ selected, request }, { between, resolution, weights, seed, exact, ...page }, { subgraphs }) => {
      const parameters = checkedResolution({ resolution, weights, seed });
      const graph = await selected();
      const measures = subgraphs.measures(graph);
      let found: Promise<NodeValues> | null = null;
      const communities = (): Promise<NodeValues> => {
        found ??= measures.communities(parameters).then(({ membership }) => groupsOf(membership));
        return found;
      };
      const groups =
        between === 'COMMUNITIES'
          ? { by: parameters, values: await communities() }
          : { by: { between }, values: await subgraphs.attribute(graph, 'NETWORK') };
      const brokers: FoundBrokers = { ...(await measures.brokers(groups, weights, exact)), communities };
      return rankedNodes(graph, brokers, ['brokers', request, between, parameters, exact], page);
    },
  }),
}));
