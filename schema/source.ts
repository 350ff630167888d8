import type { Card } from '../src/store/card.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { Node, nodeOfType, nodesOf, whole } from './node.ts';

export const Source = builder.objectRef<Card>('Source');

Source.implement({
  description: 'Where a fact comes from: a press article, a register, an open data set.',
  interfaces: [Node],
  fields: (t) => ({
    title: t.exposeString('name', { description: 'What the source is called.' }),
    publisher: t.string({ nullable: true, description: 'Who published it.', resolve: whole('publisher') }),
    url: t.field({ type: 'URL', nullable: true, description: 'Where it can be read.', resolve: whole('url') }),
    publishedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When it was published, as precisely as is known.',
      resolve: whole('publishedOn'),
    }),
    licence: t.string({
      nullable: true,
      description: 'Under which licence its data may be used.',
      resolve: whole('licence'),
    }),
    version: t.int({
      description: 'Rises by one with every change of the record: give it back as expectedVersion.',
      resolve: whole('version'),
    }),
  }),
});

/** A resolver of the sources that a record or an edge names. */
export function sourcesOf<Parent>(
  ids: (parent: Parent, context: RequestContext) => readonly string[] | Promise<readonly string[]>,
) {
  return async (parent: Parent, _: unknown, context: RequestContext) => nodesOf(await ids(parent, context), context);
}

builder.queryField('source', (t) =>
  t.field({
    type: Source,
    nullable: true,
    description: 'A source by its identifier; null for an unknown one.',
    args: { id: t.arg.id({ required: true, description: 'Such as source/agoravox-2016.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Source'], context, info),
  }),
);
