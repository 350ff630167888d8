import { actorsOfTopic, broader, narrower, topics } from '../src/store/topic.ts';
import { ActorsConnection } from './actors-connection.ts';
import { builder } from './builder.ts';
import { pageArguments } from './connection.ts';
import { ActorKind, TopicScheme } from './enums.ts';
import { Node, nodeOfType } from './node.ts';
import { Topic } from './refs.ts';

/** Topics in one answer: vocabularies are short. */
const MAX_TOPICS = 1_000;

Topic.implement({
  description: 'A sector, a market or a technology, as in a SKOS concept scheme.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name.' }),
    scheme: t.field({
      type: TopicScheme,
      description: 'Concept scheme.',
      extensions: { card: 'kind' },
      resolve: ({ kind }) => kind as 'SECTOR',
    }),
    broader: t.field({
      type: Topic,
      nullable: true,
      description: 'The broader topic.',
      resolve: async ({ id }, _, { loaders }) => (await loaders.list(broader(), 1, id))[0]?.node ?? null,
    }),
    narrower: t.field({
      type: [Topic],
      description: `Narrower topics. Maximum: ${MAX_TOPICS}.`,
      resolve: async ({ id }, _, { loaders }) =>
        (await loaders.list(narrower(), MAX_TOPICS, id)).map(({ node }) => node),
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
    type: [Topic],
    description: `The topics of a scheme, or all, by name. Maximum: ${MAX_TOPICS}.`,
    args: { scheme: t.arg({ type: TopicScheme, description: 'Only the topics of this scheme.' }) },
    resolve: async (_, { scheme }, { loaders }) =>
      (await loaders.rootList(topics(scheme), MAX_TOPICS)).map(({ node }) => node),
  }),
}));
