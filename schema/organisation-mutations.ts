import { typeOfRelationshipId } from '../src/domain/relationship.ts';
import { MAX_ITEMS } from '../src/domain/text.ts';
import type { RelationshipType } from '../src/domain/vocabulary.ts';
import type { Outcome } from '../src/editing/outcome.ts';
import type { RelationshipRecord } from '../src/store/relationship.ts';
import { NewAffiliationInput } from './affiliation-mutations.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import {
  addedSources,
  expectedVersion,
  idempotencyKey,
  newFactSources,
  recordInputFields,
  seatFields,
} from './input-fields.ts';
import { NewMembershipInput } from './membership-mutations.ts';
import { edited, payloadOf } from './mutation.ts';
import { NewPartnershipInput } from './partnership-mutations.ts';
import { Organisation } from './refs.ts';
import { Affiliation, Membership, Partnership } from './relationship.ts';

/** The facts of a type that a mutation has recorded with its record. */
async function nestedRecords(
  type: RelationshipType,
  { nested = [] }: Outcome,
  { loaders }: RequestContext,
): Promise<RelationshipRecord[]> {
  const ids = nested.filter((id) => typeOfRelationshipId(id) === type);
  const facts = await Promise.all(ids.map((id) => loaders.relationship.load(id)));
  return facts.filter((fact) => fact !== null);
}

const OrganisationPayload = payloadOf(
  'organisation',
  Organisation,
  (id, { loaders }) => loaders.node.load(id),
  (t) => ({
    memberships: t.field({
      type: [Membership],
      maximum: MAX_ITEMS,
      description: 'The memberships recorded with it, in the order of the input.',
      resolve: (outcome, _, context) => nestedRecords('MEMBER_OF', outcome, context),
    }),
    affiliations: t.field({
      type: [Affiliation],
      maximum: MAX_ITEMS,
      description: 'The affiliations recorded with it, in the order of the input.',
      resolve: (outcome, _, context) => nestedRecords('AFFILIATED_WITH', outcome, context),
    }),
    partnerships: t.field({
      type: [Partnership],
      maximum: MAX_ITEMS,
      description: 'The partnerships recorded with it, in the order of the input.',
      resolve: (outcome, _, context) => nestedRecords('PARTNERS_WITH', outcome, context),
    }),
  }),
);

const OrganisationCreateInput = builder.inputType('OrganisationCreateInput', {
  description: 'A new organisation.',
  fields: (t) => ({
    ...recordInputFields(t, 'organisation', { isNew: true }),
    ...seatFields(t),
    memberships: t.field({
      type: [NewMembershipInput],
      description: 'Its memberships, recorded together with it, all or none. Maximum: 1,000.',
    }),
    affiliations: t.field({
      type: [NewAffiliationInput],
      description: 'Its affiliations, recorded together with it, all or none. Maximum: 1,000.',
    }),
    partnerships: t.field({
      type: [NewPartnershipInput],
      description: 'Its partnerships, recorded together with it, all or none. Maximum: 1,000.',
    }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const OrganisationUpdateInput = builder.inputType('OrganisationUpdateInput', {
  description: 'Changes of an organisation. An omitted field stays as it is; null empties it.',
  fields: (t) => ({
    ...recordInputFields(t, 'organisation', { isNew: false }),
    ...seatFields(t),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  organisationCreate: t.field({
    type: OrganisationPayload,
    requires: 'EDITOR',
    description:
      "Records an organisation, with the memberships, affiliations and partnerships in the input. Its identifier is made from a registry's number or from its name.",
    args: { input: t.arg({ type: OrganisationCreateInput, required: true, description: 'The organisation.' }) },
    resolve: (_, args, context) => edited('organisationCreate', args, context),
  }),
  organisationUpdate: t.field({
    type: OrganisationPayload,
    requires: 'EDITOR',
    description: 'Corrects or completes an organisation.',
    args: {
      id: t.arg.id({ required: true, description: 'Which organisation.' }),
      input: t.arg({ type: OrganisationUpdateInput, required: true, description: 'The changes.' }),
    },
    resolve: (_, args, context) => edited('organisationUpdate', args, context),
  }),
  organisationMerge: t.field({
    type: OrganisationPayload,
    requires: 'ADMIN',
    description:
      'Merges other records into the organisation id: relationships, claims and sources move to it. The merged identifiers keep resolving to it. Names become aliases, differing fields become claims.',
    args: {
      id: t.arg.id({ required: true, description: 'The organisation that stays.' }),
      others: t.arg.idList({ required: true, description: 'The records of the same organisation to merge into it.' }),
    },
    resolve: (_, args, context) => edited('organisationMerge', args, context),
  }),
}));
