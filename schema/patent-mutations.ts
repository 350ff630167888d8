import { builder } from './builder.ts';
import { idempotencyKey, newFactSources, periodFields } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Patent } from './refs.ts';

const PatentPayload = payloadOf('patent', Patent, (id, { loaders }) => loaders.node.load(id));

const PatentCreateInput = builder.inputType('PatentCreateInput', {
  description: 'A new patent.',
  fields: (t) => ({
    number: t.string({ required: true, description: 'Its publication number.' }),
    title: t.string({ description: 'Its title.' }),
    filedOn: t.field({ type: 'PartialDate', description: 'When it was filed.' }),
    applicants: t.idList({ description: 'Identifiers of the organisations that filed it.' }),
    projects: t.idList({ description: 'Identifiers of the projects it resulted from.' }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ProductionRecordInput = builder.inputType('ProductionRecordInput', {
  description: 'A place where the product of a patent is or was made.',
  fields: (t) => ({
    patent: t.id({ required: true, description: 'The patent.' }),
    territory: t.id({ required: true, description: 'Identifier of the territory.' }),
    by: t.id({ description: 'Identifier of the producer, when a source names it.' }),
    ...periodFields(t),
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
