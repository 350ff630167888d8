import { builder } from './builder.ts';
import {
  addedSources,
  expectedVersion,
  idempotencyKey,
  newFactSources,
  recordInputFields,
  sourcesAlong,
} from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Partnership } from './relationship.ts';

const PartnershipPayload = payloadOf('partnership', Partnership, (id, { loaders }) => loaders.relationship.load(id));

const PartnershipStartInput = builder.inputType('PartnershipStartInput', {
  description: 'A new partnership.',
  fields: (t) => ({
    ...recordInputFields(t, 'partnership', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

export const NewPartnershipInput = builder.inputType('NewPartnershipInput', {
  description:
    'A partnership recorded together with its organisation. Name the partner in either from or to; the organisation is the other end.',
  fields: (t) => ({
    from: t.id({ description: 'The partner, when it supplies or distributes, or when direction does not matter.' }),
    to: t.id({
      description: 'The partner, when the organisation supplies or distributes, or when direction does not matter.',
    }),
    ...recordInputFields(t, 'partnership', { isNew: true, without: ['from', 'to'] }),
    sources: sourcesAlong(t),
  }),
});

const PartnershipUpdateInput = builder.inputType('PartnershipUpdateInput', {
  description: 'Changes of a partnership. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'partnership', { isNew: false, without: ['from', 'to'] }),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  partnershipStart: t.field({
    type: PartnershipPayload,
    requires: 'EDITOR',
    description: 'Records a partnership.',
    args: { input: t.arg({ type: PartnershipStartInput, required: true, description: 'The partnership.' }) },
    resolve: (_, args, context) => edited('partnershipStart', args, context),
  }),
  partnershipUpdate: t.field({
    type: PartnershipPayload,
    requires: 'EDITOR',
    description: 'Corrects a partnership. Those derived from projects cannot be changed.',
    args: {
      id: t.arg.id({ required: true, description: 'Its identifier, as partnerships of an edge show it.' }),
      input: t.arg({ type: PartnershipUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('partnershipUpdate', args, context),
  }),
  partnershipEnd: t.field({
    type: PartnershipPayload,
    requires: 'EDITOR',
    description: 'Records the end of a partnership.',
    args: {
      id: t.arg.id({ required: true, description: 'Its identifier, as partnerships of an edge show it.' }),
      on: t.arg({ type: 'PartialDate', required: true, description: 'Last date, as precisely as known.' }),
      sources: t.arg.idList({ required: true, description: 'Identifiers of the sources. At least one.' }),
    },
    resolve: (_, args, context) => edited('partnershipEnd', args, context),
  }),
}));
