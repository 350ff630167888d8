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
import { Membership } from './relationship.ts';

const MembershipPayload = payloadOf('membership', Membership, (id, { loaders }) => loaders.relationship.load(id));

const MembershipStartInput = builder.inputType('MembershipStartInput', {
  description: 'A new membership.',
  fields: (t) => ({
    ...recordInputFields(t, 'membership', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

export const NewMembershipInput = builder.inputType('NewMembershipInput', {
  description: 'A membership recorded together with its organisation.',
  fields: (t) => ({
    ...recordInputFields(t, 'membership', { isNew: true, without: ['member'] }),
    sources: sourcesAlong(t),
  }),
});

const MembershipUpdateInput = builder.inputType('MembershipUpdateInput', {
  description: 'Changes of a membership. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'membership', { isNew: false, without: ['member', 'network'] }),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  membershipStart: t.field({
    type: MembershipPayload,
    requires: 'EDITOR',
    description:
      'Records that an actor joins a network. A second membership in the same role at the same time is a problem.',
    args: { input: t.arg({ type: MembershipStartInput, required: true, description: 'The membership.' }) },
    resolve: (_, args, context) => edited('membershipStart', args, context),
  }),
  membershipUpdate: t.field({
    type: MembershipPayload,
    requires: 'EDITOR',
    description: 'Corrects a membership.',
    args: {
      id: t.arg.id({ required: true, description: 'Its identifier, as memberships of an edge show it.' }),
      input: t.arg({ type: MembershipUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('membershipUpdate', args, context),
  }),
  membershipEnd: t.field({
    type: MembershipPayload,
    requires: 'EDITOR',
    description: 'Records the end of a membership.',
    args: {
      id: t.arg.id({ required: true, description: 'Its identifier, as memberships of an edge show it.' }),
      on: t.arg({ type: 'PartialDate', required: true, description: 'Last date, as precisely as known.' }),
      sources: t.arg.idList({ required: true, description: 'Identifiers of the sources. At least one.' }),
    },
    resolve: (_, args, context) => edited('membershipEnd', args, context),
  }),
}));
