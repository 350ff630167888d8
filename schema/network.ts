import { MOST } from '../src/domain/list-bounds.ts';
import { NETWORK_TYPES } from '../src/domain/vocabulary.ts';
import type { Connection } from '../src/loaders/loaders.ts';
import type { PageArguments } from '../src/paging/arguments.ts';
import { labelsOf } from '../src/store/label.ts';
import type { ListEdge } from '../src/store/list.ts';
import { members } from '../src/store/membership.ts';
import {
  type NetworkFilter as Filter,
  networks,
  type NetworkOrder as Order,
  undatedNetworks,
} from '../src/store/network.ts';
import { labelledProjects } from '../src/store/project.ts';
import { predecessors, successors } from '../src/store/succession.ts';
import { coveredTerritories } from '../src/store/territory.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import type { RequestContext } from './context.ts';
import { ActorKind, MembershipRole, OrganisationKind, orderOf, PoleRank } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { NetworkFilter } from './filter.ts';
import { Label } from './label.ts';
import { inLanguage, languageArgument } from './language.ts';
import { MembersKnown } from './members-known.ts';
import { MemberOrder, MembersConnection } from './membership.ts';
import { Node, nodeOfType, recordField } from './node.ts';
import { ProjectOrder, ProjectsConnection } from './project.ts';
import { Actor, Cluster, Network, Pole, Territory } from './refs.ts';
import { Succession } from './relationship.ts';

/** Successions to or from one network, and labels of one, in one answer. */
const MAX_OF_ONE = 50;

Network.implement({
  description:
    'A pole or a cluster: a cooperation network of actors around a sector, a market or a technology on a territory.',
  interfaces: [Node, Actor],
  resolveType: ({ type }) => type,
  fields: (t) => ({
    description: t.string({
      nullable: true,
      description: 'Its purpose, in a sentence or two. Null when it is not written in that language.',
      args: { language: languageArgument(t) },
      resolve: inLanguage('description', 'descriptionEn'),
    }),
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description: 'First date of its label. A network created by a merger or a renaming begins with it.',
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: 'Last date of its label. Null: no end is known.',
    }),
    foundedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Foundation of the legal body that runs it. Null when no source says.',
      resolve: recordField('foundedOn'),
    }),
    dissolvedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Dissolution of that body. Null when no source says.',
      resolve: recordField('dissolvedOn'),
    }),
    isActive: t.boolean({
      description:
        'Whether it is active at a date, or on some day of that month or year: it holds a label then, or it is a cluster, or a pole whose labels are not recorded, within its lifespan. What has no known end counts as going on; a network without a known beginning is not active.',
      args: { asOf: t.arg({ type: 'PartialDate', required: true, description: 'The date.' }) },
      resolve: ({ id }, { asOf }, { loaders }) => loaders.isActive(asOf).load(id),
    }),
    labels: t.field({
      type: [Label],
      maximum: MAX_OF_ONE,
      description: 'The labels it has or had, earliest first.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) => {
        const found = await loaders.list(labelsOf(asOf), MAX_OF_ONE, id);
        return found.map(({ relationship }) => relationship);
      },
    }),
    covers: t.field({
      type: [Territory],
      maximum: MOST.covers,
      description: 'The territories it covers, including that of its seat.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) => {
        // One may be both covered and a seat.
        const found = await loaders.list(coveredTerritories(asOf), 2 * MOST.covers, id);
        return [...new Map(found.map(({ node }) => [node.id, node])).values()];
      },
    }),
    members: t.field({
      type: MembersConnection,
      description: 'Its members, with role, period and sources.',
      args: {
        actorKind: t.arg({ type: [ActorKind], description: 'Only members of these kinds.' }),
        organisationKind: t.arg({ type: [OrganisationKind], description: 'Only organisations of these kinds.' }),
        role: t.arg({ type: [MembershipRole], description: 'Only members in these roles.' }),
        locatedIn: t.arg.idList({
          description: 'Only members whose seat is in any of these territories, or in a part of one.',
        }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        orderBy: t.arg({ type: MemberOrder, description: 'Default: by name.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { actorKind, organisationKind, role, locatedIn, asOf, orderBy, ...page }, { loaders }) =>
        loaders.connection(
          members({ types: actorKind, organisationKinds: organisationKind, roles: role, locatedIn, asOf, orderBy }),
          page,
          id,
        ),
    }),
    membersKnown: t.field({
      type: MembersKnown,
      description: 'How complete its list of members is.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: (network, { asOf }) => ({ network, asOf }),
    }),
    labelledProjects: t.field({
      type: ProjectsConnection,
      description: 'The projects it has labelled. Labelling a project is not participation.',
      args: {
        asOf: t.arg({ type: 'PartialDate', description: 'Only projects that ran at that date.' }),
        orderBy: t.arg({ type: ProjectOrder, description: 'Default: latest first.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { asOf, orderBy, ...page }, { loaders }) =>
        loaders.connection(labelledProjects({ asOf, orderBy }), page, id),
    }),
    predecessors: t.field({
      type: [Succession],
      maximum: MAX_OF_ONE,
      description: 'Successions from earlier networks, earliest first.',
      resolve: async ({ id }, _, { loaders }) => {
        const found = await loaders.list(predecessors(), MAX_OF_ONE, id);
        return found.map(({ relationship }) => relationship);
      },
    }),
    successors: t.field({
      type: [Succession],
      maximum: MAX_OF_ONE,
      description: 'Successions to later networks, earliest first.',
      resolve: async ({ id }, _, { loaders }) => {
        const found = await loaders.list(successors(), MAX_OF_ONE, id);
        return found.map(({ relationship }) => relationship);
      },
    }),
  }),
});

Pole.implement({
  description:
    'State-certified competitiveness cluster (pôle de compétitivité): companies, training centres and research units around a market and a technological domain. The upstream of an industry.',
  interfaces: [Node, Actor, Network],
  fields: (t) => ({
    rank: t.field({
      type: PoleRank,
      nullable: true,
      description: 'National rank of its label. Null when no source says.',
      resolve: recordField('rank'),
    }),
  }),
});

Cluster.implement({
  description:
    'Business cluster: companies and partners of one sector that improve their economic process, such as production, distribution and logistics. The downstream of an industry.',
  interfaces: [Node, Actor, Network],
});

const NetworkOrder = orderOf(
  'NetworkOrder',
  'networks',
  {
    NAME: 'By name.',
    DISTANCE: 'By distance from the centre of near in the filter, which is needed.',
    SINCE: 'By beginning of the label. Unknown beginnings count as earliest.',
    MEMBER_COUNT: 'By number of members, at asOf of the filter; without it, over all dates.',
  },
  { field: 'NAME', direction: 'ASC' },
);

const NetworksConnection = actorConnectionOf('Networks', Network, 'networks');
const PolesConnection = actorConnectionOf('Poles', Pole, 'poles');
const ClustersConnection = actorConnectionOf('Clusters', Cluster, 'clusters');

/** A list of networks, and how many its filter leaves out for want of a date. */
type NetworkList = Connection<ListEdge> & { undated(): Promise<number> };

for (const connection of [NetworksConnection, PolesConnection, ClustersConnection]) {
  builder.objectField(connection, 'undatedCount', (t) =>
    t.int({
      description:
        'Number of networks that `activeAsOf` leaves out only because nobody knows when they began: those that `includeUndated` adds. Counted only when requested.',
      resolve: (list) => (list as NetworkList).undated(),
    }),
  );
}

interface ListArguments extends PageArguments {
  readonly filter?: Filter | null | undefined;
  readonly orderBy?: Order | null | undefined;
}

/** The resolver of the list of all networks, or of those of one type. */
const listOf =
  (type: 'Network' | 'Pole' | 'Cluster') =>
  (_: unknown, { filter, orderBy, ...page }: ListArguments, { loaders }: RequestContext): NetworkList => {
    const undated = undatedNetworks(type, filter);
    return {
      ...loaders.root(networks(type, { filter, orderBy }), page),
      undated: () => loaders.root(undated, { first: 0 }).total(),
    };
  };

builder.queryFields((t) => ({
  network: t.field({
    type: Network,
    nullable: true,
    description: 'A pole or a cluster, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example pole/aerospace-valley.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, NETWORK_TYPES, context, info),
  }),
  pole: t.field({
    type: Pole,
    nullable: true,
    description: 'A pole, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example pole/aerospace-valley.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Pole'], context, info),
  }),
  cluster: t.field({
    type: Cluster,
    nullable: true,
    description: 'A cluster, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example cluster/mecanic-vallee.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Cluster'], context, info),
  }),
  networks: t.field({
    type: NetworksConnection,
    description: 'The poles and clusters that match the filter. Without a filter: all.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Conditions on the networks.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'Default: by name.' }),
      ...pageArguments(t.arg),
    },
    resolve: listOf('Network'),
  }),
  poles: t.field({
    type: PolesConnection,
    description: 'The poles that match the filter, past ones included. Without a filter: all.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Conditions on the poles.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'Default: by name.' }),
      ...pageArguments(t.arg),
    },
    resolve: listOf('Pole'),
  }),
  clusters: t.field({
    type: ClustersConnection,
    description: 'The clusters that match the filter, past ones included. Without a filter: all.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Conditions on the clusters.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'Default: by name.' }),
      ...pageArguments(t.arg),
    },
    resolve: listOf('Cluster'),
  }),
}));
