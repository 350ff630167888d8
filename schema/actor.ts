import type { ArgBuilder } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { IDENTIFIER_FIELDS, type Identifier, type IdentifierScheme, tidyIdentifier } from '../src/domain/identifier.ts';
import { MOST } from '../src/domain/list-bounds.ts';
import { ACTOR_TYPES } from '../src/domain/vocabulary.ts';
import { memberships } from '../src/store/membership.ts';
import type { NodeRecord } from '../src/store/node.ts';
import { projectsOfActor } from '../src/store/participation.ts';
import { partners } from '../src/store/partnership.ts';
import { seats } from '../src/store/territory.ts';
import { topicsOf } from '../src/store/topic.ts';
import { asOfArgument } from './as-of.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { pageArguments } from './connection.ts';
import type { RequestContext } from './context.ts';
import {
  ActorKind,
  IdentifierScheme as IdentifierSchemeEnum,
  MembershipRole,
  PartnershipKind,
  TopicScheme,
} from './enums.ts';
import { badInput } from './errors.ts';
import { ProjectFilter } from './filter.ts';
import { IndicatorsConnection, indicatorArguments, indicatorsOf } from './indicator.ts';
import { LocationType, locationOf, locationOfSeat } from './location.ts';
import { MembershipsConnection } from './membership.ts';
import { Node, nodeOfType, recordField, recordOf } from './node.ts';
import { ActorProjectsConnection } from './participation.ts';
import { PartnerOrder, PartnersConnection } from './partnership.ts';
import { ProjectOrder } from './project.ts';
import { claimsField, recordFields } from './record-fields.ts';
import { Actor, Territory, Topic } from './refs.ts';

const IdentifierType = builder.objectRef<Identifier>('Identifier').implement({
  description: 'An identifier of an actor in a public registry.',
  fields: (t) => ({
    scheme: t.expose('scheme', { type: IdentifierSchemeEnum, description: 'The registry.' }),
    value: t.exposeString('value', { description: 'The identifier in that registry.' }),
  }),
});

const IDENTIFIER_SCHEMES = Object.keys(IDENTIFIER_FIELDS) as IdentifierScheme[];

function identifiersOf(node: NodeRecord): Identifier[] {
  return IDENTIFIER_SCHEMES.flatMap((scheme) => {
    const value = node[IDENTIFIER_FIELDS[scheme]];
    return value === null ? [] : [{ scheme, value }];
  });
}

Actor.implement({
  description: 'An organisation, a pole or a cluster: anything that can be a member, a partner or a participant.',
  interfaces: [Node],
  resolveType: ({ type }) => type,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name, as the sources write it.' }),
    acronym: t.exposeString('acronym', { nullable: true, description: 'Acronym. Null when it has none.' }),
    aliases: t.stringList({
      maximum: MOST.aliases,
      description: 'Other names that search finds it by: former names, translations, spellings.',
      resolve: async (summary, _, context) => [...(await recordOf(summary, context)).aliases],
    }),
    website: t.field({ type: 'URL', nullable: true, description: 'Its website.', resolve: recordField('website') }),
    identifiers: t.field({
      type: [IdentifierType],
      maximum: IDENTIFIER_SCHEMES.length,
      description: 'Identifiers in public registries.',
      resolve: async (summary, _, context) => identifiersOf(await recordOf(summary, context)),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description:
        'Territory of its seat. Default: the present seat. Null when the seat is unknown or matches no recorded territory.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async ({ id }, { asOf }, { loaders }) => (await loaders.list(seats(asOf), 1, id))[0]?.node ?? null,
    }),
    city: t.string({
      nullable: true,
      description: 'City of its seat, as the source writes it.',
      resolve: recordField('city'),
    }),
    location: t.field({
      type: LocationType,
      nullable: true,
      description:
        'Where it is: its own coordinates, else those of the commune of its seat. Null when neither is known.',
      args: { asOf: t.arg({ type: 'PartialDate', description: asOfArgument }) },
      resolve: async (summary, { asOf }, context) =>
        locationOf(await recordOf(summary, context), 'ADDRESS') ?? (await locationOfSeat(summary, asOf, context)),
    }),
    topics: t.field({
      type: [Topic],
      maximum: MOST.topics,
      description: `Its sectors, markets and technologies.`,
      args: { scheme: t.arg({ type: TopicScheme, description: 'Only topics of this scheme.' }) },
      resolve: async ({ id }, { scheme }, { loaders }) =>
        (await loaders.list(topicsOf(scheme), MOST.topics, id)).map(({ node }) => node),
    }),
    memberships: t.field({
      type: MembershipsConnection,
      description: 'The networks it belongs to. A pole or a cluster can itself be a member of another network.',
      args: {
        role: t.arg({ type: [MembershipRole], description: 'Only memberships in these roles.' }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { role, asOf, ...page }, { loaders }) =>
        loaders.connection(memberships({ roles: role, asOf }), page, id),
    }),
    partners: t.field({
      type: PartnersConnection,
      description:
        'Its partners, each once, whichever of the two a partnership names first; the edge has the partnerships with it.',
      args: {
        kind: t.arg({ type: [PartnershipKind], description: 'Only partnerships of these kinds.' }),
        actorKind: t.arg({ type: [ActorKind], description: 'Only partners of these kinds.' }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        orderBy: t.arg({ type: PartnerOrder, description: 'Default: by name.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { kind, actorKind, asOf, orderBy, ...page }, { loaders }) =>
        loaders.connection(partners({ kinds: kind, types: actorKind, asOf, orderBy }), page, id),
    }),
    projects: t.field({
      type: ActorProjectsConnection,
      description: 'The projects it takes part in.',
      args: {
        filter: t.arg({ type: ProjectFilter, description: 'Conditions on the projects.' }),
        asOf: t.arg({ type: 'PartialDate', description: asOfArgument }),
        orderBy: t.arg({ type: ProjectOrder, description: 'Default: latest first.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { filter, asOf, orderBy, ...page }, { loaders }) =>
        loaders.connection(projectsOfActor({ filter, asOf, orderBy }), page, id),
    }),
    indicators: t.field({
      type: IndicatorsConnection,
      description: 'Published figures about it, oldest first.',
      args: indicatorArguments(t.arg),
      resolve: indicatorsOf,
    }),
    claims: claimsField(t),
    ...recordFields(t),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the record was created in this graph.',
      resolve: recordField('createdAt'),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When the record was last changed in this graph.',
      resolve: recordField('updatedAt'),
    }),
  }),
});

export const ActorRef = builder.inputType('ActorRef', {
  description: 'Identifies an actor by exactly one identifier.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'Global identifier.' }),
    siren: t.string({ description: 'Its SIREN number; spaces do not matter.' }),
    rnsr: t.string({ description: 'Its RNSR number; case does not matter.' }),
    ror: t.string({ description: 'Its ROR identifier, with or without https://ror.org/.' }),
    isni: t.string({ description: 'Its ISNI, with or without spaces or https://isni.org/isni/.' }),
    wikidata: t.string({ description: 'Its Wikidata identifier, with or without https://www.wikidata.org/wiki/.' }),
    cordisPic: t.string({ description: 'Its CORDIS participant code.' }),
  }),
});

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** The arguments by which an actor is found: exactly one of them. */
export const actorArguments = (t: ArgBuilder<Types>, example: string) => ({
  id: t.id({ description: `Its global identifier, for example ${example}.` }),
  by: t({ type: ActorRef, description: 'Its identifier, a global one or that of a public registry.' }),
});

/** The actor that the arguments name, if it is of one of the types. Throws unless there is exactly one. */
export function actorNamed(
  { id, by }: { readonly id?: string | null | undefined; readonly by?: typeof ActorRef.$inferInput | null | undefined },
  types: readonly string[],
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<NodeRecord | null> {
  if (typeof id === 'string' && by) throw badInput('id and by: give one of them.');
  if (typeof id === 'string') return nodeOfType(id, types, context, info);
  if (by) return actorBy(by, types, context, info);
  throw badInput('id: give a global identifier, or by: an identifier of a public registry.');
}

/** The actor that a reference names, if it is of one of the types. */
export async function actorBy(
  ref: typeof ActorRef.$inferInput,
  types: readonly string[],
  context: RequestContext,
  info: GraphQLResolveInfo,
): Promise<NodeRecord | null> {
  if (typeof ref.id === 'string') return nodeOfType(ref.id, types, context, info);
  for (const scheme of IDENTIFIER_SCHEMES) {
    const field = IDENTIFIER_FIELDS[scheme];
    const value = ref[field];
    if (typeof value !== 'string') continue;
    const node = await context.loaders.identified(field, tidyIdentifier(scheme, value));
    return node && nodeOfType(node.id, types, context);
  }
  return null;
}

builder.queryField('actor', (t) =>
  t.field({
    type: Actor,
    nullable: true,
    description:
      'An organisation, a pole or a cluster, by its global identifier or by one of a public registry. Null when there is none.',
    args: actorArguments(t.arg, 'organisation/cnrs'),
    resolve: (_, args, context, info) => actorNamed(args, ACTOR_TYPES, context, info),
  }),
);
