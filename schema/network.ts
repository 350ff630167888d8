import { MOST } from '../src/domain/list-bounds.ts';
import { holds } from '../src/domain/period.ts';
import { NETWORK_TYPES } from '../src/domain/vocabulary.ts';
import { members } from '../src/store/membership.ts';
import { networks } from '../src/store/network.ts';
import { labelledProjects } from '../src/store/project.ts';
import { predecessors, successors } from '../src/store/succession.ts';
import { coveredTerritories } from '../src/store/territory.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { ActorKind, MembershipRole, OrganisationKind, orderOf, PoleRank } from './enums.ts';
import { actorConnectionOf } from './facets.ts';
import { filtered, NetworkFilter } from './filter.ts';
import { MemberOrder, MembersConnection } from './membership.ts';
import { Node, nodeOfType, whole, wholeOf } from './node.ts';
import { ProjectOrder, ProjectsConnection } from './project.ts';
import { Actor, Cluster, Network, Pole, Territory } from './refs.ts';
import { Succession } from './relationship.ts';

/** Successions to or from one network in one answer. */
const MAX_SUCCESSIONS = 50;

Network.implement({
  description:
    'A pole or a cluster: a cooperation network of actors around a sector, a market or a technology on a territory.',
  interfaces: [Actor, Node],
  resolveType: ({ type }) => type,
  fields: (t) => ({
    description: t.string({
      nullable: true,
      description: 'Its purpose, in a sentence or two.',
      resolve: whole('description'),
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
      resolve: whole('foundedOn'),
    }),
    dissolvedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Dissolution of that body. Null when no source says.',
      resolve: whole('dissolvedOn'),
    }),
    isActive: t.boolean({
      description:
        'Whether it holds its label at a date, or on some day of that month or year. A label without a known end counts as still held.',
      args: { asOf: t.arg({ type: 'PartialDate', required: true, description: 'The date.' }) },
      resolve: async (card, { asOf }, context) => {
        const { validFrom, validTo } = await wholeOf(card, context);
        return holds({ from: validFrom, to: validTo }, asOf);
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
      maximum: MAX_SUCCESSIONS,
      description: 'Successions from earlier networks, earliest first.',
      resolve: async ({ id }, _, { loaders }) => {
        const found = await loaders.list(predecessors(), MAX_SUCCESSIONS, id);
        return found.map(({ node, relationshipId, kind, ...fact }) => ({
          ...fact,
          id: relationshipId,
          type: 'SUCCEEDED_BY' as const,
          from: node.id,
          to: id,
          own: { kind },
        }));
      },
    }),
    successors: t.field({
      type: [Succession],
      maximum: MAX_SUCCESSIONS,
      description: 'Successions to later networks, earliest first.',
      resolve: async ({ id }, _, { loaders }) => {
        const found = await loaders.list(successors(), MAX_SUCCESSIONS, id);
        return found.map(({ node, relationshipId, kind, ...fact }) => ({
          ...fact,
          id: relationshipId,
          type: 'SUCCEEDED_BY' as const,
          from: id,
          to: node.id,
          own: { kind },
        }));
      },
    }),
  }),
});

Pole.implement({
  description:
    'State-certified competitiveness cluster (pôle de compétitivité): companies, training centres and research units around a market and a technological domain. The upstream of an industry.',
  interfaces: [Network, Actor, Node],
  fields: (t) => ({
    rank: t.field({
      type: PoleRank,
      nullable: true,
      description: 'National rank of its label. Null when no source says.',
      resolve: whole('rank'),
    }),
  }),
});

Cluster.implement({
  description:
    'Business cluster: companies and partners of one sector that improve their economic process, such as production, distribution and logistics. The downstream of an industry.',
  interfaces: [Network, Actor, Node],
});

const NetworkOrder = orderOf(
  'NetworkOrder',
  'networks',
  {
    NAME: 'By name.',
    SINCE: 'By beginning of the label. Unknown beginnings count as earliest.',
    MEMBER_COUNT: 'By number of members, over all dates.',
  },
  { field: 'NAME', direction: 'ASC' },
);

const NetworksConnection = actorConnectionOf('Networks', Network, 'networks');
const PolesConnection = actorConnectionOf('Poles', Pole, 'poles');
const ClustersConnection = actorConnectionOf('Clusters', Cluster, 'clusters');

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
    resolve: (_, { filter, orderBy, ...page }, { loaders }) =>
      loaders.root(
        filtered(() => networks('Network', { filter, orderBy })),
        page,
      ),
  }),
  poles: t.field({
    type: PolesConnection,
    description: 'The poles that match the filter, past ones included. Without a filter: all.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Conditions on the poles.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'Default: by name.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, orderBy, ...page }, { loaders }) =>
      loaders.root(
        filtered(() => networks('Pole', { filter, orderBy })),
        page,
      ),
  }),
  clusters: t.field({
    type: ClustersConnection,
    description: 'The clusters that match the filter, past ones included. Without a filter: all.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Conditions on the clusters.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'Default: by name.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, orderBy, ...page }, { loaders }) =>
      loaders.root(
        filtered(() => networks('Cluster', { filter, orderBy })),
        page,
      ),
  }),
}));
