import { builder } from './builder.ts';
import { PartnershipKind } from './enums.ts';
import {
  addedSources,
  expectedVersion,
  type InputBuilder,
  idempotencyKey,
  newFactSources,
  periodFields,
  sourcesAlong,
} from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Partnership } from './relationship.ts';

const PartnershipPayload = payloadOf('partnership', Partnership, (id, { loaders }) => loaders.relationship.load(id));

const newPartnershipFields = (t: InputBuilder) => ({
  kind: t.field({
    type: PartnershipKind,
    required: true,
    description: 'What the two do together; not PROJECT, which follows from common projects.',
  }),
  label: t.string({ description: 'What the partnership is called.' }),
  parties: t.int({ description: 'How many signed, when it is an agreement of more than these two.' }),
  ...periodFields(t),
});

const PartnershipStartInput = builder.inputType('PartnershipStartInput', {
  description: 'That two actors are partners.',
  fields: (t) => ({
    from: t.id({ required: true, description: 'One of the two: who supplies or distributes, where that matters.' }),
    to: t.id({ required: true, description: 'The other one.' }),
    ...newPartnershipFields(t),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

export const NewPartnershipInput = builder.inputType('NewPartnershipInput', {
  description:
    'A partnership of an organisation that is recorded with it. Its partner is named as from or as to, exactly one: the organisation stands at the other end.',
  fields: (t) => ({
    from: t.id({ description: 'The partner, where it supplies or distributes, or where that does not matter.' }),
    to: t.id({
      description: 'The partner, where the organisation supplies or distributes, or where that does not matter.',
    }),
    ...newPartnershipFields(t),
    sources: sourcesAlong(t),
  }),
});

const PartnershipUpdateInput = builder.inputType('PartnershipUpdateInput', {
  description: 'What changes of a partnership: a field left out stays, null empties it.',
  fields: (t) => ({
    kind: t.field({ type: PartnershipKind, description: 'What the two do together; not PROJECT.' }),
    label: t.string({ description: 'What the partnership is called.' }),
    parties: t.int({ description: 'How many signed, when it is an agreement of more than these two.' }),
    ...periodFields(t),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  partnershipStart: t.field({
    type: PartnershipPayload,
    requires: 'EDITOR',
    description: 'Records that two actors are partners.',
    args: { input: t.arg({ type: PartnershipStartInput, required: true, description: 'The partnership.' }) },
    resolve: (_, args, context) => edited('partnershipStart', args, context),
  }),
  partnershipUpdate: t.field({
    type: PartnershipPayload,
    requires: 'EDITOR',
    description: 'Corrects a partnership that is not derived from projects.',
    args: {
      id: t.arg.id({ required: true, description: 'Which partnership: the relationshipId of its edge.' }),
      input: t.arg({ type: PartnershipUpdateInput, required: true, description: 'What changes.' }),
    },
    resolve: (_, args, context) => edited('partnershipUpdate', args, context),
  }),
  partnershipEnd: t.field({
    type: PartnershipPayload,
    requires: 'EDITOR',
    description: 'Records that two actors are no longer partners.',
    args: {
      id: t.arg.id({ required: true, description: 'Which partnership: the relationshipId of its edge.' }),
      on: t.arg({ type: 'PartialDate', required: true, description: 'Its last date, as precisely as is known.' }),
      sources: t.arg.idList({ required: true, description: 'Who says so, at least one.' }),
    },
    resolve: (_, args, context) => edited('partnershipEnd', args, context),
  }),
}));
