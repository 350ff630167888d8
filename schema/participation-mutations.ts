import { builder } from './builder.ts';
import { idempotencyKey, newFactSources, recordInputFields } from './input-fields.ts';
import { DeletePayload, edited, payloadOf } from './mutation.ts';
import { Participation } from './relationship.ts';

const ParticipationPayload = payloadOf('participation', Participation, (id, { loaders }) =>
  loaders.relationship.load(id),
);

const ParticipationAddInput = builder.inputType('ParticipationAddInput', {
  description: 'A participation: an actor takes part in a project.',
  fields: (t) => ({
    ...recordInputFields(t, 'participation', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

builder.mutationFields((t) => ({
  participationAdd: t.field({
    type: ParticipationPayload,
    requires: 'EDITOR',
    description: 'Records that an actor takes part in a project. It becomes a partner of all other participants.',
    args: { input: t.arg({ type: ParticipationAddInput, required: true, description: 'The participation.' }) },
    resolve: (_, args, context) => edited('participationAdd', args, context),
  }),
  participationRemove: t.field({
    type: DeletePayload,
    requires: 'EDITOR',
    description: 'Removes a participation recorded in error.',
    args: { id: t.arg.id({ required: true, description: 'Its identifier, as participations of an edge show it.' }) },
    resolve: (_, args, context) => edited('participationRemove', args, context),
  }),
}));
