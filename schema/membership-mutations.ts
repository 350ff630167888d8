import { builder } from './builder.ts';
import { MembershipRole } from './enums.ts';
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
import { Membership } from './relationship.ts';

const MembershipPayload = payloadOf('membership', Membership, (id, { loaders }) => loaders.relationship.load(id));

const newMembershipFields = (t: InputBuilder) => ({
  network: t.id({ required: true, description: 'The pole or the cluster.' }),
  role: t.field({
    type: MembershipRole,
    required: true,
    defaultValue: 'MEMBER',
    description: 'What the member is in the network.',
  }),
  roleLabel: t.string({ description: 'Its role in the words of the source.' }),
  ...periodFields(t),
});

const MembershipStartInput = builder.inputType('MembershipStartInput', {
  description: 'That an actor joins, or belongs to, a network.',
  fields: (t) => ({
    member: t.id({ required: true, description: 'Who: an organisation, or a network that belongs to another.' }),
    ...newMembershipFields(t),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

export const NewMembershipInput = builder.inputType('NewMembershipInput', {
  description: 'A membership of an organisation that is recorded with it.',
  fields: (t) => ({ ...newMembershipFields(t), sources: sourcesAlong(t) }),
});

const MembershipUpdateInput = builder.inputType('MembershipUpdateInput', {
  description: 'What changes of a membership: a field left out stays, null empties it.',
  fields: (t) => ({
    role: t.field({ type: MembershipRole, description: 'What the member is in the network.' }),
    roleLabel: t.string({ description: 'Its role in the words of the source.' }),
    ...periodFields(t),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  membershipStart: t.field({
    type: MembershipPayload,
    requires: 'EDITOR',
    description: 'Records that an actor joins a network. Twice in the same role at the same time is a problem.',
    args: { input: t.arg({ type: MembershipStartInput, required: true, description: 'The membership.' }) },
    resolve: (_, args, context) => edited('membershipStart', args, context),
  }),
  membershipUpdate: t.field({
    type: MembershipPayload,
    requires: 'EDITOR',
    description: 'Corrects a membership.',
    args: {
      id: t.arg.id({ required: true, description: 'Which membership: the relationshipId of its edge.' }),
      input: t.arg({ type: MembershipUpdateInput, required: true, description: 'What changes.' }),
    },
    resolve: (_, args, context) => edited('membershipUpdate', args, context),
  }),
  membershipEnd: t.field({
    type: MembershipPayload,
    requires: 'EDITOR',
    description: 'Records that an actor left a network.',
    args: {
      id: t.arg.id({ required: true, description: 'Which membership: the relationshipId of its edge.' }),
      on: t.arg({ type: 'PartialDate', required: true, description: 'Its last date, as precisely as is known.' }),
      sources: t.arg.idList({ required: true, description: 'Who says so, at least one.' }),
    },
    resolve: (_, args, context) => edited('membershipEnd', args, context),
  }),
}));
