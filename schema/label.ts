import type { RelationshipRecord } from '../src/store/relationship.ts';
import { builder } from './builder.ts';
import { addedSources, expectedVersion, idempotencyKey, newFactSources, recordInputFields } from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Node } from './node.ts';
import { Network, Topic } from './refs.ts';
import { Relationship, versionField } from './relationship.ts';

export const Label = builder.objectRef<RelationshipRecord>('Label').implement({
  description:
    'A label that a network has or had, such as pôle de compétitivité. A network may lose its label and regain it: each time is a label of its own.',
  interfaces: [Relationship, Node],
  fields: (t) => ({
    topic: t.field({
      type: Topic,
      nullable: true,
      description: 'Which label.',
      resolve: ({ to }, _, { loaders }) => loaders.summary.load(to),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network.',
      resolve: ({ from }, _, { loaders }) => loaders.summary.load(from),
    }),
    term: t.string({
      nullable: true,
      description: 'For which term it was given, in the words of the source: 2023-2026.',
      resolve: ({ own }) => (own.term as string) ?? null,
    }),
    conditions: t.string({
      nullable: true,
      description: 'On which conditions it was given, such as a shorter time on probation.',
      resolve: ({ own }) => (own.conditions as string) ?? null,
    }),
    version: versionField(t),
  }),
});

const LabelPayload = payloadOf('label', Label, (id, { loaders }) => loaders.relationship.load(id));

const LabelStartInput = builder.inputType('LabelStartInput', {
  description: 'A label that a network receives.',
  fields: (t) => ({
    ...recordInputFields(t, 'label', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const LabelUpdateInput = builder.inputType('LabelUpdateInput', {
  description: 'Changes of a label. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'label', { isNew: false, without: ['network', 'label'] }),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  labelStart: t.field({
    type: LabelPayload,
    requires: 'EDITOR',
    description: 'Records that a network receives a label. The same label at the same time is a problem.',
    args: { input: t.arg({ type: LabelStartInput, required: true, description: 'The label.' }) },
    resolve: (_, args, context) => edited('labelStart', args, context),
  }),
  labelUpdate: t.field({
    type: LabelPayload,
    requires: 'EDITOR',
    description: 'Corrects a label.',
    args: {
      id: t.arg.id({ required: true, description: 'The id of the label.' }),
      input: t.arg({ type: LabelUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('labelUpdate', args, context),
  }),
  labelEnd: t.field({
    type: LabelPayload,
    requires: 'EDITOR',
    description: 'Records the end of a label.',
    args: {
      id: t.arg.id({ required: true, description: 'The id of the label.' }),
      on: t.arg({ type: 'PartialDate', required: true, description: 'Last date, as precisely as known.' }),
      sources: t.arg.idList({ required: true, description: 'Identifiers of the sources. At least one.' }),
    },
    resolve: (_, args, context) => edited('labelEnd', args, context),
  }),
}));
