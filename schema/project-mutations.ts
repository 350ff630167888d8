import { builder } from './builder.ts';
import {
  addedSources,
  expectedVersion,
  type InputBuilder,
  idempotencyKey,
  newFactSources,
  recordInputFields,
} from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Project } from './refs.ts';

const ProjectPayload = payloadOf('project', Project, (id, { loaders }) => loaders.node.load(id));

const MoneyInput = builder.inputType('MoneyInput', {
  description: 'An amount of money.',
  fields: (t) => ({
    amount: t.float({ required: true, description: 'How much.' }),
    currency: t.string({ required: true, description: 'In which currency, after ISO 4217: EUR.' }),
  }),
});

const projectFields = (t: InputBuilder, isNew: boolean) => ({
  ...recordInputFields(t, 'project', { isNew }),
  funding: t.field({ type: MoneyInput, description: 'Amount of funding, as the source gives it.' }),
});

const ProjectCreateInput = builder.inputType('ProjectCreateInput', {
  description: 'A new project. Its participants are recorded with participationAdd.',
  fields: (t) => ({
    ...projectFields(t, true),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ProjectUpdateInput = builder.inputType('ProjectUpdateInput', {
  description: 'Changes of a project. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...projectFields(t, false),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  projectCreate: t.field({
    type: ProjectPayload,
    requires: 'EDITOR',
    description: 'Records a project.',
    args: { input: t.arg({ type: ProjectCreateInput, required: true, description: 'The project.' }) },
    resolve: (_, args, context) => edited('projectCreate', args, context),
  }),
  projectUpdate: t.field({
    type: ProjectPayload,
    requires: 'EDITOR',
    description: 'Corrects or completes a project. The partnerships derived from it change with it.',
    args: {
      id: t.arg.id({ required: true, description: 'Which project.' }),
      input: t.arg({ type: ProjectUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('projectUpdate', args, context),
  }),
}));
