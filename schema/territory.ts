import { actorsOfTerritory, parts, territories, wholes } from '../src/store/territory.ts';
import { ActorsConnection } from './actors-connection.ts';
import { asOfArgument } from './as-of.ts';
import { builder } from './builder.ts';
import { claimArguments, claimsOf, MAX_CLAIMS } from './claim.ts';
import { connectionOf, pageArguments } from './connection.ts';
import { ActorKind, TerritoryLevel } from './enums.ts';
import { IndicatorsConnection, indicatorArguments, indicatorsOf } from './indicator.ts';
import { LocationType, locationOfTerritory } from './location.ts';
import { Node, nodeOfType, recordField } from './node.ts';
import { Claim, Territory } from './refs.ts';

/** Territories that one is part of, in one answer: a département was in a région of before 2016 and is in one of today. */
const MAX_WHOLES = 20;

const TerritoriesConnection = connectionOf('Territories', Territory, 'territories');

Territory.implement({
  description:
    'A country, a région, a département, a commune. Régions that ended in 2015 are included; a département is part of both, each in its period.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name.' }),
    code: t.string({
      nullable: true,
      description: 'Official code. For French territories: INSEE.',
      resolve: recordField('code'),
    }),
    level: t.field({
      type: TerritoryLevel,
      description: 'Its level.',
      extensions: { summary: 'kind' },
      resolve: ({ kind }) => kind as 'REGION',
    }),
    location: t.field({
      type: LocationType,
      nullable: true,
      description: 'Its middle. Null when no coordinates are recorded.',
      resolve: (summary, _, context) => locationOfTerritory(summary, context),
    }),
    since: t.expose('since', {
      type: 'PartialDate',
      nullable: true,
      description: 'Beginning of its existence. Null when no source says.',
    }),
    until: t.expose('until', {
      type: 'PartialDate',
      nullable: true,
      description: 'End. Null: no end is known.',
    }),
    partOf: t.field({
      type: [Territory],
      maximum: MAX_WHOLES,
      description: 'Territories it is part of.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) =>
        (await loaders.list(wholes(asOf), MAX_WHOLES, id)).map(({ node }) => node),
    }),
    parts: t.field({
      type: TerritoriesConnection,
      description: 'Its parts, by name.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }), ...pageArguments(t.arg) },
      resolve: ({ id }, { asOf, ...page }, { loaders }) => loaders.connection(parts(asOf), page, id),
    }),
    actors: t.field({
      type: ActorsConnection,
      description:
        'Actors with their seat in it or in one of its parts. One edge per actor, however often its seat moved.',
      args: {
        kind: t.arg({ type: [ActorKind], description: 'Only actors of these kinds.' }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { kind, asOf, ...page }, { loaders }) =>
        loaders.connection(actorsOfTerritory({ types: kind, asOf }), page, id),
    }),
    indicators: t.field({
      type: IndicatorsConnection,
      description: 'Published figures about it, oldest first.',
      args: indicatorArguments(t.arg),
      resolve: indicatorsOf,
    }),
    claims: t.field({
      type: [Claim],
      maximum: MAX_CLAIMS,
      description: `Statements of single sources about it that no other field shows, such as the effects of a policy.`,
      args: claimArguments(t.arg),
      resolve: claimsOf,
    }),
  }),
});

builder.queryFields((t) => ({
  territory: t.field({
    type: Territory,
    nullable: true,
    description: 'A territory, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example territory/region-midi-pyrenees.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Territory'], context, info),
  }),
  territories: t.field({
    type: TerritoriesConnection,
    description: 'The territories of a level, or all, by name.',
    args: {
      level: t.arg({ type: TerritoryLevel, description: 'Only territories of this level.' }),
      asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { level, asOf, ...page }, { loaders }) =>
      loaders.root(territories({ levels: level ? [level] : null, asOf }), page),
  }),
}));
