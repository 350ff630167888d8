import type { RankedCommunities } from '../src/measures/communities.ts';
import { type Counterpart, counterparts } from '../src/measures/counterparts.ts';
import { type TellingValue, tellingValues } from '../src/measures/lift.ts';
import { numberedPage } from '../src/paging/numbered-page.ts';
import type { Attribute } from '../src/subgraphs/attributes.ts';
import type { CommunityParameters } from '../src/subgraphs/measures.ts';
import type { SelectedGraph } from '../src/subgraphs/selected-graph.ts';
import { builder } from './builder.ts';
import { type ComputedConnection, computedConnectionOf } from './computed-connection.ts';
import { pageArguments } from './connection.ts';
import type { RequestContext } from './context.ts';
import { badInput } from './errors.ts';
import { readable } from './facets.ts';
import { PeriodInput } from './filter.ts';
import type { FoundSubgraph } from './found-subgraph.ts';
import { Node } from './node.ts';
import { existingNode } from './path.ts';
import { Subgraph } from './subgraph.ts';
import { checkedResolution, communityArguments, daysOfPeriod, MEASURE_COST } from './subgraph-parameters.ts';

/** Entries of a list without pages, when no number is asked for, and at most. */
const [DEFAULT_LISTED, MAX_LISTED] = [5, 50];

/** Pairs of communities, likewise. */
const [DEFAULT_LINKS, MAX_LINKS] = [100, 1_000];

function listed(first: number): number {
  if (first < 0 || first > MAX_LISTED) throw badInput(`first: ${first} is not between 0 and ${MAX_LISTED}.`);
  return first;
}

/** Communities of a subgraph. */
interface FoundCommunities {
  readonly subgraph: FoundSubgraph;
  readonly graph: SelectedGraph;
  readonly parameters: CommunityParameters;
  readonly communities: RankedCommunities;
  /** Those of another period, and the counterpart of each community there; null if none was asked for. */
  readonly compared: { readonly with: FoundCommunities; readonly counterparts: readonly (Counterpart | null)[] } | null;
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

interface CounterpartOf extends Counterpart {
  readonly community: CommunityIn;
}

const CommunityCounterpart = builder.objectRef<CounterpartOf>('CommunityCounterpart');

/** The label of the first of the values that tell a community; null where none does. */
async function mostTelling(community: CommunityIn, name: 'topics' | 'territories', context: RequestContext) {
  const [first] = await tellingIn(community, name, context);
  return first ? (await existingNode(first.attribute.labels[first.value.value]!, context)).name : null;
}

/** What a community is about, or where it is, and who is in its middle. */
async function nameOf(community: CommunityIn, context: RequestContext): Promise<string> {
  const { name } = await existingNode(community.graph.nodes[membersOf(community)[0]!]!.id, context);
  const about =
    (await mostTelling(community, 'topics', context)) ?? (await mostTelling(community, 'territories', context));
  return about === null ? name : `${about} (${name})`;
}

const CommunityMembersConnection = computedConnectionOf<{ readonly id: string }, { readonly id: string }>(
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
      name: t.string({
        description:
          'For display: its most telling topic, or else territory, and its most central member in brackets. Communities of another period have other names: name one after its counterpart there.',
        extensions: { cost: { weight: 20 } },
        resolve: (community, _, context) => nameOf(community, context),
      }),
      counterpart: t.field({
        type: CommunityCounterpart,
        nullable: true,
        description:
          'The community of the period comparedWith with which it has most in common. Each is the counterpart of one community at most. Null where there is none, or nothing was compared.',
        resolve: ({ compared, number }) => {
          const found = compared?.counterparts[number];
          return found ? { ...found, community: { ...compared!.with, number: found.group } } : null;
        },
      }),
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
        resolve: (community, page): ComputedConnection<{ readonly id: string }> => {
          const { graph, subgraph, parameters, number } = community;
          const members = membersOf(community);
          return {
            page: async () => {
              const found = numberedPage(
                {
                  ...{ length: members.length, types: ['string'] },
                  list: ['community', subgraph.request, parameters, number],
                  position: (index) => [graph.nodes[members[index]!]!.id],
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

CommunityCounterpart.implement({
  description: 'The community of another period with which a community has most in common.',
  fields: (t) => ({
    community: t.field({ type: Community, description: 'That community.', resolve: ({ community }) => community }),
    sharedCount: t.int({ description: 'Number of nodes that belong to both.', resolve: ({ shared }) => shared }),
    overlap: t.float({
      description: 'Nodes of both divided by nodes of either (Jaccard), from 0 to 1.',
      resolve: ({ overlap }) => overlap,
    }),
  }),
});

const CommunitiesConnection = computedConnectionOf<CommunityIn, CommunityIn>(
  'Communities',
  Community,
  'communities, largest first',
  (community) => community,
);

/** Two communities that edges join. */
interface LinkIn {
  readonly from: CommunityIn;
  readonly to: CommunityIn;
  readonly edgeCount: number;
  readonly strength: number;
}

const CommunityLink = builder.objectRef<LinkIn>('CommunityLink').implement({
  description: 'Two communities, and the edges between their members.',
  fields: (t) => ({
    from: t.field({ type: Community, description: 'The one of the smaller number.', resolve: ({ from }) => from }),
    to: t.field({ type: Community, description: 'The other.', resolve: ({ to }) => to }),
    edgeCount: t.exposeInt('edgeCount', { description: 'Number of pairs of their members that are edges.' }),
    strength: t.exposeFloat('strength', { description: 'Sum of the strengths of these edges.' }),
  }),
});

/** The pairs of communities that edges join, the strongest first. */
function linksOf(found: FoundCommunities): LinkIn[] {
  const { graph, communities } = found;
  const count = communityCount(found);
  const sums = new Map<number, { edgeCount: number; strength: number }>();
  for (let pair = 0; pair < graph.pairCount; pair++) {
    const ends = [graph.pairs.from[pair]!, graph.pairs.to[pair]!].map((node) => communities.membership[node]!);
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    if (from === to || to >= count) continue;
    const sum = sums.get(from * count + to) ?? { edgeCount: 0, strength: 0 };
    sum.edgeCount += 1;
    sum.strength += graph.pairs.strength[pair]!;
    sums.set(from * count + to, sum);
  }
  const links = Array.from(sums, ([key, sum]) => ({
    ...{ from: { ...found, number: Math.floor(key / count) }, to: { ...found, number: key % count } },
    ...sum,
  }));
  return links.sort((a, b) => b.strength - a.strength || a.from.number - b.from.number || a.to.number - b.to.number);
}

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
    links: t.field({
      type: [CommunityLink],
      description: 'The pairs of communities that edges join, strongest first.',
      extensions: { cost: { weight: 100 } },
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_LINKS,
          description: `Number of pairs. Maximum: ${MAX_LINKS.toLocaleString('en')}.`,
        }),
      },
      resolve: (found, { first }) => {
        if (first < 0 || first > MAX_LINKS) throw badInput(`first: ${first} is not between 0 and ${MAX_LINKS}.`);
        return linksOf(found).slice(0, first);
      },
    }),
    communities: t.field({
      type: CommunitiesConnection,
      description: 'The communities, largest first.',
      args: pageArguments(t.arg),
      resolve: (found, page): ComputedConnection<CommunityIn> => {
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

async function communitiesOf(
  subgraph: FoundSubgraph,
  parameters: CommunityParameters,
  { subgraphs }: RequestContext,
): Promise<FoundCommunities> {
  const graph = await subgraph.selected();
  const communities = await subgraphs.measures(graph).communities(parameters);
  return { subgraph, graph, parameters, communities, compared: null };
}

/** Communities with their counterparts among others. */
function comparedWith(found: FoundCommunities, others: FoundCommunities): FoundCommunities {
  const division = (one: FoundCommunities) => ({
    membership: one.communities.membership,
    groups: communityCount(one),
  });
  const placeIn = (node: number): number => others.graph.find(found.graph.nodes[node]!.id);
  return {
    ...found,
    compared: { with: others, counterparts: counterparts(division(found), division(others), placeIn) },
  };
}

builder.objectFields(Subgraph, (t) => ({
  communities: t.field({
    type: CommunityPartition,
    description: 'Its communities.',
    extensions: MEASURE_COST,
    args: {
      ...communityArguments,
      comparedWith: t.arg({
        type: PeriodInput,
        description:
          'Another period of the same selection: counterpart says which of its communities each community was, or became. With the same period in several questions, communities can be named and coloured alike in all of them.',
      }),
    },
    resolve: async (subgraph, { comparedWith: period, ...given }, context) => {
      const parameters = checkedResolution(given);
      const others = period ? subgraph.during(daysOfPeriod('comparedWith', period)) : null;
      const [found, compared] = await Promise.all(
        [subgraph, ...(others ? [others] : [])].map((one) => communitiesOf(one, parameters, context)),
      );
      return compared ? comparedWith(found!, compared) : found!;
    },
  }),
}));
