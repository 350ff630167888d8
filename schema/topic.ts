import { MOST } from '../src/domain/list-bounds.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { actorsOfTopic, broader, narrower, topics } from '../src/store/topic.ts';
import { ActorsConnection } from './actors-connection.ts';
import { builder } from './builder.ts';
import { claimArguments, claimsOf, MAX_CLAIMS } from './claim.ts';
import { connectionOf, pageArguments } from './connection.ts';
import { ActorKind, TopicScheme } from './enums.ts';
import { inLanguage, languageArgument } from './language.ts';
import { Node, nodeOfType, recordOf } from './node.ts';
import { Claim, Topic } from './refs.ts';
import { Source, sourcesOf } from './source.ts';

const TopicsConnection = connectionOf('Topics', Topic, 'topics');

Topic.implement({
  description: 'A sector, a market, a technology, a label or a notion of the field, as in a SKOS concept scheme.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name, in French.' }),
    prefLabel: t.string({
      nullable: true,
      description: 'Preferred label in a language (skos:prefLabel). Null when none is recorded in that language.',
      args: { language: languageArgument(t) },
      resolve: inLanguage('name', 'nameEn'),
    }),
    altLabels: t.stringList({
      maximum: MOST.aliases,
      description: 'Other names by which it is found (skos:altLabel).',
      resolve: async (summary, _, context) => [...(await recordOf(summary, context)).aliases],
    }),
    definition: t.string({
      nullable: true,
      description: 'What it means (skos:definition). Null when it has no definition in that language.',
      args: { language: languageArgument(t) },
      resolve: inLanguage('definition', 'definitionEn'),
    }),
    sources: t.field({
      type: [Source],
      maximum: MOST.sources,
      description: 'Sources of its definition.',
      resolve: sourcesOf(async (summary: NodeSummary, context) => (await recordOf(summary, context)).sources),
    }),
    claims: t.field({
      type: [Claim],
      maximum: MAX_CLAIMS,
      description: 'What sources say about it.',
      args: claimArguments(t.arg),
      resolve: claimsOf,
    }),
    scheme: t.field({
      type: TopicScheme,
      description: 'Concept scheme.',
      extensions: { summary: 'kind' },
      resolve: ({ kind }) => kind as 'SECTOR',
    }),
    broader: t.field({
      type: Topic,
      nullable: true,
      description: 'The broader topic.',
      resolve: async ({ id }, _, { loaders }) => (await loaders.list(broader(), 1, id))[0]?.node ?? null,
    }),
    narrower: t.field({
      type: TopicsConnection,
      description: 'Narrower topics, by name.',
      args: pageArguments(t.arg),
      resolve: ({ id }, page, { loaders }) => loaders.connection(narrower(), page, id),
    }),
    actors: t.field({
      type: ActorsConnection,
      description: 'Actors with this topic.',
      args: {
        kind: t.arg({ type: [ActorKind], description: 'Only actors of these kinds.' }),
        ...pageArguments(t.arg),
      },
      resolve: ({ id }, { kind, ...page }, { loaders }) => loaders.connection(actorsOfTopic({ types: kind }), page, id),
    }),
  }),
});

builder.queryFields((t) => ({
  topic: t.field({
    type: Topic,
    nullable: true,
    description: 'A topic, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example topic/sector-mecanique.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Topic'], context, info),
  }),
  topics: t.field({
    type: TopicsConnection,
    description: 'The topics of a scheme, or all, by name.',
    args: {
      scheme: t.arg({ type: TopicScheme, description: 'Only the topics of this scheme.' }),
      ...pageArguments(t.arg),
    },
    resolve: (_, { scheme, ...page }, { loaders }) => loaders.root(topics(scheme), page),
  }),
}));
