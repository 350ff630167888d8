import { builder } from './builder.ts';
import { expectedVersion, type InputBuilder, idempotencyKey } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Source } from './source.ts';

const SourcePayload = payloadOf('source', Source, (id, { loaders }) => loaders.node.load(id));

const sourceFields = (t: InputBuilder) => ({
  publisher: t.string({ description: 'Who published it.' }),
  url: t.field({ type: 'URL', description: 'Where it can be read.' }),
  publishedOn: t.field({ type: 'PartialDate', description: 'When it was published, as precisely as is known.' }),
  licence: t.string({ description: 'Under which licence its data may be used.' }),
});

const SourceCreateInput = builder.inputType('SourceCreateInput', {
  description: 'A new source.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'What the source is called.' }),
    ...sourceFields(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const SourceUpdateInput = builder.inputType('SourceUpdateInput', {
  description: 'What changes of a source: a field left out stays, null empties it.',
  fields: (t) => ({
    title: t.string({ description: 'What the source is called.' }),
    ...sourceFields(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  sourceCreate: t.field({
    type: SourcePayload,
    requires: 'EDITOR',
    description: 'Records a source, so that facts can name it.',
    args: { input: t.arg({ type: SourceCreateInput, required: true, description: 'The source.' }) },
    resolve: (_, args, context) => edited('sourceCreate', args, context),
  }),
  sourceUpdate: t.field({
    type: SourcePayload,
    requires: 'EDITOR',
    description: 'Corrects or completes a source.',
    args: {
      id: t.arg.id({ required: true, description: 'Which source.' }),
      input: t.arg({ type: SourceUpdateInput, required: true, description: 'What changes.' }),
    },
    resolve: (_, args, context) => edited('sourceUpdate', args, context),
  }),
}));
