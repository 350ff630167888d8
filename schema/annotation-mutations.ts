import { builder } from './builder.ts';
import { idempotencyKey, newFactSources } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Actor, Indicator } from './refs.ts';

const IndicatorPayload = payloadOf('indicator', Indicator, (id, { loaders }) => loaders.node.load(id));
const ActorPayload = payloadOf('actor', Actor, (id, { loaders }) => loaders.node.load(id));

const IndicatorRecordInput = builder.inputType('IndicatorRecordInput', {
  description: 'A published figure.',
  fields: (t) => ({
    about: t.id({ required: true, description: 'What it is about: an actor or a territory.' }),
    measure: t.string({ required: true, description: 'What was counted or measured: companies, members, poles.' }),
    value: t.float({ required: true, description: 'The figure.' }),
    unit: t.string({ description: 'Its unit, where it is no plain count.' }),
    from: t.field({ type: 'PartialDate', required: true, description: 'The date, or the first date, that it is of.' }),
    to: t.field({ type: 'PartialDate', description: 'The last date that it is of, when it is of several.' }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ClaimRecordInput = builder.inputType('ClaimRecordInput', {
  description: 'What a source says of one field of an actor, beside what the field shows.',
  fields: (t) => ({
    about: t.id({ required: true, description: 'The actor.' }),
    field: t.string({ required: true, description: 'The field, as named in this schema, or what is told.' }),
    value: t.string({ required: true, description: 'What the source says.' }),
    preferred: t.boolean({
      description: 'Whether the field itself shows this value; another that did no longer does.',
    }),
    inferred: t.boolean({ description: 'Whether no source says so and it was inferred; tell in the note how.' }),
    note: t.string({ description: 'What should be known about it.' }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

builder.mutationFields((t) => ({
  indicatorRecord: t.field({
    type: IndicatorPayload,
    requires: 'EDITOR',
    description:
      'Records a published figure. The same one again adds its sources; another of that measure and date is a problem.',
    args: { input: t.arg({ type: IndicatorRecordInput, required: true, description: 'The figure.' }) },
    resolve: (_, args, context) => edited('indicatorRecord', args, context),
  }),
  claimRecord: t.field({
    type: ActorPayload,
    requires: 'EDITOR',
    description: 'Records what a source says of a field, where sources disagree or a value was only inferred.',
    args: { input: t.arg({ type: ClaimRecordInput, required: true, description: 'The claim.' }) },
    resolve: (_, args, context) => edited('claimRecord', args, context),
  }),
}));
