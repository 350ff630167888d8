import type { Outcome } from '../src/editing/outcome.ts';
import { builder } from './builder.ts';
import { idempotencyKey, newFactSources, recordInputFields } from './input-fields.ts';
import { edited, loadedField, payloadOf, problemsField } from './mutation.ts';
import { identified, Node } from './node.ts';
import { Indicator } from './refs.ts';

const IndicatorPayload = payloadOf('indicator', Indicator, (id, { loaders }) => loaders.node.load(id));
const ClaimPayload = builder.objectRef<Outcome>('ClaimPayload').implement({
  description: 'Result of a mutation of a claim.',
  fields: (t) => ({
    about: loadedField(t, Node, 'record that the claim is about', (id, context) => identified(id, context)),
    problems: problemsField(t),
  }),
});

const IndicatorRecordInput = builder.inputType('IndicatorRecordInput', {
  description: 'A published figure.',
  fields: (t) => ({
    ...recordInputFields(t, 'indicator', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ClaimRecordInput = builder.inputType('ClaimRecordInput', {
  description: 'What a source says about one field of a record, in addition to the value that the field shows.',
  fields: (t) => ({
    about: t.id({ required: true, description: 'The record: any node.' }),
    ...recordInputFields(t, 'claim', { isNew: true, without: ['about'] }),
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
    type: ClaimPayload,
    requires: 'EDITOR',
    description: 'Records what a source says about a field, where sources disagree or a value was inferred.',
    args: { input: t.arg({ type: ClaimRecordInput, required: true, description: 'The claim.' }) },
    resolve: (_, args, context) => edited('claimRecord', args, context),
  }),
}));
