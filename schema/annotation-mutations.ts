import { builder } from './builder.ts';
import { idempotencyKey, newFactSources } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Actor, Indicator } from './refs.ts';

const IndicatorPayload = payloadOf('indicator', Indicator, (id, { loaders }) => loaders.node.load(id));
const ActorPayload = payloadOf('actor', Actor, (id, { loaders }) => loaders.node.load(id));

const IndicatorRecordInput = builder.inputType('IndicatorRecordInput', {
  description: 'A published figure.',
  fields: (t) => ({
    about: t.id({ required: true, description: 'The actor or the territory that the figure is about.' }),
    measure: t.string({ required: true, description: 'What was counted or measured: companies, members, poles.' }),
    value: t.float({ required: true, description: 'The figure.' }),
    unit: t.string({ description: 'Unit, when the figure is not a plain count.' }),
    from: t.field({
      type: 'PartialDate',
      required: true,
      description: 'Date of the figure, or first date of its period.',
    }),
    to: t.field({ type: 'PartialDate', description: 'Last date of its period. Null for a figure of one date.' }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ClaimRecordInput = builder.inputType('ClaimRecordInput', {
  description: 'What a source says about one field of an actor, in addition to the value that the field shows.',
  fields: (t) => ({
    about: t.id({ required: true, description: 'The actor.' }),
    field: t.string({
      required: true,
      description: 'Name of the field in this schema, or the subject of the statement.',
    }),
    value: t.string({ required: true, description: 'What the source says.' }),
    preferred: t.boolean({
      description: 'Whether the field itself shows this value. The claim that was preferred before no longer is.',
    }),
    inferred: t.boolean({
      description: 'True when no source says so and the value was inferred. Explain how in the note.',
    }),
    note: t.string({ description: 'Explanation for the reader.' }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

builder.mutationFields((t) => ({
  indicatorRecord: t.field({
    type: IndicatorPayload,
    requires: 'EDITOR',
    description:
      'Records a published figure. Recording the same figure again adds its sources. A different figure for the same measure and date is a problem.',
    args: { input: t.arg({ type: IndicatorRecordInput, required: true, description: 'The figure.' }) },
    resolve: (_, args, context) => edited('indicatorRecord', args, context),
  }),
  claimRecord: t.field({
    type: ActorPayload,
    requires: 'EDITOR',
    description: 'Records what a source says about a field, where sources disagree or a value was inferred.',
    args: { input: t.arg({ type: ClaimRecordInput, required: true, description: 'The claim.' }) },
    resolve: (_, args, context) => edited('claimRecord', args, context),
  }),
}));
