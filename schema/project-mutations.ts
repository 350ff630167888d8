import { builder } from './builder.ts';
import { addedSources, expectedVersion, type InputBuilder, idempotencyKey, newFactSources } from './input-fields.ts';
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

const projectFields = (t: InputBuilder) => ({
  title: t.string({ description: 'Its full title.' }),
  acronym: t.string({ description: 'Its acronym.' }),
  start: t.field({ type: 'PartialDate', description: 'When it starts.' }),
  end: t.field({ type: 'PartialDate', description: 'When it ends; null while no end is known.' }),
  programme: t.string({ description: 'The programme or call that funds it.' }),
  funding: t.field({ type: MoneyInput, description: 'What it is funded with, as its source says.' }),
  participantCount: t.int({ description: 'How many take part according to the source, when it names fewer of them.' }),
  labelledBy: t.idList({ description: 'The networks that have labelled it, by identifier: the whole list.' }),
  topics: t.idList({ description: 'What it is about, by identifier: the whole list.' }),
});

const ProjectCreateInput = builder.inputType('ProjectCreateInput', {
  description: 'A new project. Who takes part in it is told with participationAdd.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is called.' }),
    ...projectFields(t),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const ProjectUpdateInput = builder.inputType('ProjectUpdateInput', {
  description: 'What changes of a project: a field left out stays, null empties it.',
  fields: (t) => ({
    name: t.string({ description: 'What it is called.' }),
    ...projectFields(t),
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
    description: 'Corrects or completes a project; the partnerships that follow from it change with it.',
    args: {
      id: t.arg.id({ required: true, description: 'Which project.' }),
      input: t.arg({ type: ProjectUpdateInput, required: true, description: 'What changes.' }),
    },
    resolve: (_, args, context) => edited('projectUpdate', args, context),
  }),
}));
