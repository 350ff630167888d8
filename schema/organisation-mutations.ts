import { typeOfRelationshipId } from '../src/domain/relationship.ts';
import type { RelationshipType } from '../src/domain/vocabulary.ts';
import type { Outcome } from '../src/editing/mutation.ts';
import type { WholeRelationship } from '../src/store/relationship.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { OrganisationKind, OrganisationSize } from './enums.ts';
import { actorFields, addedSources, expectedVersion, idempotencyKey, newFactSources } from './input-fields.ts';
import { NewMembershipInput } from './membership-mutations.ts';
import { edited, payloadOf } from './mutation.ts';
import { NewPartnershipInput } from './partnership-mutations.ts';
import { Organisation } from './refs.ts';
import { Membership, Partnership } from './relationship.ts';

/** The facts of a type that a mutation has recorded with its record. */
async function recordedAlong(
  type: RelationshipType,
  { along = [] }: Outcome,
  { loaders }: RequestContext,
): Promise<WholeRelationship[]> {
  const ids = along.filter((id) => typeOfRelationshipId(id) === type);
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
      description: 'The memberships that were recorded with it, in the order in which they were told; 1,000 at most.',
      resolve: (outcome, _, context) => recordedAlong('MEMBER_OF', outcome, context),
    }),
    partnerships: t.field({
      type: [Partnership],
      description: 'The partnerships that were recorded with it, in the order in which they were told; 1,000 at most.',
      resolve: (outcome, _, context) => recordedAlong('PARTNERS_WITH', outcome, context),
    }),
  }),
);

const OrganisationCreateInput = builder.inputType('OrganisationCreateInput', {
  description: 'A new organisation.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, as its sources write it.' }),
    kind: t.field({ type: OrganisationKind, required: true, description: 'What it is.' }),
    ...actorFields(t),
    public: t.boolean({ description: 'Whether it is publicly run.' }),
    size: t.field({ type: OrganisationSize, description: 'Its size class.' }),
    memberships: t.field({
      type: [NewMembershipInput],
      description: 'The networks that it joins or belongs to, 1,000 at most: recorded with it, all or nothing.',
    }),
    partnerships: t.field({
      type: [NewPartnershipInput],
      description: 'With whom it is partners, 1,000 at most: recorded with it, all or nothing.',
    }),
    sources: newFactSources(t),
    idempotencyKey: idempotencyKey(t),
  }),
});

const OrganisationUpdateInput = builder.inputType('OrganisationUpdateInput', {
  description: 'What changes of an organisation: a field left out stays, null empties it.',
  fields: (t) => ({
    name: t.string({ description: 'Its name, as its sources write it.' }),
    kind: t.field({ type: OrganisationKind, description: 'What it is.' }),
    ...actorFields(t),
    public: t.boolean({ description: 'Whether it is publicly run.' }),
    size: t.field({ type: OrganisationSize, description: 'Its size class.' }),
    sources: addedSources(t),
    expectedVersion: expectedVersion(t),
  }),
});

builder.mutationFields((t) => ({
  organisationCreate: t.field({
    type: OrganisationPayload,
    requires: 'EDITOR',
    description:
      "Records an organisation, with the memberships and partnerships that are told with it. Its identifier is made of a registry's number or of its name.",
    args: { input: t.arg({ type: OrganisationCreateInput, required: true, description: 'The organisation.' }) },
    resolve: (_, args, context) => edited('organisationCreate', args, context),
  }),
  organisationUpdate: t.field({
    type: OrganisationPayload,
    requires: 'EDITOR',
    description: 'Corrects or completes an organisation.',
    args: {
      id: t.arg.id({ required: true, description: 'Which organisation.' }),
      input: t.arg({ type: OrganisationUpdateInput, required: true, description: 'What changes.' }),
    },
    resolve: (_, args, context) => edited('organisationUpdate', args, context),
  }),
  organisationMerge: t.field({
    type: OrganisationPayload,
    requires: 'ADMIN',
    description:
      'Moves all relationships, claims and sources of others onto id; their identifiers keep resolving to it. Names become aliases, differing fields become claims.',
    args: {
      id: t.arg.id({ required: true, description: 'The organisation that stays.' }),
      others: t.arg.idList({ required: true, description: 'The records that mean the same organisation.' }),
    },
    resolve: (_, args, context) => edited('organisationMerge', args, context),
  }),
}));
