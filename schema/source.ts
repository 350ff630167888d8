import { citationOf } from '../src/domain/citation.ts';
import type { Card } from '../src/store/card.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { Node, nodeOfType, nodesOf, whole, wholeOf } from './node.ts';

export const Source = builder.objectRef<Card>('Source');

Source.implement({
  description: 'Origin of facts: a press article, a register, an open data set.',
  interfaces: [Node],
  fields: (t) => ({
    title: t.exposeString('name', { description: 'Title.' }),
    publisher: t.string({ nullable: true, description: 'Who published it.', resolve: whole('publisher') }),
    url: t.field({ type: 'URL', nullable: true, description: 'Address of the document.', resolve: whole('url') }),
    publishedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Date of publication, as precisely as known.',
      resolve: whole('publishedOn'),
    }),
    consultedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When the document was consulted.',
      resolve: whole('consultedOn'),
    }),
    cite: t.string({
      description: 'The reference as one prints it, in French: title, publisher, date, address, day of consultation.',
      resolve: async (card, _, context) => citationOf(await wholeOf(card, context)),
    }),
    licence: t.string({
      nullable: true,
      description: 'Licence of its data.',
      resolve: whole('licence'),
    }),
    version: t.int({
      description: 'Increases by one with every change of the record. Send it back as expectedVersion.',
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
    description: 'A source, by its identifier. Null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'For example source/agoravox-2016.' }) },
    resolve: (_, { id }, context, info) => nodeOfType(id, ['Source'], context, info),
  }),
);
