import { builder } from './builder.ts';
import { idempotencyKey, newFactSources, recordInputFields } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Patent } from './refs.ts';

const PatentPayload = payloadOf('patent', Patent, (id, { loaders }) => loaders.node.load(id));

const PatentCreateInput = builder.inputType('PatentCreateInput', {
  description: 'A new patent.',
  fields: (t) => ({
    ...recordInputFields(t, 'patent', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ProductionRecordInput = builder.inputType('ProductionRecordInput', {
  description: 'A place where the product of a patent is or was made.',
  fields: (t) => ({
    ...recordInputFields(t, 'production', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

builder.mutationFields((t) => ({
  patentCreate: t.field({
    type: PatentPayload,
    requires: 'EDITOR',
    description: 'Records a patent.',
    args: { input: t.arg({ type: PatentCreateInput, required: true, description: 'The patent.' }) },
    resolve: (_, args, context) => edited('patentCreate', args, context),
  }),
  productionRecord: t.field({
    type: PatentPayload,
    requires: 'EDITOR',
    description: 'Records where the product of a patent is made.',
    args: { input: t.arg({ type: ProductionRecordInput, required: true, description: 'The production.' }) },
    resolve: (_, args, context) => edited('productionRecord', args, context),
  }),
}));
