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

/** Territories or successions of one network in one answer. */
const MAX_OF_ONE = 200;

Network.implement({
  description: 'A cooperation network: actors of a sector or a market on a territory.',
  interfaces: [Actor, Node],
  resolveType: ({ type }) => type,
  fields: (t) => ({
    description: t.string({
      nullable: true,
      description: 'What it is for, in a sentence or two.',
      resolve: whole('description'),
    }),
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description:
        'First date of its label, of its recognition as a network. One born of a merger or a rename starts with it.',
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: 'Last date of its label; null means that no end is known.',
    }),
    foundedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When the structure that carries it was founded, if a source says.',
      resolve: whole('foundedOn'),
    }),
    dissolvedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When that structure was dissolved, if a source says.',
      resolve: whole('dissolvedOn'),
    }),
    isActive: t.boolean({
      description:
        'Whether it holds its label at a date, or at some day of that month or year. One whose end is unknown counts as active.',
      args: { asOf: t.arg({ type: 'PartialDate', required: true, description: 'The date.' }) },
      resolve: async (card, { asOf }, context) => {
        const { validFrom, validTo } = await wholeOf(card, context);
        return holds({ from: validFrom, to: validTo }, asOf);
      },
    }),
    covers: t.field({
      type: [Territory],
      description: `The territories that it works on, its seat's included; ${MAX_OF_ONE} at most.`,
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) => {
        const found = await loaders.list(coveredTerritories(asOf), MAX_OF_ONE, id);
        return [...new Map(found.map(({ node }) => [node.id, node])).values()];
      },
    }),
    members: t.field({
      type: MembersConnection,
      description: 'Who belongs to it, in which role, since when and according to which source.',
      args: {
        actorKind: t.arg({ type: [ActorKind], description: 'Only members of these kinds.' }),
        organisationKind: t.arg({ type: [OrganisationKind], description: 'Only organisations of these kinds.' }),
        role: t.arg({ type: [MembershipRole], description: 'Only members in these roles.' }),
        locatedIn: t.arg.idList({
          description: 'Only members with their seat in any of these territories or their parts.',
        }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        orderBy: t.arg({ type: MemberOrder, description: 'By name unless told.' }),
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
      description: 'The projects that it has labelled. Labelling a project is not taking part in it.',
      args: {
        asOf: t.arg({ type: 'PartialDate', description: 'Only projects that ran at that date.' }),
        orderBy: t.arg({ type: ProjectOrder, description: 'The latest first unless told.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { asOf, orderBy, ...page }, { loaders }) =>
        loaders.connection(labelledProjects({ asOf, orderBy }), page, id),
    }),
    predecessors: t.field({
      type: [Succession],
      description: `The successions by which it came out of other networks, earliest first; ${MAX_OF_ONE} at most.`,
      resolve: async ({ id }, _, { loaders }) => {
        const found = await loaders.list(predecessors(), MAX_OF_ONE, id);
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
      description: `The successions by which other networks came out of it, earliest first; ${MAX_OF_ONE} at most.`,
      resolve: async ({ id }, _, { loaders }) => {
        const found = await loaders.list(successors(), MAX_OF_ONE, id);
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
    'The upstream of an industry: companies, training centres and research units around a market and a technological and scientific domain (pôle de compétitivité).',
  interfaces: [Network, Actor, Node],
  fields: (t) => ({
    rank: t.field({
      type: PoleRank,
      nullable: true,
      description: 'Its national classification when it was labelled; null when no source says.',
      resolve: whole('rank'),
    }),
  }),
});

Cluster.implement({
  description:
    'The downstream of an industry: companies and partners of one sector that improve their economic process, producers with distributors, logistics.',
  interfaces: [Network, Actor, Node],
});

const NetworkOrder = orderOf(
  'NetworkOrder',
  'networks',
  {
    NAME: 'By name.',
    SINCE: 'By the beginning of the label; an unknown one comes before all others.',
    MEMBER_COUNT: 'By how many members they have, at any time.',
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
    description: 'A pole or a cluster by its identifier; null for an unknown one.',
    args: { id: t.arg.id({ required: true, description: 'Such as pole/aerospace-valley.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, NETWORK_TYPES, context, info),
  }),
  pole: t.field({
    type: Pole,
    nullable: true,
    description: 'A pole by its identifier; null for an unknown one.',
    args: { id: t.arg.id({ required: true, description: 'Such as pole/aerospace-valley.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Pole'], context, info),
  }),
  cluster: t.field({
    type: Cluster,
    nullable: true,
    description: 'A cluster by its identifier; null for an unknown one.',
    args: { id: t.arg.id({ required: true, description: 'Such as cluster/mecanic-vallee.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Cluster'], context, info),
  }),
  networks: t.field({
    type: NetworksConnection,
    description: 'The poles and clusters that meet a filter, or all.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Only networks that meet this.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'By name unless told.' }),
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
    description: 'The poles that meet a filter, or all; those of the past too.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Only poles that meet this.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'By name unless told.' }),
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
    description: 'The clusters that meet a filter, or all; those of the past too.',
    args: {
      filter: t.arg({ type: NetworkFilter, description: 'Only clusters that meet this.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'By name unless told.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { filter, orderBy, ...page }, { loaders }) =>
      loaders.root(
        filtered(() => networks('Cluster', { filter, orderBy })),
        page,
      ),
  }),
}));
