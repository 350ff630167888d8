import { MAX_COMPARED, NetworkComparison, type NetworkPair } from '../src/analytics/comparison.ts';
import { quotedList } from '../src/domain/field-value.ts';
import { MOST } from '../src/domain/list-bounds.ts';
import { NETWORK_TYPES } from '../src/domain/vocabulary.ts';
import { topicsOf } from '../src/store/topic.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { badInput } from './errors.ts';
import { nodeOfType, nodesOf } from './node.ts';
import { existingNode, existingRelationship } from './path.ts';
import { Actor, Network, Territory, Topic } from './refs.ts';
import { Partnership } from './relationship.ts';
import { Subgraph } from './subgraph.ts';
import { subgraphOfMembers } from './subgraph-selection.ts';

/** Actors or partnerships of one list of a comparison in one answer. */
const MAX_LISTED = 200;

interface PairIn {
  readonly comparison: NetworkComparison;
  readonly pair: NetworkPair;
}

function listed(first: number): number {
  if (first < 0 || first > MAX_LISTED) throw badInput(`first: ${first} is not between 0 and ${MAX_LISTED}.`);
  return first;
}

const ComparedNetwork = builder.objectRef<NetworkComparison['networks'][number]>('ComparedNetwork').implement({
  description: 'One of the compared networks.',
  fields: (t) => ({
    network: t.field({
      type: Network,
      description: 'The network.',
      resolve: ({ id }, _, context) => existingNode(id, context),
    }),
    memberCount: t.exposeInt('memberCount', {
      description: 'Number of actors that are members, each counted once, in any role.',
    }),
    onlyHereCount: t.exposeInt('onlyHereCount', {
      description: 'Number of members that belong to none of the other compared networks.',
    }),
  }),
});

const NetworkPairType = builder.objectRef<PairIn>('NetworkPair').implement({
  description: 'Two of the compared networks: what they share, and what connects them.',
  fields: (t) => {
    const first = t.arg.int({
      required: true,
      defaultValue: 20,
      description: `Number of entries. Maximum: ${MAX_LISTED}.`,
    });
    return {
      a: t.field({
        type: Network,
        description: 'First network, in the requested order.',
        resolve: ({ pair }, _, context) => existingNode(pair.a, context),
      }),
      b: t.field({
        type: Network,
        description: 'Second network.',
        resolve: ({ pair }, _, context) => existingNode(pair.b, context),
      }),
      commonCount: t.int({
        description: 'Number of actors that are members of both.',
        resolve: ({ pair }) => pair.common.length,
      }),
      jaccard: t.float({
        description:
          'Jaccard index of their members: members of both divided by members of either, from 0 to 1. 0 when neither has members.',
        resolve: ({ pair }) => pair.jaccard,
      }),
      common: t.field({
        type: [Actor],
        description: 'Actors that are members of both, by name.',
        args: { first },
        resolve: ({ pair }, { first }, context) => nodesOf(pair.common.slice(0, listed(first)), context),
      }),
      bridges: t.field({
        type: [Partnership],
        description:
          'Partnerships between a member of only the first network and a member of only the second. Strongest first, then by identifier.',
        extensions: { cost: { weight: 200 } },
        args: { first },
        resolve: async ({ comparison, pair }, { first }, { loaders }) => {
          const found = await comparison.bridges(pair, listed(first));
          return Promise.all(
            found.map(async (link) => existingRelationship(await loaders.relationshipFrom(link), link.from)),
          );
        },
      }),
      bridgeCount: t.int({
        description: 'Number of bridging partnerships.',
        extensions: { cost: { weight: 200 } },
        resolve: ({ comparison, pair }) => comparison.bridgeCount(pair),
      }),
      sharedTopics: t.field({
        type: [Topic],
        maximum: MOST.topics,
        description: 'Topics of both networks, by name.',
        resolve: async ({ pair }, _, { loaders }) => {
          const topics = await Promise.all([pair.a, pair.b].map((id) => loaders.list(topicsOf(null), MOST.topics, id)));
          const ofB = new Set(topics[1]!.map(({ node }) => node.id));
          return topics[0]!.map(({ node }) => node).filter(({ id }) => ofB.has(id));
        },
      }),
      sharedTerritories: t.field({
        type: [Territory],
        maximum: 2 * MOST.covers,
        description:
          'Territories that both networks cover, seats included: those of one network that the other covers too, or that lie inside one of its territories. By name.',
        resolve: async ({ comparison, pair }, _, context) => {
          const found = await nodesOf(await comparison.sharedTerritories(pair), context);
          return found.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
        },
      }),
    };
  },
});

const NetworkComparisonType = builder.objectRef<NetworkComparison>('NetworkComparison').implement({
  description: 'What the compared networks share, and how they differ.',
  fields: (t) => ({
    networks: t.field({
      type: [ComparedNetwork],
      maximum: MAX_COMPARED,
      description: 'The networks, in the requested order.',
      resolve: ({ networks }) => [...networks],
    }),
    pairs: t.field({
      type: [NetworkPairType],
      maximum: (MAX_COMPARED * (MAX_COMPARED - 1)) / 2,
      description: 'Every pair of networks once, in the requested order.',
      resolve: (comparison) => comparison.pairs.map((pair) => ({ comparison, pair })),
    }),
    memberOfAll: t.field({
      type: [Actor],
      description: 'Actors that are members of all compared networks, by name. memberOfAllCount is their full number.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: MAX_LISTED,
          description: `Number of entries. Maximum: ${MAX_LISTED}.`,
        }),
      },
      resolve: ({ memberOfAll }, { first }, context) => nodesOf(memberOfAll.slice(0, listed(first)), context),
    }),
    memberOfAllCount: t.int({
      description: 'Number of actors that are members of all compared networks.',
      resolve: ({ memberOfAll }) => memberOfAll.length,
    }),
    subgraph: t.field({
      type: Subgraph,
      description:
        'The members of any of the compared networks and the partnerships among them, with their measures, as subgraph(select: { membersOf: … }) gives them.',
      extensions: { cost: { weight: 500 } },
      resolve: ({ networks, asOf }, _, context) => {
        const ids = networks.map(({ id }) => id);
        return subgraphOfMembers(ids, asOf, context);
      },
    }),
  }),
});

/** The networks of some identifiers, each as it is called now. Throws for one that there is not, naming it. */
export async function networksCalled(name: string, ids: readonly string[], context: RequestContext): Promise<string[]> {
  const nodes = await Promise.all(ids.map((id) => nodeOfType(id, NETWORK_TYPES, context)));
  const unknown = ids.filter((_, index) => nodes[index] === null);
  if (unknown.length > 0) throw badInput(`${name}: there is no network ${quotedList(unknown)}.`);
  return nodes.map((node) => node!.id);
}

builder.queryField('compareNetworks', (t) =>
  t.field({
    type: NetworkComparisonType,
    description:
      'Common members, bridging partnerships and overlap of two to ten networks. An unknown identifier is an error that names it.',
    extensions: { cost: { weight: 500 } },
    args: {
      ids: t.arg.idList({
        required: true,
        description: `Two to ${MAX_COMPARED} different networks. The answer keeps their order.`,
      }),
      asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
    },
    resolve: async (_, { ids, asOf }, context) => {
      if (ids.length < 2 || ids.length > MAX_COMPARED) {
        throw badInput(`ids: ${ids.length} networks were named; two to ${MAX_COMPARED} can be compared.`);
      }
      const networks = await networksCalled('ids', ids, context);
      const twice = networks.find((id, index) => networks.indexOf(id) !== index);
      if (twice !== undefined) throw badInput(`ids: "${twice}" is named twice.`);
      return NetworkComparison.of(context.loaders.task, networks, asOf ?? null);
    },
  }),
);
