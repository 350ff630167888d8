import { numberedPage } from '../src/loaders/numbered-page.ts';
import type { PageArguments } from '../src/loaders/window.ts';
import type { Assortativity } from '../src/measures/assortativity.ts';
import type { RankedCommunities } from '../src/measures/communities.ts';
import { type TellingValue, tellingValues } from '../src/measures/lift.ts';
import type { Attribute } from '../src/subgraphs/attributes.ts';
import {
  type Brokers,
  type CommunityParameters,
  EXACT_UP_TO,
  RANKING_MEASURES,
  type Ranking,
  type RankingMeasure,
} from '../src/subgraphs/measures.ts';
import type { SelectedGraph, EdgeWeight as Weight } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { PageInfo, pageArguments } from './connection.ts';
import type { RequestContext } from './context.ts';
import { badInput } from './errors.ts';
import { readable } from './facets.ts';
import { type HeldConnection, heldConnectionOf } from './held-connection.ts';
import { Node } from './node.ts';
import { existingNode } from './path.ts';
import { type FoundSubgraph, Subgraph } from './subgraph.ts';

/** What a field costs that workers compute for seconds at most. */
const COST = { cost: { weight: 2_000 } };
/** Entries of a list without pages, when no number is asked for, and at most. */
const [DEFAULT_LISTED, MAX_LISTED] = [5, 50];
const [MIN_RESOLUTION, MAX_RESOLUTION] = [0.01, 100];

export const EdgeWeight = builder.enumType('EdgeWeight', {
  description: 'What the weight of an edge is.',
  values: {
    STRENGTH: { description: 'The strength of the pair, as NodePair.strength gives it.' },
    PROJECTS: { description: 'The number of common projects; 1 for a pair without any.' },
    NONE: { description: '1 for every pair.' },
  } as const satisfies Record<Weight, object>,
});

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

/** How communities are found. */
export const communityArguments = builder.args((t) => ({
  resolution: t.float({
    required: true,
    defaultValue: 1,
    description: `A larger resolution gives smaller communities. From ${MIN_RESOLUTION} to ${MAX_RESOLUTION}.`,
  }),
  weights: t.field({
    type: EdgeWeight,
    required: true,
    defaultValue: 'STRENGTH',
    description: 'Weights of the edges.',
  }),
  seed: t.int({
    required: true,
    defaultValue: 1,
    description: 'Start of the random numbers: the same graph and seed give the same communities.',
  }),
}));

/** Parameters whose resolution is within its bounds; throws for others. */
export function checkedResolution(parameters: CommunityParameters): CommunityParameters {
  const { resolution } = parameters;
  if (!(resolution >= MIN_RESOLUTION && resolution <= MAX_RESOLUTION)) {
    throw badInput(`resolution: ${resolution} is not between ${MIN_RESOLUTION} and ${MAX_RESOLUTION}.`);
  }
  return parameters;
}

function listed(first: number): number {
  if (first < 0 || first > MAX_LISTED) throw badInput(`first: ${first} is not between 0 and ${MAX_LISTED}.`);
  return first;
}

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

/** Communities of a subgraph. */
interface FoundCommunities {
  readonly subgraph: FoundSubgraph;
  readonly graph: SelectedGraph;
  readonly parameters: CommunityParameters;
  readonly communities: RankedCommunities;
}

interface CommunityIn extends FoundCommunities {
  readonly number: number;
}

const communityCount = ({ communities }: FoundCommunities): number => communities.starts.length - 1;

const membersOf = ({ communities: { order, starts }, number }: CommunityIn): Int32Array =>
  order.subarray(starts[number]!, starts[number + 1]!);

interface TellingIn {
  readonly value: TellingValue;
  readonly attribute: Attribute;
  readonly size: number;
  readonly isNode: boolean;
}

const TellingValueType = builder.objectRef<TellingIn>('TellingValue').implement({
  description:
    'A topic, territory or kind that members of a community have more often than other nodes of the subgraph: 5 % of the members, two at the least.',
  fields: (t) => ({
    value: t.string({
      description: 'The kind, or the global identifier of the topic or territory.',
      resolve: ({ value, attribute }) => attribute.labels[value.value]!,
    }),
    label: t.string({
      description: 'The value, for display.',
      resolve: async ({ value, attribute, isNode }, _, context) => {
        const label = attribute.labels[value.value]!;
        return isNode ? (await existingNode(label, context)).name : readable(label);
      },
    }),
    node: t.field({
      type: Node,
      nullable: true,
      description: 'The topic or territory. Null for a kind.',
      resolve: ({ value, attribute, isNode }, _, context) =>
        isNode ? existingNode(attribute.labels[value.value]!, context) : null,
    }),
    count: t.int({ description: 'Number of members that have it.', resolve: ({ value }) => value.count }),
    share: t.float({
      description: 'Share of the members that have it, from 0 to 1.',
      resolve: ({ value, size }) => value.count / size,
    }),
    lift: t.float({
      description: 'Its share among the members divided by its share among all nodes of the subgraph.',
      resolve: ({ value }) => value.lift,
    }),
  }),
});

const TELLING = { topics: 'TOPIC', territories: 'REGION', kinds: 'KIND' } as const;

/** The values that tell each community, computed once for all of them. */
const tellingOf = new WeakMap<Attribute, Map<RankedCommunities, ReturnType<typeof tellingValues>>>();

async function tellingIn(community: CommunityIn, name: keyof typeof TELLING, context: RequestContext) {
  const { graph, communities, number } = community;
  const attribute = await context.subgraphs.attribute(graph, TELLING[name]);
  const known = tellingOf.get(attribute) ?? new Map();
  tellingOf.set(attribute, known);
  let values = known.get(communities) as ReturnType<typeof tellingValues> | undefined;
  if (!values) {
    const groups = communities.membership.reduce((most, group) => Math.max(most, group), -1) + 1;
    values = tellingValues(communities.membership, groups, attribute, MAX_LISTED);
    known.set(communities, values);
  }
  const size = membersOf(community).length;
  return values[number]!.map((value): TellingIn => ({ value, attribute, size, isNode: name !== 'kinds' }));
}

const CommunityMembersConnection = heldConnectionOf<{ readonly id: string }, { readonly id: string }>(
  'CommunityMembers',
  Node as never,
  'members of a community, most central first',
  ({ id }, context) => existingNode(id, context),
);

const Community = builder.objectRef<CommunityIn>('Community').implement({
  description:
    'A community: nodes that are joined with each other more than with others. Connected. Its members are most central first: by the weight of their edges to other members.',
  fields: (t) => {
    const first = t.arg.int({
      required: true,
      defaultValue: DEFAULT_LISTED,
      description: `Number of entries. Maximum: ${MAX_LISTED}.`,
    });
    const telling = (name: keyof typeof TELLING, what: string) =>
      t.field({
        type: [TellingValueType],
        description: `${what} By lift, then by number of members.`,
        args: { first },
        extensions: { cost: { weight: 20 } },
        resolve: async (community, { first }, context) =>
          (await tellingIn(community, name, context)).slice(0, listed(first)),
      });
    return {
      number: t.exposeInt('number', { description: 'Its number, from 0: the largest community first.' }),
      size: t.int({ description: 'Number of members.', resolve: (community) => membersOf(community).length }),
      topics: telling(
        'topics',
        'The topics, of members and of their projects, that members have more often than others.',
      ),
      territories: telling('territories', 'The régions in which members have their seats more often than others.'),
      kinds: telling('kinds', 'The kinds that members are of more often than others.'),
      members: t.field({
        type: CommunityMembersConnection,
        description: 'Its members, most central first.',
        args: pageArguments(t.arg),
        resolve: (community, page): HeldConnection<{ readonly id: string }> => {
          const { graph, subgraph, parameters, number } = community;
          const members = membersOf(community);
          return {
            page: async () => {
              const found = numberedPage(
                {
                  ...{ length: members.length, types: ['string'] },
                  list: ['community', subgraph.request, parameters, number],
                  position: (place) => [graph.nodes[members[place]!]!.id],
                  find: ([id]) => members.indexOf(graph.find(String(id))),
                },
                page,
              );
              const edges = found.edges.map(({ item, cursor }) => ({ item: graph.nodes[members[item]!]!, cursor }));
              return { ...found, edges };
            },
            total: async () => members.length,
          };
        },
      }),
    };
  },
});

const CommunitiesConnection = heldConnectionOf<CommunityIn, CommunityIn>(
  'Communities',
  Community,
  'communities, largest first',
  (community) => community,
);

const CommunityPartition = builder.objectRef<FoundCommunities>('CommunityPartition').implement({
  description:
    'Communities by the Leiden algorithm with modularity (Traag, Waltman and van Eck 2019). A node without neighbours belongs to none.',
  fields: (t) => ({
    count: t.int({ description: 'Number of communities.', resolve: communityCount }),
    modularity: t.float({
      description:
        'How much more weight lies within communities than by chance, from -1 to 1 (Newman and Girvan 2004). Compare it only for the same resolution.',
      resolve: ({ communities }) => communities.modularity,
    }),
    communities: t.field({
      type: CommunitiesConnection,
      description: 'The communities, largest first.',
      args: pageArguments(t.arg),
      resolve: (found, page): HeldConnection<CommunityIn> => {
        const list = {
          ...{ length: communityCount(found), types: ['number' as const] },
          list: ['communities', found.subgraph.request, found.parameters],
          position: (number: number) => [number],
          find: ([number]: readonly (string | number)[]) =>
            Number.isInteger(number) && Number(number) >= 0 && Number(number) < communityCount(found)
              ? Number(number)
              : -1,
        };
        return {
          page: async () => {
            const numbers = numberedPage(list, page);
            const edges = numbers.edges.map(({ item: number, cursor }) => ({ item: { ...found, number }, cursor }));
            return { ...numbers, edges };
          },
          total: async () => communityCount(found),
        };
      },
    }),
  }),
});

const AssortativityType = builder.objectRef<Assortativity & { readonly edgeCount: number }>('Assortativity').implement({
  description: 'Whether nodes are joined with their like (Newman 2003).',
  fields: (t) => ({
    coefficient: t.float({
      nullable: true,
      description:
        'Assortativity coefficient, from -1 to 1: 1 where only like nodes are joined, 0 by chance. Null where it is not defined: no edge with known values, or one value alone.',
      resolve: ({ coefficient }) => coefficient,
    }),
    knownShare: t.float({
      nullable: true,
      description: 'Share of the edges of which both nodes have a value; the others are left out. Null without edges.',
      resolve: ({ knownEdges, edgeCount }) => (edgeCount === 0 ? null : knownEdges / edgeCount),
    }),
  }),
});

const Likeness = builder.enumType('Likeness', {
  description: 'In what nodes are alike.',
  values: {
    KIND: { description: 'Kind of organisation; of a network, whether it is a pole or a cluster.' },
    SECTOR: { description: 'Topics of the scheme SECTOR. A node with several counts for each in equal parts.' },
    REGION: { description: 'Région of the seat.' },
  } as const,
});

builder.objectFields(Subgraph, (t) => ({
  communities: t.field({
    type: CommunityPartition,
    description: 'Its communities.',
    extensions: COST,
    args: communityArguments,
    resolve: async (subgraph, given, { subgraphs }) => {
      const parameters = checkedResolution(given);
      const graph = await subgraph.selected();
      const communities = await subgraphs.measures(graph).communities(parameters);
      return { subgraph, graph, parameters, communities };
    },
  }),
  ranking: t.field({
    type: RankingConnection,
    description: `Its nodes by a measure, best first; equal values by name. HARMONIC and BETWEENNESS are exact up to ${EXACT_UP_TO.HARMONIC.toLocaleString('en')} and ${EXACT_UP_TO.BETWEENNESS.toLocaleString('en')} nodes times edges; beyond, they are estimated from a random sample of nodes, always the same one, and each value has its standard error.`,
    extensions: COST,
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
    extensions: COST,
    args: { ...communityArguments, ...pageArguments(t.arg) },
    resolve: async ({ selected, request }, { resolution, weights, seed, ...page }, { subgraphs }) => {
      const parameters = checkedResolution({ resolution, weights, seed });
      const graph = await selected();
      const brokers = await subgraphs.measures(graph).brokers(parameters);
      return { graph, brokers, ranking: brokers, page, list: ['brokers', request, parameters] };
    },
  }),
  assortativity: t.field({
    type: AssortativityType,
    description: 'Whether its nodes are joined with their like. Every pair counts once, without weights.',
    extensions: COST,
    args: { by: t.arg({ type: Likeness, required: true, description: 'In what nodes are alike.' }) },
    resolve: async ({ selected }, { by }, { subgraphs }) => {
      const graph = await selected();
      const attribute = await subgraphs.attribute(graph, by);
      return { ...(await subgraphs.measures(graph).assortativity(attribute)), edgeCount: graph.pairCount };
    },
  }),
}));
