import { builder } from './builder.ts';
import { expectedVersion, idempotencyKey, recordInputFields } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Source } from './source.ts';

const SourcePayload = payloadOf('source', Source, (id, { loaders }) => loaders.node.load(id));

const SourceCreateInput = builder.inputType('SourceCreateInput', {
  description: 'A new source.',
  fields: (t) => ({
    ...recordInputFields(t, 'source', { isNew: true }),
    idempotencyKey: idempotencyKey(t),
  }),
});

const SourceUpdateInput = builder.inputType('SourceUpdateInput', {
  description: 'Changes of a source. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'source', { isNew: false }),
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
      input: t.arg({ type: SourceUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('sourceUpdate', args, context),
  }),
}));
