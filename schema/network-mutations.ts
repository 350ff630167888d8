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
  description: t.string({ description: 'What it is for, in a sentence or two.' }),
  covers: t.idList({ description: 'The territories that it works on, by identifier, at all times: the whole list.' }),
  coverage: t.field({
    type: [PlaceInput],
    description: 'The territories that it works on with their periods: the whole list.',
  }),
  since: t.field({ type: 'PartialDate', description: 'First date of its label.' }),
  until: t.field({ type: 'PartialDate', description: 'Last date of its label; null while no end is known.' }),
  foundedOn: t.field({ type: 'PartialDate', description: 'When the structure that carries it was founded.' }),
  dissolvedOn: t.field({ type: 'PartialDate', description: 'When that structure was dissolved.' }),
  rank: t.field({ type: PoleRank, description: 'Its national classification, of a pole only.' }),
});

const NetworkCreateInput = builder.inputType('NetworkCreateInput', {
  description: 'A new pole or cluster.',
  fields: (t) => ({
    type: t.field({ type: NetworkType, required: true, description: 'Whether it is a pole or a cluster.' }),
    name: t.string({ required: true, description: 'Its name, as its sources write it.' }),
    ...actorFields(t),
    ...networkFields(t),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const NetworkUpdateInput = builder.inputType('NetworkUpdateInput', {
  description: 'What changes of a network: a field left out stays, null empties it.',
  fields: (t) => ({
    name: t.string({ description: 'Its name, as its sources write it.' }),
    ...actorFields(t),
    ...networkFields(t),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

const NetworkSucceedInput = builder.inputType('NetworkSucceedInput', {
  description: 'That a network came out of another.',
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
    description: 'Corrects or completes a pole or a cluster. A life that would leave memberships outside is a problem.',
    args: {
      id: t.arg.id({ required: true, description: 'Which network.' }),
      input: t.arg({ type: NetworkUpdateInput, required: true, description: 'What changes.' }),
    },
    resolve: (_, args, context) => edited('networkUpdate', args, context),
  }),
  networkSucceed: t.field({
    type: NetworkPayload,
    requires: 'EDITOR',
    description:
      'Records that a network came out of another, and answers with the later one. The former ends then, unless its end is known or it goes on under a federation; one that is born of it starts with its first such succession, and the year that it had becomes a claim.',
    args: { input: t.arg({ type: NetworkSucceedInput, required: true, description: 'The succession.' }) },
    resolve: (_, args, context) => edited('networkSucceed', args, context),
  }),
}));
