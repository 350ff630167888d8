import { actorsOfTopic, broader, narrower, topics } from '../src/store/topic.ts';
import { ActorsConnection } from './actors-connection.ts';
import { builder } from './builder.ts';
import { connectionOf, pageArguments } from './connection.ts';
import { ActorKind, TopicScheme } from './enums.ts';
import { Node, nodeOfType } from './node.ts';
import { Topic } from './refs.ts';

const TopicsConnection = connectionOf('Topics', Topic, 'topics');

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
