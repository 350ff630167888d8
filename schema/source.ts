import { citationOf } from '../src/domain/citation.ts';
import type { NodeSummary } from '../src/store/node-summary.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { Node, nodeOfType, nodesOf, recordField, recordOf } from './node.ts';

export const Source = builder.objectRef<NodeSummary>('Source');

Source.implement({
  description: 'Origin of facts: a press article, a register, an open data set.',
  interfaces: [Node],
  fields: (t) => ({
    title: t.exposeString('name', { description: 'Title.' }),
    publisher: t.string({ nullable: true, description: 'Who published it.', resolve: recordField('publisher') }),
    url: t.field({ type: 'URL', nullable: true, description: 'Address of the document.', resolve: recordField('url') }),
    publishedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'Date of publication, as precisely as known.',
      resolve: recordField('publishedOn'),
    }),
    consultedOn: t.field({
      type: 'PartialDate',
      nullable: true,
      description: 'When the document was consulted.',
      resolve: recordField('consultedOn'),
    }),
    cite: t.string({
      description: 'The reference as one prints it, in French: title, publisher, date, address, day of consultation.',
      resolve: async (summary, _, context) => citationOf(await recordOf(summary, context)),
    }),
    licence: t.string({
      nullable: true,
      description: 'Licence of its data.',
      resolve: recordField('licence'),
    }),
    version: t.int({
      description: 'Increases by one with every change of the record. Send it back as expectedVersion.',
      resolve: recordField('version'),
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
