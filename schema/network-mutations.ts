import { builder } from './builder.ts';
import { PoleRank, SuccessionKind } from './enums.ts';
import {
  actorFields,
  addedSources,
  expectedVersion,
  type InputBuilder,
  idempotencyKey,
  newFactSources,
  PlaceInput,
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

const networkFields = (t: InputBuilder) => ({
  description: t.string({ description: 'Its purpose, in a sentence or two.' }),
  covers: t.idList({ description: 'Identifiers of the territories it covers, at all dates. Replaces the whole list.' }),
  coverage: t.field({
    type: [PlaceInput],
    description: 'The territories it covers, with their periods. Replaces the whole list.',
  }),
  since: t.field({ type: 'PartialDate', description: 'First date of its label.' }),
  until: t.field({ type: 'PartialDate', description: 'Last date of its label. Null: no end is known.' }),
  foundedOn: t.field({ type: 'PartialDate', description: 'Foundation of the legal body that runs it.' }),
  dissolvedOn: t.field({ type: 'PartialDate', description: 'Dissolution of that body.' }),
  rank: t.field({ type: PoleRank, description: 'National rank. Poles only.' }),
});

const NetworkCreateInput = builder.inputType('NetworkCreateInput', {
  description: 'A new pole or cluster.',
  fields: (t) => ({
    type: t.field({ type: NetworkType, required: true, description: 'Whether it is a pole or a cluster.' }),
    name: t.string({ required: true, description: 'Name, as the sources write it.' }),
    ...actorFields(t),
    ...networkFields(t),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const NetworkUpdateInput = builder.inputType('NetworkUpdateInput', {
  description: 'Changes of a network. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    name: t.string({ description: 'Name, as the sources write it.' }),
    ...actorFields(t),
    ...networkFields(t),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

const NetworkSucceedInput = builder.inputType('NetworkSucceedInput', {
  description: 'A succession: one network came out of another.',
  fields: (t) => ({
    from: t.id({ required: true, description: 'The former network.' }),
    to: t.id({ required: true, description: 'The later one.' }),
    kind: t.field({ type: SuccessionKind, required: true, description: 'How.' }),
    since: t.field({ type: 'PartialDate', description: 'When it took effect.' }),
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
