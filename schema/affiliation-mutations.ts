import { builder } from './builder.ts';
import {
  addedSources,
  expectedVersion,
  idempotencyKey,
  newFactSources,
  recordInputFields,
  sourcesAlong,
} from './input-fields.ts';
import { edited, payloadOf } from './mutation.ts';
import { Affiliation } from './relationship.ts';

const AffiliationPayload = payloadOf('affiliation', Affiliation, (id, { loaders }) => loaders.relationship.load(id));

const AffiliationStartInput = builder.inputType('AffiliationStartInput', {
  description: 'A new affiliation.',
  fields: (t) => ({
    ...recordInputFields(t, 'affiliation', { isNew: true }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

export const NewAffiliationInput = builder.inputType('NewAffiliationInput', {
  description: 'An affiliation recorded together with its organisation.',
  fields: (t) => ({
    ...recordInputFields(t, 'affiliation', { isNew: true, without: ['organisation'] }),
    sources: sourcesAlong(t),
  }),
});

const AffiliationUpdateInput = builder.inputType('AffiliationUpdateInput', {
  description: 'Changes of an affiliation. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'affiliation', { isNew: false, without: ['organisation', 'parent'] }),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  affiliationStart: t.field({
    type: AffiliationPayload,
    requires: 'EDITOR',
    description:
      'Records that an organisation is part of another, or run by it. A second affiliation of the two at the same time is a problem, and so is one that would close a circle.',
    args: { input: t.arg({ type: AffiliationStartInput, required: true, description: 'The affiliation.' }) },
    resolve: (_, args, context) => edited('affiliationStart', args, context),
  }),
  affiliationUpdate: t.field({
    type: AffiliationPayload,
    requires: 'EDITOR',
    description: 'Corrects an affiliation.',
    args: {
      id: t.arg.id({ required: true, description: 'Its identifier, as affiliations of an edge show it.' }),
      input: t.arg({ type: AffiliationUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('affiliationUpdate', args, context),
  }),
  affiliationEnd: t.field({
    type: AffiliationPayload,
    requires: 'EDITOR',
    description: 'Records the end of an affiliation.',
    args: {
      id: t.arg.id({ required: true, description: 'Its identifier, as affiliations of an edge show it.' }),
      on: t.arg({ type: 'PartialDate', required: true, description: 'Last date, as precisely as known.' }),
      sources: t.arg.idList({ required: true, description: 'Identifiers of the sources. At least one.' }),
    },
    resolve: (_, args, context) => edited('affiliationEnd', args, context),
  }),
}));
