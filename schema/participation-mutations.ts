import { builder } from './builder.ts';
import { ParticipationRole } from './enums.ts';
import { idempotencyKey, newFactSources } from './input-fields.ts';
import { DeletePayload, edited, payloadOf } from './mutation.ts';
import { Participation } from './relationship.ts';

const ParticipationPayload = payloadOf('participation', Participation, (id, { loaders }) =>
  loaders.relationship.load(id),
);

const ParticipationAddInput = builder.inputType('ParticipationAddInput', {
  description: 'A participation: an actor takes part in a project.',
  fields: (t) => ({
    project: t.id({ required: true, description: 'The project.' }),
    participant: t.id({ required: true, description: 'Who takes part.' }),
    role: t.field({
      type: ParticipationRole,
      required: true,
      defaultValue: 'PARTNER',
      description: 'Role of the actor in the project.',
    }),
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
    description: 'Removes a participation recorded by mistake.',
    args: { id: t.arg.id({ required: true, description: 'The relationshipId of its edge.' }) },
    resolve: (_, args, context) => edited('participationRemove', args, context),
  }),
}));
