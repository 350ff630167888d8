import { builder } from './builder.ts';
import {
  addedSources,
  expectedVersion,
  type InputBuilder,
  idempotencyKey,
  newFactSources,
  PlaceInput,
  recordInputFields,
  seatFields,
} from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Network } from './refs.ts';

const NetworkPayload = payloadOf('network', Network, (id, { loaders }) => loaders.node.load(id));

const NetworkType = builder.enumType('NetworkType', {
  description: 'The types of networks.',
  values: {
    POLE: { description: 'A pôle de compétitivité: the upstream of an industry.' },
    CLUSTER: { description: 'A cluster: the downstream of an industry.' },
  } as const,
});

const placeFields = (t: InputBuilder) => ({
  ...seatFields(t),
  covers: t.idList({ description: 'Identifiers of the territories it covers, at all dates. Replaces the whole list.' }),
  coverage: t.field({
    type: [PlaceInput],
    description: 'The territories it covers, with their periods. Replaces the whole list.',
  }),
});

const NetworkCreateInput = builder.inputType('NetworkCreateInput', {
  description: 'A new pole or cluster.',
  fields: (t) => ({
    type: t.field({ type: NetworkType, required: true, description: 'Whether it is a pole or a cluster.' }),
    ...recordInputFields(t, 'network', { isNew: true }),
    ...placeFields(t),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const NetworkUpdateInput = builder.inputType('NetworkUpdateInput', {
  description: 'Changes of a network. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'network', { isNew: false }),
    ...placeFields(t),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

const NetworkSucceedInput = builder.inputType('NetworkSucceedInput', {
  description: 'A succession: one network came out of another.',
  fields: (t) => ({
    ...recordInputFields(t, 'succession', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

builder.mutationFields((t) => ({
  networkCreate: t.field({
    type: NetworkPayload,
    requires: 'EDITOR',
    description: 'Records a pole or a cluster.',
    args: { input: t.arg({ type: NetworkCreateInput, required: true, description: 'The network.' }) },
    resolve: (_, args, context) => edited('networkCreate', args, context),
  }),
  networkUpdate: t.field({
    type: NetworkPayload,
    requires: 'EDITOR',
    description:
      'Corrects or completes a pole or a cluster. A lifespan that excludes recorded memberships is a problem.',
    args: {
      id: t.arg.id({ required: true, description: 'Which network.' }),
      input: t.arg({ type: NetworkUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('networkUpdate', args, context),
  }),
  networkSucceed: t.field({
    type: NetworkPayload,
    requires: 'EDITOR',
    description:
      'Records that one network succeeds another, and returns the later one. The earlier network ends then, unless its end is known or it continues within a federation. A network created by the succession begins with its first succession; a beginning recorded before becomes a claim.',
    args: { input: t.arg({ type: NetworkSucceedInput, required: true, description: 'The succession.' }) },
    resolve: (_, args, context) => edited('networkSucceed', args, context),
  }),
}));
